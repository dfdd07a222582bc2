"""The logs' own words in Korean; a word not known here is shown as the log keeps it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regional_desk.desktop.printing.asking import title_of
from regional_desk.domain.policies import Method

_ACTIONS = {
    "account.release": "계좌 보류 해제",
    "allowance.cancel": "훈련수당 확정 취소",
    "allowance.checked": "훈련수당 검토",
    "allowance.confirmed": "훈련수당 확정",
    "allowance.draft": "훈련수당 작성",
    "allowance.hold": "훈련수당 보류",
    "allowance.paid": "훈련수당 지급",
    "allowance.release": "훈련수당 보류 해제",
    "attendance.set": "출결 입력",
    "backup": "백업",
    "course.add": "교육과정 추가",
    "course.enrol": "교육생 등록",
    "course.joined": "교육생 시작일 바꿈",
    "course.left": "중도탈락 처리",
    "create": "사무소 만들기",
    "import.applicants": "신청자 가져오기",
    "import.attendance": "출결 가져오기",
    "import.companies": "기업 가져오기",
    "login": "들어옴",
    "policy.adopt": "정책 승인",
    "print": "출력",
    "recovery": "복구 키로 들어옴",
    "signer.register": "인증서 등록",
    "span.add": "수당 없는 기간 추가",
    "submission.build": "제출 파일 만들기",
}
_SUBJECTS = {
    "allowance": "훈련수당",
    "attendance": "출석",
    "companies": "기업",
    "courses": "교육과정",
    "office": "사무소",
    "people": "사람",
    "policies": "정책",
    "settings": "설정",
    "submission": "제출",
}
_KEYS = {
    "allow_open": "미확정 사유",
    "amount": "금액",
    "cells": "칸",
    "check_number": "확인번호",
    "count": "건수",
    "days": "훈련일",
    "direct": "직접 등록 사유",
    "document_date": "공문 날짜",
    "end": "끝",
    "file": "파일",
    "format": "형식",
    "login": "사용자",
    "method": "방식",
    "month": "달",
    "name": "이름",
    "new": "새로",
    "number": "차례",
    "people": "사람 수",
    "purpose": "용도",
    "reason": "사유",
    "reference": "공문",
    "rows": "줄",
    "scheme": "기준",
    "sequence": "차수",
    "sha256": "SHA-256",
    "start": "시작",
    "state": "상태",
    "total": "합계",
    "unit": "단위기간",
    "unit_no": "단위기간",
    "updated": "고침",
}
_HIDDEN = frozenset({"course", "inputs", "run", "terms"})  # ids and whole tables say nothing on screen
_SHORT_HASH = 12


def action_words(action: str) -> str:
    """What was done."""
    return _ACTIONS.get(action, action)


def subject_words(subject: str) -> str:
    """What it was done to."""
    return _SUBJECTS.get(subject) or title_of(subject)


def detail_words(detail: Mapping[str, Any]) -> str:
    """A line's detail as `이름 값`, empty values left out."""
    shown = [
        f"{_KEYS.get(key, key)} {_value(key, value)}"
        for key, value in detail.items()
        if key not in _HIDDEN and value not in (None, "", [], {})
    ]
    return " · ".join(shown)


def _value(key: str, value: Any) -> str:
    if key == "sha256":
        return str(value)[:_SHORT_HASH]
    if key == "method" and value in tuple(Method):
        return Method(value).label
    if isinstance(value, dict):
        return ", ".join(f"{_KEYS.get(name, name)} {one}" for name, one in value.items())
    if isinstance(value, list):
        return f"{len(value)}건"
    return format(value, ",") if isinstance(value, int) else str(value)
