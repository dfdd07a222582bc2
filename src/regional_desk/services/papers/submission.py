"""The monthly submission to the ministry: built, signed, recorded, never overwritten (interfaces section 3)."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import regional_desk
from regional_desk.domain.rights import Right
from regional_desk.domain.text import won
from regional_desk.errors import Item, OpenItems, Refusal
from regional_desk.exchange.certificates import (
    Signer,
    load_certificates,
    load_pkcs12,
    make_practice_authority,
)
from regional_desk.exchange.package import PackageContent, content_hash, package_bytes, package_name
from regional_desk.exchange.package_difference import content_difference
from regional_desk.exchange.package_files import write_whole
from regional_desk.exchange.package_reader import VerifiedPackage, read_package, verify_package
from regional_desk.exchange.package_schema import Kind
from regional_desk.exchange.signatures import Trust, seal, sign_detached
from regional_desk.services.desk import Desk, Work
from regional_desk.services.papers import open_points, papers, reports
from regional_desk.services.papers.open_points import OpenPoint
from regional_desk.services.papers.package_tables import tables_of
from regional_desk.services.papers.reports import MonthFigures
from regional_desk.services.safety import control_totals
from regional_desk.store import attachments, records
from regional_desk.store.ids import new_id
from regional_desk.store.office import read_setting, write_setting
from regional_desk.store.records import SubmissionRow

_SIGNER = "signer"
AUTHORITY_FILE = "practice-ca.pem"


@dataclass(frozen=True, slots=True)
class Built:
    """A package on disk; `rebuilt` is false where the newest one already said the same."""

    file: Path
    signature: Path
    sequence: int
    sha256: str
    status: str
    rebuilt: bool
    difference: tuple[str, ...]


def build(
    desk: Desk,
    month: str,
    out: Path,
    purpose: str,
    *,
    kind: Kind = Kind.SUMMARY,
    recipients: Sequence[Path] = (),
    allow_open: str | None = None,
) -> Built:
    """Build (or return unchanged) the month's package and sign it; with recipients, encrypted instead of open.

    Raises OpenItems, having written nothing, where the month has open points and no reason is given; Refusal where
    there is no certificate, no purpose, or a roster without recipients.
    """
    desk.require(Right.BUILD_SUBMISSION)
    if not purpose.strip():
        raise Refusal("제출 파일을 만드는 용도를 적어 주십시오.")
    points = open_points.survey_points(desk, month)
    if points and not allow_open:
        raise open_items(month, points)
    control_totals.require_true(desk)
    if kind is Kind.ROSTER:
        raise Refusal("명부(roster) 제출은 명부에 담을 자료가 아직 없어 만들지 않았습니다.")
    content = content_of(desk, reports.month_figures(desk, month), "provisional" if points else "final")
    signer = _signer(desk)
    signer.require_valid(desk.clock.now())
    row, rebuilt = _kept_or_new(desk, content, purpose.strip(), allow_open)
    with desk.store.read() as connection:
        data = attachments.get(desk.store, connection, row.attachment_id)
    file, signature = _write(desk, row, data, signer, out, recipients)
    detail = {"file": file.name, "month": month, "sha256": row.sha256, "purpose": purpose.strip()}
    desk.note_access("export", "submission", {**detail, "receivers": len(recipients)})
    return Built(file, signature, row.sequence, row.sha256, row.status, rebuilt, tuple(row.difference))


def open_items(month: str, points: Sequence[OpenPoint]) -> OpenItems:
    """The refusal that lists what is open in a month."""
    return OpenItems(
        f"{month}에 확인할 것이 {len(points)}건 남아 아무것도 만들지 않았습니다. 해결하거나 사유를 적어 미확정으로 만드십시오.",
        items=tuple(Item(point.where, point.message) for point in points),
    )


def list_submissions(desk: Desk) -> tuple[SubmissionRow, ...]:
    """Every package that was built."""
    with desk.store.read() as connection:
        return records.list_submissions(connection)


def verify(desk: Desk, file: Path) -> VerifiedPackage:
    """Check a package of this office: signature, parts and types; raise FileRejected naming what does not hold."""
    with desk.store.read() as connection:
        kept = read_setting(connection, _SIGNER)
    if kept is None:
        raise Refusal("이 사무소의 서명 인증서가 없어 확인할 수 없습니다.")
    roots = load_certificates(kept["authority"].encode())
    signer = _load(kept)
    return verify_package(file, Trust(roots, desk.clock.now()), signer)


def register_signer(desk: Desk, pkcs12: bytes, password: str | None) -> str:
    """Keep the office's certificate (PKCS#12) inside the encrypted store; return whose it is."""
    signer = load_pkcs12(pkcs12, password)
    chain = (signer.certificate, *signer.chain)
    authority = "".join(_pem(certificate) for certificate in chain)

    def body(work: Work) -> dict[str, Any]:
        _keep_signer(work.connection, signer, authority)
        work.log("signer.register", "settings", None, {"name": signer.name})
        return {"name": signer.name}

    return str(desk.perform(Right.CHANGE_SETTINGS, "signer.register", body)["name"])


