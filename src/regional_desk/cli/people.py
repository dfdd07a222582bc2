"""`person`: show, check, consent, document, merge, unmerge, span."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Annotated, Any

import typer

from regional_desk.cli.context import Call
from regional_desk.cli.values import iso_date
from regional_desk.domain.applicants import ConsentKind, DocumentState
from regional_desk.domain.eligibility import Answer, Category
from regional_desk.domain.recruitment import Stage, stage_on
from regional_desk.domain.text import korean_date
from regional_desk.errors import Refusal, UsageError

_person = typer.Typer(help="사람: 보기, 자격, 동의, 서류, 합치기, 지급 제외 기간.", no_args_is_help=True)
_span = typer.Typer(help="수당 지급 제외 기간.", no_args_is_help=True)
_person.add_typer(_span, name="span")
_Who = Annotated[str, typer.Argument(help="사람: 홍길동 1999-03-05, 성명 또는 번호")]


def add_commands(app: typer.Typer) -> None:
    """Put this module's commands into the program."""
    app.add_typer(_person, name="person")


@_person.command("show")
def show(context: typer.Context, person: _Who) -> None:
    """한 사람: 연락처, 단계, 동의, 서류, 과정, 합친 기록."""
    from regional_desk.services.recruitment import applicant_documents, consents, dossier, people

    call: Call = context.obj
    desk = call.open()
    row = people.read_person(desk, people.find_person(desk, person))
    if row is None:
        raise UsageError(f"'{person}'에 해당하는 사람이 없습니다.")
    stage = stage_on(Stage(row.stage), row.joined, desk.clock.today()).label if row.stage else None
    found: dict[str, Any] = {
        "person": str(row.id),
        "name": row.name,
        "birth": row.birth.isoformat(),
        "phone": row.phone,
        "email": row.email,
        "address": row.address,
        "track": row.track,
        "stage": stage,
        "review": row.review,
        "account_hold": row.account_hold,
        "consents": {item.asked.label: item.state.label for item in consents.overview(desk, row.id)},
        "documents": {
            item.document.label: item.state.label
            for item in applicant_documents.checklist(desk, row.id)
            if item.asked or item.files
        },
        "courses": [study.row.name for study in dossier.studies(desk, row.id)],
        "merged": [f"{one.name} {one.birth.isoformat()}" for one in dossier.merged_records(desk, row.id)],
    }
    call.emit(found)


@_person.command("check")
def check(
    context: typer.Context,
    person: Annotated[str | None, typer.Argument(help="사람(없으면 접수 단계 모두)")] = None,
    answer: Annotated[
        list[str] | None, typer.Option(help="조건=yes|no|unknown(여러 번), 예: unemployed=yes")
    ] = None,
    memo: Annotated[str, typer.Option(help="무엇으로 확인했는지")] = "",
    on: Annotated[str | None, typer.Option(help="확인한 날")] = None,
    category: Annotated[Category | None, typer.Option(help="youth, general")] = None,
    military_days: Annotated[int | None, typer.Option(help="병역 일수")] = None,
    decide: Annotated[bool, typer.Option("--decide", help="판정하고 단계를 옮긴다")] = False,
) -> None:
    """자격: 조건마다 예·아니오·미확인과 까닭. 사람을 적지 않으면 접수 단계 전체의 수."""
    from regional_desk.services.recruitment import eligibility, people

    call: Call = context.obj
    desk = call.open()
    if person is None:
        clear = eligibility.survey_clear(desk)
        counts = {name: len(getattr(clear, name)) for name in ("eligible", "ineligible", "undecided")}
        moved = eligibility.decide_clear(desk) if decide else 0
        lines = [
            f"적격 {counts['eligible']}명, 부적격 {counts['ineligible']}명, 미정 {counts['undecided']}명"
        ]
        call.emit(
            {**counts, "moved": moved},
            [*lines, *([f"{moved}명을 자격확인으로 옮겼습니다."] if decide else [])],
        )
        return
    one = people.find_person(desk, person)
    day = iso_date(on) if on else None
    for text in answer or ():
        condition, _, given = text.partition("=")
        eligibility.answer(desk, one, condition, _one_of(Answer, given, "--answer"), on=day, memo=memo)
    if category is not None or military_days is not None:
        facts = eligibility.case_of(desk, one).facts
        days = facts.military_days if military_days is None else military_days
        eligibility.set_basis(desk, one, category or facts.category, days)
    case = eligibility.decide_person(desk, one) if decide else eligibility.case_of(desk, one)
    shown = [
        {"condition": line.key, "answer": line.answer.value, "reason": line.reason}
        for line in case.decision.lines
    ]
    told = [f"{line.label}: {line.answer.label} — {line.reason}" for line in case.decision.lines]
    overall = case.decision.overall.value
    call.emit(
        {"overall": overall, "stage": case.stage.value, "lines": shown},
        [f"{case.decision.verdict} · 단계 {case.stage.label}", *told],
    )


