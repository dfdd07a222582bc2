"""The logs' own words in Korean; a word not known here is shown as the log keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from regional_desk.desktop.printing.asking import title_of
from regional_desk.domain.membership import Outcome
from regional_desk.domain.policies import Method
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Role
from regional_desk.domain.screening import Step
from regional_desk.services.attendance import attendance
from regional_desk.services.importing.imports import KIND_LABELS
from regional_desk.store import audit

_ACTIONS = {
    "account.release": "계좌 보류 해제",
    "allowance.cancelled": "훈련수당 확정 취소",
    "allowance.checked": "훈련수당 검토",
    "allowance.confirmed": "훈련수당 확정",
    "allowance.discard": "작성 중인 정산 지움",
    "allowance.draft": "훈련수당 작성",
    "allowance.hold": "훈련수당 보류",
    "allowance.paid": "훈련수당 지급",
    "allowance.reconciled": "훈련수당 대사",
    "allowance.release": "훈련수당 보류 해제",
    "allowance.returned": "훈련수당 검토 되돌림",
    "allowance.settle": "정산 작성",
    "application.stage": "지원 단계 바꿈",
    "approval.open": "결재 스캔 열어 봄",
    "approval.record": "서면 결재 등록",
    "attendance.allow": "마감 예외",
    "attendance.close": "출석 마감",
    "attendance.end_exception": "마감 예외 끝냄",
    "attendance.reopen": "마감 풂",
    "attendance.set": "출결 입력",
    "attendance.export": "출결표 내보내기",
    "backup": "백업",
    "backup.open": "백업 열어 보기",
    "backup.place": "둘째 백업 장소 정하기",
    "backup.resume": "자동 백업 다시 켜기",
    "backup.trial": "복구 훈련",
    "budget.add": "예산 적음",
    "budget.void": "예산 무효",
    "call_list.answer": "전화 답 적음",
    "call_list.make": "전화표 만듦",
    "check_in.scan": "출석 체크",
    "check_in.undo": "출석 체크 취소",
    "consent.record": "동의 기록",
    "consent.withdraw": "동의 철회",
    "contact.set": "연락처·계좌 고침",
    "correction.approved": "정정 승인",
    "correction.refused": "정정 반려",
    "correction.requested": "정정 요청",
    "correction.withdrawn": "정정 거둠",
    "course.add": "교육과정 추가",
    "certificate.issue": "수료증 발급",
    "certificate.void": "수료증 무효",
    "counsel.add": "상담 기록",
    "counsel.done": "상담 마침",
    "counsel.edit": "상담 기록 고침",
    "course.close": "폐강",
    "course.closed": "폐강으로 교육생 참여 끝남",
    "course.completed": "수료 처리",
    "course.days": "훈련일 바꿈",
    "course.dismissed": "제적",
    "course.edit": "교육과정 고침",
    "course.enrol": "교육생 등록",
    "course.joined": "교육생 시작일 바꿈",
    "course.left": "교육생 나감",
    "course.moved_out": "다른 과정으로 옮김",
    "course.restored": "교육생 처리 되돌림",
    "course.undismissed": "제적 취소",
    "create": "사무소 만들기",
    "document.attach": "서류 받음",
    "document.open": "서류 열어 봄",
    "document.remove": "서류 뺌",
    "document.state": "서류 상태 바꿈",
    "eligibility.answer": "자격 조건 확인",
    "eligibility.basis": "자격 구분·병역 고침",
    "eligibility.decide": "자격 판정",
    "erase.dispose": "파기",
    "erase.read": "분리보관 자료 열람",
    "erase.separate": "분리보관",
    "evidence.attach": "출결 증빙 붙임",
    "export": "내보내기",
    "import.applicants": "신청자 가져오기",
    "import.attendance": "출결 가져오기",
    "import.companies": "기업 가져오기",
    "import.layout": "열 맞춤 고침",
    "import.undo.applicants": "신청자 가져오기 되돌림",
    "import.undo.attendance": "출결 가져오기 되돌림",
    "import.undo.companies": "기업 가져오기 되돌림",
    "instructor.add": "강사 등록",
    "instructor.edit": "강사 고침",
    "keys.rekey": "열쇠 바꿈",
    "lease.give_back": "반납 파일 만듦",
    "lease.lend": "반 빌려 줌",
    "lease.open": "빌려 온 반 엶",
    "lease.return": "반 반납 받음",
    "lease.take_back": "반 회수",
    "lock": "화면 잠금",
    "log.roll_off": "2년 지난 접속기록 정리",
    "login": "들어옴",
    "login_failed": "로그인 실패",
    "loss.report": "분실 신고",
    "loss.state": "분실 신고 처리",
    "pay_file.by_hand": "이체 직접 확인",
    "pay_file.delete": "이체 파일 지움",
    "pay_file.make": "이체 파일 만듦",
    "pay_file.result": "이체 결과 적음",
    "pay_file.settle": "이체 결과 직접 적음",
    "people.merge": "같은 사람 합침",
    "people.unmerge": "합치기 되돌림",
    "policy.adopt": "정책 승인",
    "print": "출력",
    "recovery": "복구 키로 들어옴",
    "redo": "다시 실행",
    "remark.set": "출결 비고 적음",
    "review.settle": "확인 필요 풂",
    "round.add": "모집 차수 추가",
    "round.close": "접수 마감",
    "round.edit": "모집 차수 고침",
    "round.publish": "결과 발표",
    "round.take_in": "지원자를 차수에 넣음",
    "screening.criteria": "심사 기준 정함",
    "screening.decide": "선발 정함",
    "screening.done": "점수표 마감",
    "screening.promote": "예비 올림",
    "screening.rate": "심사 점수 입력",
    "screening.rater_add": "심사위원 추가",
    "screening.rater_remove": "심사위원 뺌",
    "screening.reopen": "점수표 다시 엶",
    "screening.withdraw": "선발 거둠",
    "second.enter": "서명부 읽음",
    "second.settle": "서명부 대조 정함",
    "seal.use": "직인 날인",
    "settings.idle": "자동 잠금 시간 바꿈",
    "signer.register": "인증서 등록",
    "recovery.asked": "환수 결정",
    "recovery.noticed": "환수 통지",
    "recovery.received": "환수 받음",
    "recovery.revived": "거둔 환수 되살림",
    "recovery.settled": "환수 완납",
    "recovery.voided": "환수 받음 무효",
    "recovery.waived": "환수 면제",
    "recovery.withdrawn": "환수 거둠",
    "span.add": "수당 없는 기간 추가",
    "span.remove": "수당 없는 기간 삭제",
    "benefits.ask": "지급 제외 질문",
    "benefits.answer": "지급 제외 답",
    "deductions.set": "공제 일수",
    "submission.build": "제출 파일 만들기",
    "timetable.note": "훈련일지에 적을 말 고침",
    "timetable.set": "시간표 고침",
    "undo": "실행취소",
    "unlock": "잠금 풂",
    "unmask": "가림 해제",
    "user.add": "사용자 추가",
    "user.grant": "역할 줌",
    "user.leave": "사용자 퇴사",
    "user.password": "비밀번호 바꿈",
    "user.reset": "임시 비밀번호 줌",
    "user.revoke": "역할 거둠",
    "user.seen": "계정 변경 확인",
    "view": "열람",
}
_SUBJECTS = {
    "accounts": "사용자",
    "allowance": "훈련수당",
    "approvals": "결재",
    "attendance": "출석",
    "backups": "백업",
    "budget": "예산",
    "call_lists": "미확인 전화표",
    "check_in": "출석 체크",
    "closings": "출석 마감",
    "companies": "기업",
    "corrections": "정정",
    "counselling": "상담",
    "courses": "교육과정",
    "evidence": "출결 증빙",
    "imports": "가져오기",
    "instructors": "강사",
    "leases": "반 대출",
    "logs": "기록",
    "loss": "분실",
    "office": "사무소",
    "pay-file": "이체 파일",
    "pay_files": "이체 파일",
    "people": "사람",
    "policies": "정책",
    "records": "기록 내용",
    "recoveries": "환수",
    "remarks": "출결 비고",
    "reports": "보고",
    "retention": "보관·파기",
    "rounds": "모집 차수",
    "screening": "심사",
    "second_entry": "서명부 대조",
    "settings": "설정",
    "submission": "제출",
    "timetable": "시간표",
}
_KEYS = {
    "account": "계좌번호",
    "account_hold": "보류",
    "account_holder": "예금주",
    "address": "주소",
    "allow_open": "미확정 사유",
    "amount": "금액",
    "answers": "답",
    "asked": "환수",
    "bank": "은행",
    "basis": "근거",
    "birth": "생년월일",
    "by": "보는 곳",
    "by_paper": "서명부대로",
    "category": "구분",
    "cells": "칸",
    "check_number": "확인번호",
    "condition": "조건",
    "copies": "부수",
    "count": "건수",
    "criteria": "심사 기준",
    "day": "날",
    "days": "훈련일",
    "direct": "직접 등록 사유",
    "document": "서류",
    "document_date": "공문 날짜",
    "due": "기한",
    "education": "학력",
    "email": "이메일",
    "end": "끝",
    "failed": "실패",
    "field": "항목",
    "fields": "항목",
    "file": "파일",
    "first": "처음",
    "format": "형식",
    "from": "전 단계",
    "hold": "보류 까닭",
    "import": "가져옴",
    "interview": "면접",
    "item": "항목",
    "joined": "들어온 날",
    "kind": "종류",
    "last": "마지막",
    "left": "나간 날",
    "line": "순번",
    "lines": "줄 수",
    "login": "사용자",
    "made_at": "만든 때",
    "major": "전공",
    "masked": "가림",
    "means": "읽은 방법",
    "memo": "확인 내용",
    "method": "방식",
    "military_days": "병역 일수",
    "minute": "분",
    "minutes": "분",
    "month": "달",
    "name": "이름",
    "new": "새로",
    "note": "들은 말",
    "number": "차례",
    "old": "전",
    "on": "날",
    "outcome": "수료 구분",
    "own": "자신에게",
    "paid": "성공",
    "papers": "서류",
    "pass_score": "합격선(십분의 일)",
    "pc": "PC",
    "people": "사람 수",
    "phone": "연락처",
    "place": "장소",
    "places": "곳",
    "points": "항목 점수(십분의 일)",
    "purpose": "용도",
    "questions": "질문",
    "rank": "순위",
    "rater": "심사위원",
    "read": "서명부",
    "reason": "사유",
    "receiver": "받는 곳",
    "receivers": "받는 기관",
    "recovery": "새 복구 키",
    "reference": "공문",
    "rejected": "탈락",
    "result": "결과",
    "review": "확인할 것",
    "roles": "역할",
    "row": "행",
    "rows": "줄",
    "scan": "스캔",
    "scheme": "기준",
    "said": "내용",
    "score": "점수(천분의 일)",
    "selected": "선발",
    "sequence": "차수",
    "sex": "성별",
    "sha256": "SHA-256",
    "signer": "서명",
    "signers": "결재한 사람 수",
    "solo": "단독 처리",
    "stage": "단계",
    "start": "시작",
    "state": "상태",
    "states": "상태",
    "step": "심사 단계",
    "subject": "대상",
    "template": "양식",
    "tie": "동점 처리",
    "tie_order": "동점 기준",
    "to": "새 단계",
    "told": "직접 지웠다고 함",
    "total": "합계",
    "track": "트랙",
    "unit": "단위기간",
    "unit_no": "단위기간",
    "until": "기한",
    "updated": "고침",
    "user": "사용자",
    "version": "판",
    "waitlisted": "예비",
    "withdrawn": "철회한 날",
    "year": "사업연도",
    "way": "방향",
    "word": "답",
}
_HIDDEN = frozenset(
    {"correction", "course", "ids", "inputs", "round", "run", "set", "terms"}
)  # ids and whole tables say nothing on screen
_STAGES = {stage.value: stage.label for stage in Stage}
_SHORT_HASH = 12
_CHANGE = 3  # day, before, after
_PLACES = {
    "account_releases": "지난 계좌 확인",
    "benefits": "지급 제외 확인",
    "beside": "백업과 견주기",
    "candidates": "같은 사람 찾기",
    "card": "사람 카드",
    "changes": "사람 변경 이력",
    "check": "출결 확인",
    "consents": "동의",
    "correction": "정정 한 건",
    "deductions": "공제 일수",
    "documents": "제출서류",
    "eligibility": "자격",
    "enrol": "교육생 등록",
    "held_accounts": "계좌 확인",
    "history": "칸 이력",
    "interview": "면접 점수표",
    "list": "명단",
    "merge": "합치기",
    "names": "이름",
    "papers": "서류 점수표",
    "pay_file": "이체 파일의 사람들",
    "pay_plan": "보낼 금액의 사람들",
    "pay_result": "이체 결과",
    "preview": "미리보기",
    "ranking": "심사 순위",
    "record": "정정할 칸",
    "recovery": "환수 한 건",
    "search": "검색",
    "texts": "문자 목록",
    audit.ACCESSES: "접속기록",
    audit.CHANGES: "변경 이력",
}


def action_words(action: str) -> str:
    """What was done."""
    return _ACTIONS.get(action, action)


def subject_words(subject: str) -> str:
    """What it was done to."""
    return _SUBJECTS.get(subject) or title_of(subject)


def detail_words(detail: Mapping[str, Any]) -> str:
    """A line's detail as `이름 값`, empty values left out."""
    shown = [
        f"{_label(key, detail)} {_value(key, value)}"
        for key, value in detail.items()
        if key not in _HIDDEN and value not in (None, "", [], {})
    ]
    return " · ".join(shown)