def current_signer(desk: Desk) -> Signer | None:
    """The registered certificate with its key, None where there is none yet."""
    with desk.store.read() as connection:
        kept = read_setting(connection, _SIGNER)
    return None if kept is None else _load(kept)


def authority(desk: Desk) -> str:
    """The certificates (PEM) by which the office's signatures are checked; empty without a registered one."""
    with desk.store.read() as connection:
        kept = read_setting(connection, _SIGNER)
    return "" if kept is None else str(kept["authority"])


def make_practice_signer(desk: Desk) -> None:
    """Give a practice office its own test authority; a real office imports a PKCS#12."""
    if not desk.office.practice:
        raise Refusal("연습용 사무소에서만 시험용 인증서를 만들 수 있습니다.")
    made = make_practice_authority(desk.office.code, desk.clock.now())
    with desk.store.write() as connection:
        _keep_signer(connection, made.signer, made.pem.decode())


def content_of(desk: Desk, figures: MonthFigures, status: str) -> PackageContent:
    """What the office reports of a month; tables of subjects not built yet are absent."""
    office = desk.office
    return PackageContent(
        office_code=office.code,
        office_name=office.name,
        region=office.region,
        period=figures.month,
        kind=Kind.SUMMARY,
        status=status,
        practice=office.practice,
        policy_versions=figures.policies,
        generator=f"Regional Desk {regional_desk.__version__}",
        tables=tables_of(figures),
        solo=(
            *(
                f"{unit.course.code} {unit.unit.no}단위기간"
                for unit in figures.units
                if unit.pay is not None and unit.pay.solo
            ),
            *figures.solo_rounds,
            *dict.fromkeys(f"{figures.month} 인턴지원금" for run in figures.claim_runs if run.solo),
        ),
    )


def _kept_or_new(
    desk: Desk, content: PackageContent, purpose: str, allow_open: str | None
) -> tuple[SubmissionRow, bool]:
    with desk.store.read() as connection:
        earlier = [
            row
            for row in records.list_submissions(connection, content.period)
            if row.kind == content.kind.value
        ]
        newest = earlier[-1] if earlier else None
        if newest is not None and newest.content_hash == content_hash(content):
            return newest, False
        old = attachments.get(desk.store, connection, newest.attachment_id) if newest else None
    changes: tuple[str, ...] = ()
    if newest is not None and old is not None:
        changes = content_difference(read_package(old, newest.file_name).content, content)
    sequence = newest.sequence + 1 if newest else 1
    cover = papers.cover_pdf(
        desk,
        _cover(desk, content, sequence, newest),
        purpose,
        provisional=content.status == "provisional",
        solo=bool(content.solo),
    )
    data = package_bytes(
        content,
        created=desk.clock.now(),
        sequence=sequence,
        replaces=newest.sha256 if newest else None,
        cover_pdf=cover,
        changes=changes,
    )
    _record(desk, content, data, sequence, newest, changes, purpose, allow_open)
    with desk.store.read() as connection:
        return records.list_submissions(connection, content.period)[-1], True


def _record(
    desk: Desk,
    content: PackageContent,
    data: bytes,
    sequence: int,
    newest: SubmissionRow | None,
    changes: tuple[str, ...],
    purpose: str,
    allow_open: str | None,
) -> None:
    sha256 = hashlib.sha256(data).hexdigest()

    def body(work: Work) -> dict[str, Any]:
        row_id = new_id()
        work.connection.execute(
            sa.insert(records.submission).values(
                id=row_id,
                month=content.period,
                kind=content.kind.value,
                sequence=sequence,
                status=content.status,
                content_hash=content_hash(content),
                file_name=package_name(content, sequence),
                sha256=sha256,
                replaces=newest.sha256 if newest else None,
                attachment_id=attachments.put(desk.store, work.connection, data, "application/zip"),
                difference=list(changes),
                purpose=purpose,
                user_id=desk.actor.user_id,
                at=work.at,
            )
        )
        detail = {"month": content.period, "sequence": sequence, "sha256": sha256, "purpose": purpose}
        work.log("submission.build", "submission", row_id, {**detail, "allow_open": allow_open})
        return {"submission": str(row_id)}

    desk.perform(Right.BUILD_SUBMISSION, "submission.build", body)


