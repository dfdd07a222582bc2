"""The logs' own words in Korean; a word not known here is shown as the log keeps it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from regional_desk.desktop.admin.action_names import ACTIONS
from regional_desk.desktop.printing.asking import title_of
from regional_desk.domain import claims
from regional_desk.domain.matching_rounds import Objective, Unrated
from regional_desk.domain.membership import Outcome
from regional_desk.domain.policies import Method
from regional_desk.domain.recruitment import Stage
from regional_desk.domain.rights import Role
from regional_desk.domain.screening import Step
from regional_desk.services.attendance import attendance
from regional_desk.services.importing.imports import KIND_LABELS
from regional_desk.store import audit

_SUBJECTS = {
    "accounts": "사용자",
    "allowance": "훈련수당",
    "approvals": "결재",
    "attendance": "출석",
    "backups": "백업",
    "budget": "예산",
    "call_lists": "미확인 전화표",
    "check_in": "출석 체크",
    "claims": "인턴지원금",
    "closings": "출석 마감",
    "companies": "기업",
    "company_ratings": "기업 평가",
    "company_selection": "참여기업 선정",
    "corrections": "정정",
    "counselling": "상담",
    "courses": "교육과정",
    "evidence": "출결 증빙",
    "imports": "가져오기",
    "instructors": "강사",
    "internships": "인턴십",
    "leases": "반 대출",
    "logs": "기록",
    "matching": "연계",
    "loss": "분실",
    "office": "사무소",
    "outcomes": "성과",
    "pay-file": "이체 파일",
    "pay_files": "이체 파일",
    "people": "사람",
    "policies": "정책",
    "positions": "직무",
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
    "training_needs": "훈련수요 조사",
    "visits": "방문",
}
_KEYS = {
    "account": "계좌번호",
    "account_hold": "보류",
    "account_holder": "예금주",
    "added": "더함",
    "address": "주소",
    "agreement": "협약 번호",
    "allow_open": "미확정 사유",
    "amount": "금액",
    "answers": "답",
    "asked": "환수",
    "bank": "은행",
    "basis": "근거",
    "birth": "생년월일",
    "business_number": "사업자등록번호",
    "by": "보는 곳",
    "by_leaving": "종료로 취소",
    "by_paper": "서명부대로",
    "cap": "기업 상한",
    "caption": "설명",
    "category": "구분",
    "cells": "칸",
    "change": "변경 기록",
    "changed": "바뀜",
    "check_number": "확인번호",
    "checked_on": "확인한 날",
    "comment": "의견",
    "companies": "기업 수",
    "company_name": "기업",
    "complete": "모두 적음",
    "condition": "조건",
    "copied_from": "가져온 인턴",
    "copies": "부수",
    "count": "건수",
    "criteria": "심사 기준",
    "day": "날",
    "days": "훈련일",
    "decided_on": "정한 날",
    "direct": "직접 등록 사유",
    "displaced": "밀린 사람",
    "document": "서류",
    "document_date": "공문 날짜",
    "due": "기한",
    "education": "학력",
    "email": "이메일",
    "employed_from": "고용된 날",
    "employees": "상시근로자 수",
    "employer": "취업한 곳",
    "employment": "고용 형태",
    "end": "끝",
    "evaluator": "평가자",
    "failed": "실패",
    "field": "항목",
    "fields": "항목",
    "file": "파일",
    "first": "처음",
    "follow_up": "후속조치",
    "format": "형식",
    "from": "전 단계",
    "goal": "훈련목표",
    "guidance": "지도내용",
    "hold": "보류 까닭",
    "import": "가져옴",
    "industry": "업종",
    "interns": "인턴 수",
    "internship": "인턴십",
    "interview": "면접",
    "interviews": "면접 결과",
    "item": "항목",
    "joined": "들어온 날",
    "kind": "종류",
    "last": "마지막",
    "left": "나간 날",
    "left_on": "마지막 근무일",
    "line": "순번",
    "lines": "줄 수",
    "login": "사용자",
    "made_at": "만든 때",
    "major": "전공",
    "masked": "가림",
    "matching": "차수",
    "means": "읽은 방법",
    "memo": "확인 내용",
    "mentor": "멘토",
    "method": "방식",
    "military_days": "병역 일수",
    "minute": "분",
    "minutes": "분",
    "month": "달",
    "month_no": "지원월",
    "months": "개월",
    "name": "이름",
    "new": "새로",
    "note": "들은 말",
    "number": "차례",
    "objective": "배정 방식",
    "old": "전",
    "on": "날",
    "open": "열린 것만",
    "opinion": "종합 의견",
    "outcome": "수료 구분",
    "output": "산출물",
    "outside": "외부",
    "own": "자신에게",
    "owner": "담당",
    "paid": "성공",
    "paper": "서류",
    "papers": "서류",
    "pass_line": "합격선",
    "pass_score": "합격선(십분의 일)",
    "pc": "PC",
    "people": "사람 수",
    "phone": "연락처",
    "place": "장소",
    "placed": "배정",
    "places": "곳",
    "plan": "계획",
    "points": "항목 점수(십분의 일)",
    "position": "직무",
    "positions": "직무",
    "priority": "우선 배정 순위",
    "progress": "진척(%)",
    "purpose": "용도",
    "questions": "질문",
    "rank": "순위",
    "rater": "심사위원",
    "raters": "평가위원 수",
    "read": "서명부",
    "reason": "사유",
    "receiver": "받는 곳",
    "receivers": "받는 기관",
    "recovery": "새 복구 키",
    "reference": "공문",
    "rejected": "탈락",
    "removed": "뺌",
    "replaced": "다시 받음",
    "replaces": "앞선 인턴십",
    "reserve": "예비",
    "result": "결과",
    "review": "확인할 것",
    "roles": "역할",
    "row": "행",
    "rows": "줄",
    "said": "내용",
    "scan": "스캔",
    "scheme": "기준",
    "score": "점수(천분의 일)",
    "seats": "모집인원",
    "seed": "추첨 수",
    "selected": "선발",
    "sequence": "차수",
    "sex": "성별",
    "sha256": "SHA-256",
    "signer": "서명",
    "signers": "결재한 사람 수",
    "solo": "단독 처리",
    "source": "확인 방법",
    "stage": "단계",
    "start": "시작",
    "starts_on": "시작일",
    "state": "상태",
    "states": "상태",
    "step": "심사 단계",
    "subject": "대상",
    "submitted_on": "제출일",
    "talk": "면담",
    "template": "양식",
    "text": "내용",
    "tie": "동점 처리",
    "tie_order": "동점 기준",
    "to": "새 단계",
    "told": "직접 지웠다고 함",
    "total": "합계",
    "track": "트랙",
    "unconfirmed": "확인 풀림",
    "unit": "단위기간",
    "unit_no": "단위기간",
    "unplaced": "미배정",
    "unrated": "면접 없는 짝",
    "until": "기한",
    "updated": "고침",
    "user": "사용자",
    "version": "판",
    "visit": "방문",
    "visits": "방문 수",
    "wage": "임금(원)",
    "waitlisted": "예비",
    "way": "방향",
    "week": "주차",
    "weekly_minutes": "주 근로시간(분)",
    "wishes": "희망순위",
    "withdrawn": "철회한 날",
    "word": "답",
    "work": "수행업무·과제",
    "year": "사업연도",
}
_HIDDEN = frozenset(
    {"company", "correction", "course", "ids", "inputs", "pair", "placement", "round", "run", "set", "terms"}
)  # ids and whole tables say nothing on screen
_STAGES = {stage.value: stage.label for stage in Stage}
_SHORT_HASH = 12
_CHANGE = 3  # day, before, after
_PLACES = {
    "claim_months": "인턴의 지원월",
    "claim_papers": "지원금 증빙 서류",
    "deliverables": "산출물",
    "evaluations": "인턴십 평가",
    "journals": "인턴일지",
    "payslips": "급여명세",
    "plan": "훈련계획",
    "account_releases": "지난 계좌 확인",
    "address": "주소순",
    "benefits": "지급 제외 확인",
    "beside": "백업과 견주기",
    "candidates": "같은 사람 찾기",
    "card": "사람 카드",
    "changes": "사람 변경 이력",
    "check": "출결 확인",
    "consents": "동의",
    "contacts": "기업 담당자",
    "correction": "정정 한 건",
    "deductions": "공제 일수",
    "documents": "제출서류",
    "due": "확인할 사람",
    "eligibility": "자격",
    "employment": "취업상황",
    "enrol": "교육생 등록",
    "files": "방문 사진",
    "findings": "지적·고충·사고",
    "held_accounts": "계좌 확인",
    "free": "연계에 넣을 사람",
    "history": "칸 이력",
    "internship": "인턴십 한 건",
    "interview": "면접 점수표",
    "list": "명단",
    "merge": "합치기",
    "months": "지원월마다의 방문",
    "names": "이름",
    "outcomes": "성과 명단",
    "papers": "서류 점수표",
    "pay_file": "이체 파일의 사람들",
    "pay_plan": "보낼 금액의 사람들",
    "pay_result": "이체 결과",
    "placements": "배정 명단",
    "preview": "미리보기",
    "proposal": "방문계획 미리 보기",
    "ranking": "심사 순위",
    "record": "정정할 칸",
    "recovery": "환수 한 건",
    "round": "연계 차수",
    "search": "검색",
    "texts": "문자 목록",
    "waiting": "협약을 준비할 배정",
    audit.ACCESSES: "접속기록",
    audit.CHANGES: "변경 이력",
}


def action_words(action: str) -> str:
    """What was done."""
    return ACTIONS.get(action, action)


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
    if isinstance(value, list):
        return ", ".join(value_words(one) for one in value)
    return "" if value is None else _STAGES.get(str(value), str(value))


def known_actions() -> Mapping[str, str]:
    """Every action with its Korean word."""
    return MappingProxyType(ACTIONS)


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
    for methods in (Method, claims.Method):
        if value in tuple(methods):
            return methods(value).label
    return str(value)


_SPECIAL: Mapping[str, Callable[[Any], str]] = {
    "by": lambda value: _PLACES.get(str(value), str(value)),
    "kind": lambda value: KIND_LABELS.get(str(value), str(value)),
    "field": lambda value: _KEYS.get(str(value), str(value)),
    "method": _method,
    "objective": lambda value: Objective(value).label if value in tuple(Objective) else str(value),
    "unrated": lambda value: Unrated(value).label if value in tuple(Unrated) else str(value),
    "step": lambda value: Step(value).label if value in tuple(Step) else str(value),
    "outcome": lambda value: Outcome(value).label if value in tuple(Outcome) else "",
    "roles": lambda value: ", ".join(Role(role).label for role in value),
    "sha256": lambda value: str(value)[:_SHORT_HASH],
    "year": str,
}