def _label(key: str, detail: Mapping[str, Any]) -> str:
    """Beside a set of people the count is of people."""
    return _KEYS["people"] if key == "count" and "set" in detail else _KEYS.get(key, key)


def value_words(value: Any) -> str:
    """A sealed value as people read it: a day's record before and after, fields by name, or a plain text."""
    if isinstance(value, list) and all(isinstance(one, list) and len(one) == _CHANGE for one in value):
        return "\n".join(f"{day}: {_cell(old)} → {_cell(new)}" for day, old, new in value)
    if isinstance(value, dict):
        told = [
            f"{_KEYS.get(key, key)}: {value_words(one)}"
            for key, one in value.items()
            if one not in (None, "", [], {})
        ]
        return "\n".join(told)
    return "" if value is None else _STAGES.get(str(value), str(value))


def known_actions() -> Mapping[str, str]:
    """Every action with its Korean word."""
    return MappingProxyType(_ACTIONS)


def knows_subject(subject: str) -> bool:
    """Whether a subject has a Korean word."""
    return subject_words(subject) != subject


def _cell(values: Any) -> str:
    return attendance.show_kept(values)


def _value(key: str, value: Any) -> str:
    special = _SPECIAL.get(key)
    if special is not None:
        return special(value)
    if isinstance(value, dict):
        return ", ".join(f"{_KEYS.get(name, name)} {one}" for name, one in value.items())
    if isinstance(value, list):
        return f"{len(value)}건"
    if isinstance(value, bool):
        return "예" if value else "아니오"
    return format(value, ",") if isinstance(value, int) else str(value)


def _method(value: Any) -> str:
    return Method(value).label if value in tuple(Method) else str(value)


_SPECIAL: Mapping[str, Callable[[Any], str]] = {
    "by": lambda value: _PLACES.get(str(value), str(value)),
    "kind": lambda value: KIND_LABELS.get(str(value), str(value)),
    "field": lambda value: _KEYS.get(str(value), str(value)),
    "method": _method,
    "step": lambda value: Step(value).label if value in tuple(Step) else str(value),
    "outcome": lambda value: Outcome(value).label if value in tuple(Outcome) else "",
    "roles": lambda value: ", ".join(Role(role).label for role in value),
    "sha256": lambda value: str(value)[:_SHORT_HASH],
    "year": str,
}
