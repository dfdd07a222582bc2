"""A person's 파기 after claims and a conversion: wages, days and amounts stay, papers and words go."""

from __future__ import annotations

import datetime as dt

from tests.integration.test_retention import LATER, dispose, stored_text
from tests.interns import START, go_to, start_intern

from regional_desk.domain.clock import FixedClock
from regional_desk.domain.internship_training import PlanText
from regional_desk.domain.internships import EndKind
from regional_desk.exchange.received_files import ReceivedFile
from regional_desk.services.claims import evidence, payslips
from regional_desk.services.claims.payslips import PayslipValues
from regional_desk.services.desk import Desk
from regional_desk.services.internships import internships, plans
from regional_desk.services.outcomes import conversions
from regional_desk.services.outcomes.conversions import Decision
from regional_desk.store.attachments import files_on_disk

LAST = dt.date(2026, 10, 2)


def test_nothing_of_the_disposed_is_left_in_claims_and_outcomes(desk: Desk, clock: FixedClock) -> None:
    own = start_intern(desk, clock)
    row = internships.read(desk, own).row
    go_to(clock, dt.date(2026, 10, 12))
    kept_before = set(files_on_disk(desk.store))
    paid = PayslipValues(START, LAST, 1_400_000, dt.date(2026, 10, 8), 1_300_000)
    payslips.add(
        desk,
        own,
        paid,
        slip=_file(f"{row.name} 급여명세.pdf", 1),
        transfer=_file(f"{row.name} 이체증.pdf", 2),
    )
    evidence.receive(desk, own, 1, "application", _file("신청서.pdf", 3), memo=f"{row.name} 직접 제출")
    plans.add_item(desk, own, 1, PlanText("라인 실습", f"{row.name}의 설비 이해"))
    internships.end(desk, own, LAST, EndKind.EARLY, "이사")
    conversions.record(
        desk, own, Decision(False, LAST, reason=f"{row.name}의 발목 수술"), file=_file("통보.pdf", 4)
    )
    assert len(set(files_on_disk(desk.store)) - kept_before) == 4
    clock.move_to(LATER)
    dispose(desk, row.trainee)
    told = stored_text(desk)
    for gone in (row.name, "이체증", "직접 제출", "설비 이해", "발목 수술", "신청서.pdf"):
        assert gone not in told
    assert set(files_on_disk(desk.store)) <= kept_before
    (slip,) = payslips.list_payslips(desk, own)
    assert (slip.start, slip.end, slip.wage) == (START, LAST, 1_400_000)


def _file(name: str, number: int) -> ReceivedFile:
    return ReceivedFile(name, b"%PDF-1.4\n" + bytes([number]) * 64, "application/pdf")