@_person.command("consent")
def consent(
    context: typer.Context,
    person: _Who,
    kind: Annotated[ConsentKind | None, typer.Option(help="collection, third_party, identifier")] = None,
    version: Annotated[str, typer.Option(help="동의서 판")] = "",
    on: Annotated[str | None, typer.Option(help="서명한 날, 철회한 날")] = None,
    receiver: Annotated[str, typer.Option(help="제3자 제공을 받는 곳")] = "",
    refused: Annotated[bool, typer.Option("--refused", help="동의하지 않음")] = False,
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="동의 철회")] = False,
    keep_until: Annotated[str | None, typer.Option(help="동의서에 적힌 더 긴 보유 기한")] = None,
    file: Annotated[Path | None, typer.Option(help="동의서 스캔")] = None,
) -> None:
    """동의를 적거나 철회를 적는다. --kind가 없으면 목록."""
    from regional_desk.services.recruitment import applicant_documents, consents, people

    call: Call = context.obj
    desk = call.open()
    one = people.find_person(desk, person)
    day = iso_date(on) if on else desk.clock.today()
    if kind is not None and withdrawn:
        rows = [
            item.records[0]
            for item in consents.overview(desk, one)
            if item.records and (item.asked.kind, item.asked.receiver or "") == (kind, receiver)
        ]
        if not rows:
            raise Refusal("철회할 동의가 없습니다. 목록을 확인해 주십시오.")
        consents.withdraw(desk, rows[0], day)
    elif kind is not None:
        consents.record(
            desk,
            one,
            kind,
            form_version=version,
            given=not refused,
            on=day,
            receiver=receiver,
            keep_until=iso_date(keep_until) if keep_until else None,
            evidence=applicant_documents.read_file(file) if file else None,
        )
    found = [
        {"consent": item.asked.label, "state": item.state.value, "required": item.asked.required}
        for item in consents.overview(desk, one)
    ]
    lines = [f"{item.asked.label}: {item.state.label}" for item in consents.overview(desk, one)]
    call.emit({"consents": found}, lines)


@_person.command("document")
def document(
    context: typer.Context,
    person: _Who,
    kind: Annotated[str | None, typer.Option(help="서류(목록의 이름, 예: identity)")] = None,
    file: Annotated[Path | None, typer.Option(help="넣을 파일")] = None,
    state: Annotated[DocumentState | None, typer.Option(help="verified, returned, submitted")] = None,
    memo: Annotated[str, typer.Option(help="메모(반려하면 까닭)")] = "",
) -> None:
    """서류를 넣거나 확인·반려한다. --kind가 없으면 목록."""
    from regional_desk.services.recruitment import applicant_documents, people

    call: Call = context.obj
    desk = call.open()
    one = people.find_person(desk, person)
    if kind is not None and file is not None:
        applicant_documents.attach(desk, one, kind, applicant_documents.read_file(file), memo=memo)
    if kind is not None and state is not None:
        rows = [
            item.files[0]
            for item in applicant_documents.checklist(desk, one)
            if item.document.key == kind and item.files
        ]
        if not rows:
            raise Refusal("아직 내지 않은 서류입니다. 먼저 파일을 넣으십시오.")
        applicant_documents.set_state(desk, rows[0], state, memo)
    items = applicant_documents.checklist(desk, one)
    found = [
        {
            "document": item.document.key,
            "asked": item.asked,
            "state": item.state.value,
            "files": len(item.files),
        }
        for item in items
    ]
    lines = [
        f"{item.document.label}({item.document.key}): {item.state.label}"
        for item in items
        if item.asked or item.files
    ]
    call.emit({"documents": found}, lines)