def _write(
    desk: Desk, row: SubmissionRow, data: bytes, signer: Signer, out: Path, recipients: Sequence[Path]
) -> tuple[Path, Path]:
    out.mkdir(parents=True, exist_ok=True)
    now = desk.clock.now()
    if recipients:
        certificates = tuple(one for path in recipients for one in load_certificates(path.read_bytes()))
        sealed = seal(row.file_name, data, signer, certificates, out, now)
        return sealed, sealed
    file = out / row.file_name
    if file.exists() and file.read_bytes() != data:
        raise Refusal(
            f"'{file}'에 내용이 다른 파일이 이미 있어 덮어쓰지 않았습니다. 그 파일을 옮기거나 다른 폴더를 고르십시오."
        )
    write_whole(file, data)
    if desk.office.practice:
        with desk.store.read() as connection:
            (out / AUTHORITY_FILE).write_text(
                read_setting(connection, _SIGNER)["authority"], encoding="ascii"
            )
    return file, sign_detached(file, signer, now)


def _cover(desk: Desk, content: PackageContent, sequence: int, newest: SubmissionRow | None) -> Any:
    from regional_desk.documents.submission_cover import SubmissionCover  # noqa: PLC0415 - only where it is made
    from regional_desk.exchange.package_schema import schema_of  # noqa: PLC0415 - beside its use
    from regional_desk.services import codes  # noqa: PLC0415 - beside its use

    rows = {table.name: table.rows for table in content.tables}
    amount = sum(Decimal(str(row[4])) for row in rows["allowance"])
    paid = sum(Decimal(str(row[3])) for row in rows["allowance"])
    placed = sum(Decimal(str(row[6])) for row in rows["placements"])
    active = sum(Decimal(str(row[2])) for row in rows.get("internships", ()))
    claimed = sum(Decimal(str(row[4])) for row in rows.get("claims", ()))
    titles = [(schema_of(content.kind, table.name), len(table.rows)) for table in content.tables]
    return SubmissionCover(
        office=content.office_name,
        region=codes.region_names().get(content.region, content.region),
        month=content.period,
        kind="요약(summary)",
        sequence=sequence,
        status="미확정" if content.status == "provisional" else "확정",
        replaces=newest.file_name if newest else "",
        tables=tuple((schema.title, count) for schema, count in titles if schema is not None),
        totals=(
            ("훈련수당 지급 인원", f"{paid}명"),
            ("훈련수당 지급액", f"{won(int(amount))}원"),
            *((("연계 인원(누계)", f"{placed}명"),) if rows["placements"] else ()),
            *((("인턴십 진행 인원", f"{active}명"),) if "internships" in rows else ()),
            *((("인턴지원금", f"{won(int(claimed))}원"),) if "claims" in rows else ()),
        ),
        approval=desk.office.approval,
    )


def _signer(desk: Desk) -> Signer:
    with desk.store.read() as connection:
        kept = read_setting(connection, _SIGNER)
    if kept is not None:
        return _load(kept)
    if desk.office.practice:
        make_practice_signer(desk)
        return _signer(desk)
    raise Refusal(
        "서명 인증서가 등록되어 있지 않아 제출 파일을 만들지 않았습니다. [관리 → 인증서]에서 사업단 인증서(PKCS#12)를 등록하십시오."
    )


def _load(kept: dict[str, str]) -> Signer:
    return load_pkcs12(base64.b64decode(kept["pkcs12"]), None)


def _keep_signer(connection: sa.Connection, signer: Signer, authority: str) -> None:
    kept = {"pkcs12": base64.b64encode(signer.pkcs12(None)).decode(), "authority": authority}
    write_setting(connection, _SIGNER, kept)


def _pem(certificate: Any) -> str:
    from cryptography.hazmat.primitives.serialization import Encoding  # noqa: PLC0415 - beside its only use

    return str(certificate.public_bytes(Encoding.PEM).decode())
