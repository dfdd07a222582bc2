"""The logs' own words in Korean; a word not known here is shown as the log keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from regional_desk.desktop.printing.asking import title_of
from regional_desk.domain.attendance import show_cell
from regional_desk.domain.policies import Method
from regional_desk.domain.rights import Role
from regional_desk.services import attendance
from regional_desk.services.imports import KIND_LABELS
from regional_desk.store import audit

_ACTIONS = {
    "account.release": "계좌 보류 해제",
    "allowance.cancelled": "훈련수당 확정 취소",
    "allowance.checked": "훈련수당 검토",
    "allowance.confirmed": "훈련수당 확정",
    "allowance.draft": "훈련수당 작성",
    "allowance.hold": "훈련수당 보류",
    "allowance.paid": "훈련수당 지급",
    "allowance.reconciled": "훈련수당 대사",
    "allowance.release": "훈련수당 보류 해제",
    "approval.open": "결재 스캔 열어 봄",
    "approval.record": "서면 결재 등록",
    "attendance.set": "출결 입력",
    "backup": "백업",
    "backup.open": "백업 열어 보기",
    "backup.place": "둘째 백업 장소 정하기",
    "backup.resume": "자동 백업 다시 켜기",
    "backup.trial": "복구 훈련",
    "contact.set": "연락처·계좌 고침",
    "course.add": "교육과정 추가",
    "course.enrol": "교육생 등록",
    "course.joined": "교육생 시작일 바꿈",
    "course.left": "중도탈락 처리",
    "create": "사무소 만들기",
    "erase.dispose": "파기",
    "erase.read": "분리보관 자료 열람",
    "erase.separate": "분리보관",
    "export": "내보내기",
    "import.applicants": "신청자 가져오기",
    "import.attendance": "출결 가져오기",
    "import.companies": "기업 가져오기",
    "keys.rekey": "열쇠 바꿈",
    "lock": "화면 잠금",
    "log.roll_off": "2년 지난 접속기록 정리",
    "login": "들어옴",
    "login_failed": "로그인 실패",
    "loss.report": "분실 신고",
    "loss.state": "분실 신고 처리",
    "policy.adopt": "정책 승인",
    "print": "출력",
    "recovery": "복구 키로 들어옴",
    "redo": "다시 실행",
    "seal.use": "직인 날인",
    "settings.idle": "자동 잠금 시간 바꿈",
    "signer.register": "인증서 등록",
    "span.add": "수당 없는 기간 추가",
    "submission.build": "제출 파일 만들기",
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
    "companies": "기업",
    "courses": "교육과정",
    "imports": "가져오기",
    "logs": "기록",
    "loss": "분실",
    "office": "사무소",
    "people": "사람",
    "policies": "정책",
    "records": "기록 내용",
    "reports": "보고",
    "retention": "보관·파기",
    "settings": "설정",
    "submission": "제출",
}
_KEYS = {
    "account": "계좌번호",
    "account_hold": "보류",
    "account_holder": "예금주",
    "address": "주소",
    "allow_open": "미확정 사유",
    "amount": "금액",
    "bank": "은행",
    "basis": "근거",
    "birth": "생년월일",
    "by": "보는 곳",
    "cells": "칸",
    "check_number": "확인번호",
    "copies": "부수",
    "count": "건수",
    "day": "날",
    "days": "훈련일",
    "direct": "직접 등록 사유",
    "document_date": "공문 날짜",
    "education": "학력",
    "email": "이메일",
    "end": "끝",
    "field": "항목",
    "fields": "항목",
    "file": "파일",
    "first": "처음",
    "format": "형식",
    "hold": "보류 까닭",
    "import": "가져옴",
    "joined": "들어온 날",
    "kind": "종류",
    "last": "마지막",
    "left": "나간 날",
    "lines": "줄 수",
    "login": "사용자",
    "made_at": "만든 때",
    "major": "전공",
    "masked": "가림",
    "memo": "확인 내용",
    "method": "방식",
    "minutes": "분",
    "month": "달",
    "name": "이름",
    "new": "새로",
    "number": "차례",
    "old": "전",
    "on": "날",
    "own": "자신에게",
    "pc": "PC",
    "people": "사람 수",
    "phone": "연락처",
    "place": "장소",
    "places": "곳",
    "purpose": "용도",
    "reason": "사유",
    "receivers": "받는 기관",
    "recovery": "새 복구 키",
    "reference": "공문",
    "result": "결과",
    "roles": "역할",
    "row": "행",
    "rows": "줄",
    "scan": "스캔",
    "scheme": "기준",
    "sequence": "차수",
    "sex": "성별",
    "sha256": "SHA-256",
    "signer": "서명",
    "signers": "결재한 사람 수",
    "start": "시작",
    "state": "상태",
    "subject": "대상",
    "total": "합계",
    "track": "트랙",
    "unit": "단위기간",
    "unit_no": "단위기간",
    "until": "기한",
    "updated": "고침",
    "user": "사용자",
    "year": "사업연도",
}
_HIDDEN = frozenset(
    {"course", "ids", "inputs", "run", "set", "terms"}
)  # ids and whole tables say nothing on screen
_SHORT_HASH = 12
_CHANGE = 3  # day, before, after
_PLACES = {
    "beside": "백업과 견주기",
    "card": "사람 카드",
    "enrol": "교육생 등록",
    "history": "칸 이력",
    "list": "명단",
    "names": "이름",
    "preview": "미리보기",
    "search": "검색",
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
    return "" if value is None else str(value)


def known_actions() -> Mapping[str, str]:
    """Every action with its Korean word."""
    return MappingProxyType(_ACTIONS)


def knows_subject(subject: str) -> bool:
    """Whether a subject has a Korean word."""
    return subject_words(subject) != subject


def _cell(values: Any) -> str:
    return show_cell(attendance.from_values(values))


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
    "roles": lambda value: ", ".join(Role(role).label for role in value),
    "sha256": lambda value: str(value)[:_SHORT_HASH],
    "year": str,
}