@_person.command("merge")
def merge(
    context: typer.Context,
    kept: Annotated[str | None, typer.Argument(help="남길 사람")] = None,
    gone: Annotated[str | None, typer.Argument(help="합쳐질 사람")] = None,
    reason: Annotated[str, typer.Option(help="같은 사람이라고 본 까닭")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="바꾸지 않고 보기만 한다")] = False,
) -> None:
    """두 기록을 한 사람으로 합친다. 사람을 적지 않으면 같은 사람일 수 있는 기록의 목록."""
    from regional_desk.services.recruitment import lookalikes, merging, people

    call: Call = context.obj
    desk = call.open()
    if kept is None or gone is None:
        pairs = lookalikes.candidates(desk)
        shown = [
            {"first": str(pair.first.id), "second": str(pair.second.id), "reasons": list(pair.reasons)}
            for pair in pairs
        ]
        lines = [f"{pair.first.name} / {pair.second.name}: {' · '.join(pair.reasons)}" for pair in pairs]
        call.emit({"candidates": shown}, lines or ["같은 사람으로 보이는 기록이 없습니다."])
        return
    ids = [people.find_person(desk, text) for text in (kept, gone)]
    if not preview:
        merging.merge(desk, ids[0], ids[1], reason)
        call.emit(
            {"kept": str(ids[0]), "gone": str(ids[1])}, ["합쳤습니다. 'person unmerge'로 되돌릴 수 있습니다."]
        )
        return
    found = merging.preview(desk, ids[0], ids[1])
    call.emit(
        {
            "moves": dict(found.moves),
            "fills": list(found.fills),
            "differs": [label for label, _, _ in found.differs],
            "blocks": [item.message for item in found.blocks],
        },
        [
            *(f"옮김: {label} {number}건" for label, number in found.moves),
            *(f"채움: {label}" for label in found.fills),
            *(f"다름: {label} {one} / {two}" for label, one, two in found.differs),
            *found.duplicates,
            *(f"합칠 수 없음: {item.message}" for item in found.blocks),
        ],
    )


@_person.command("unmerge")
def unmerge(
    context: typer.Context,
    gone: Annotated[str, typer.Argument(help="합쳐진 사람: 성명 1999-03-05 또는 번호")],
    reason: Annotated[str, typer.Option(help="되돌리는 까닭")],
) -> None:
    """합친 기록을 다시 나눈다. 그 뒤에 바뀐 것은 남긴 사람에게 두고 알린다."""
    from regional_desk.services.recruitment import parting

    call: Call = context.obj
    desk = call.open()
    done = parting.unmerge(desk, parting.find_merged(desk, gone), reason)
    call.emit(
        {
            "kept": str(done.kept),
            "gone": str(done.gone),
            "restored": dict(done.restored),
            "left": list(done.left),
        },
        [
            "합치기를 되돌렸습니다.",
            *(f"{label} {number}건을 되돌림" for label, number in done.restored),
            *done.left,
        ],
    )


@_span.command("add")
def span_add(context: typer.Context, person: str, kind: str, start: str, end: str) -> None:
    """지급 제외 기간을 적는다. KIND: 구직급여, 휴업급여, 구직활동지원수당, 재정지원일자리, 취업, 중복훈련."""
    from regional_desk.services.recruitment import people

    call: Call = context.obj
    desk = call.open()
    last: dt.date | None = None if end in ("-", "") else iso_date(end)
    done = people.add_span(desk, people.find_person(desk, person), kind, iso_date(start), last)
    shown = korean_date(last) if last else "계속"
    call.emit(done, [f"{kind} {korean_date(iso_date(start))} ~ {shown}을(를) 적었습니다."])


def _one_of(kinds: type[Answer], text: str, where: str) -> Answer:
    try:
        return kinds(text)
    except ValueError as error:
        raise UsageError(f"{where}은(는) {', '.join(kinds)} 가운데 하나입니다.") from error
