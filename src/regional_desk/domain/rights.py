"""Roles of the office and the rights they add up to (rulebook section 7)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Role(StrEnum):
    """What a person is in the office; roles add up."""

    TRAINING = "training"
    ALLOWANCE = "allowance"
    INTERNSHIP = "internship"
    LEADER = "leader"
    DIRECTOR = "director"
    VIEWER = "viewer"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        """The Korean name on screen."""
        return _ROLE_LABELS[self]


class Right(StrEnum):
    """One thing a person may do."""

    SEE_PEOPLE = "see_people"
    UNMASK = "unmask"
    EDIT_PEOPLE = "edit_people"
    IMPORT_FILES = "import_files"
    EDIT_RECRUITMENT = "edit_recruitment"
    RATE = "rate"
    EDIT_COURSE = "edit_course"
    CANCEL_DISMISSAL = "cancel_dismissal"
    EDIT_ATTENDANCE = "edit_attendance"
    CLOSE_ATTENDANCE = "close_attendance"
    REOPEN_ATTENDANCE = "reopen_attendance"
    LEND_CLASS = "lend_class"
    DECIDE_CORRECTION = "decide_correction"
    EDIT_COMPANIES = "edit_companies"
    SELECT_COMPANIES = "select_companies"
    EDIT_MATCHING = "edit_matching"
    PUBLISH_MATCHING = "publish_matching"
    EDIT_INTERNSHIPS = "edit_internships"
    EDIT_VISITS = "edit_visits"
    DRAFT_CLAIM = "draft_claim"
    CHECK_CLAIM = "check_claim"
    CONFIRM_CLAIM = "confirm_claim"
    PAY_CLAIM = "pay_claim"
    DRAFT_ALLOWANCE = "draft_allowance"
    CHECK_ALLOWANCE = "check_allowance"
    CONFIRM_ALLOWANCE = "confirm_allowance"
    PAY_ALLOWANCE = "pay_allowance"
    RELEASE_ACCOUNT = "release_account"
    EDIT_BUDGET = "edit_budget"
    EXCEED_BUDGET = "exceed_budget"
    ADOPT_POLICY = "adopt_policy"
    PRINT_PAPERS = "print_papers"
    BUILD_SUBMISSION = "build_submission"
    BACK_UP = "back_up"
    RESTORE = "restore"
    SEE_AUDIT = "see_audit"
    MANAGE_USERS = "manage_users"
    CHANGE_SETTINGS = "change_settings"
    SEE_RETENTION = "see_retention"
    ERASE = "erase"
    REPORT_LOSS = "report_loss"
    RECORD_SEAL = "record_seal"

    @property
    def label(self) -> str:
        """The Korean name in a refusal."""
        return _RIGHT_LABELS[self]


_ROLE_LABELS = {
    Role.TRAINING: "담당(교육)",
    Role.ALLOWANCE: "담당(수당)",
    Role.INTERNSHIP: "담당(인턴십)",
    Role.LEADER: "팀장",
    Role.DIRECTOR: "단장",
    Role.VIEWER: "조회",
    Role.ADMINISTRATOR: "관리자",
}

_RIGHT_LABELS = {
    Right.SEE_PEOPLE: "사람 정보 보기",
    Right.UNMASK: "가리지 않고 보기",
    Right.EDIT_PEOPLE: "사람 정보 고치기",
    Right.IMPORT_FILES: "파일 가져오기",
    Right.EDIT_RECRUITMENT: "모집·선발 처리",
    Right.RATE: "심사 점수 적기",
    Right.EDIT_COURSE: "교육과정 고치기",
    Right.CANCEL_DISMISSAL: "제적 취소",
    Right.EDIT_ATTENDANCE: "출석 입력",
    Right.CLOSE_ATTENDANCE: "출석 마감",
    Right.REOPEN_ATTENDANCE: "마감 열기",
    Right.LEND_CLASS: "반 대출·반납",
    Right.DECIDE_CORRECTION: "출결 정정 승인",
    Right.EDIT_COMPANIES: "기업 정보 고치기",
    Right.SELECT_COMPANIES: "참여기업 선정",
    Right.EDIT_MATCHING: "연계 처리",
    Right.PUBLISH_MATCHING: "연계 결과 공개",
    Right.EDIT_INTERNSHIPS: "인턴십 처리",
    Right.EDIT_VISITS: "방문 점검 처리",
    Right.DRAFT_CLAIM: "인턴지원금 작성",
    Right.CHECK_CLAIM: "인턴지원금 검토",
    Right.CONFIRM_CLAIM: "인턴지원금 확정",
    Right.PAY_CLAIM: "인턴지원금 지급",
    Right.DRAFT_ALLOWANCE: "훈련수당 작성",
    Right.CHECK_ALLOWANCE: "훈련수당 검토",
    Right.CONFIRM_ALLOWANCE: "훈련수당 확정",
    Right.PAY_ALLOWANCE: "훈련수당 지급",
    Right.RELEASE_ACCOUNT: "계좌 보류 해제",
    Right.EDIT_BUDGET: "예산 적기",
    Right.EXCEED_BUDGET: "예산 초과 확정",
    Right.ADOPT_POLICY: "정책 승인",
    Right.PRINT_PAPERS: "문서 출력",
    Right.BUILD_SUBMISSION: "제출 파일 만들기",
    Right.BACK_UP: "백업",
    Right.RESTORE: "백업에서 되돌리기",
    Right.SEE_AUDIT: "기록 보기",
    Right.MANAGE_USERS: "사용자 관리",
    Right.CHANGE_SETTINGS: "설정 바꾸기",
    Right.SEE_RETENTION: "보존기간 보기",
    Right.ERASE: "분리보관·파기",
    Right.REPORT_LOSS: "분실 신고",
    Right.RECORD_SEAL: "직인·서면 결재 기록",
}

_ANY_OFFICER = frozenset(
    {
        Right.SEE_PEOPLE,
        Right.UNMASK,
        Right.RATE,
        Right.EDIT_VISITS,
        Right.PRINT_PAPERS,
        Right.BACK_UP,
        Right.REPORT_LOSS,
        Right.RECORD_SEAL,
    }
)
_LEADER = _ANY_OFFICER | {
    Right.CANCEL_DISMISSAL,
    Right.CLOSE_ATTENDANCE,
    Right.REOPEN_ATTENDANCE,
    Right.DECIDE_CORRECTION,
    Right.CHECK_ALLOWANCE,
    Right.CONFIRM_ALLOWANCE,
    Right.CHECK_CLAIM,
    Right.CONFIRM_CLAIM,
    Right.RELEASE_ACCOUNT,
    Right.SELECT_COMPANIES,
    Right.PUBLISH_MATCHING,
    Right.ADOPT_POLICY,
    Right.BUILD_SUBMISSION,
    Right.SEE_AUDIT,
    Right.SEE_RETENTION,
    Right.ERASE,
}
_RIGHTS: dict[Role, frozenset[Right]] = {
    Role.TRAINING: _ANY_OFFICER
    | {
        Right.EDIT_PEOPLE,
        Right.IMPORT_FILES,
        Right.EDIT_RECRUITMENT,
        Right.EDIT_COURSE,
        Right.CANCEL_DISMISSAL,
        Right.EDIT_ATTENDANCE,
        Right.CLOSE_ATTENDANCE,
        Right.LEND_CLASS,
        Right.BUILD_SUBMISSION,
    },
    Role.ALLOWANCE: _ANY_OFFICER
    | {
        Right.EDIT_PEOPLE,
        Right.IMPORT_FILES,
        Right.DRAFT_ALLOWANCE,
        Right.CHECK_ALLOWANCE,
        Right.PAY_ALLOWANCE,
        Right.DRAFT_CLAIM,
        Right.CHECK_CLAIM,
        Right.PAY_CLAIM,
        Right.EDIT_BUDGET,
        Right.BUILD_SUBMISSION,
    },
    Role.INTERNSHIP: _ANY_OFFICER
    | {
        Right.IMPORT_FILES,
        Right.EDIT_COMPANIES,
        Right.EDIT_MATCHING,
        Right.EDIT_INTERNSHIPS,
        Right.DRAFT_CLAIM,
        Right.CHECK_CLAIM,
        Right.BUILD_SUBMISSION,
    },
    Role.LEADER: _LEADER,
    Role.DIRECTOR: _LEADER | {Right.EXCEED_BUDGET},
    Role.VIEWER: frozenset({Right.SEE_PEOPLE}),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.MANAGE_USERS,
            Right.CHANGE_SETTINGS,
            Right.BACK_UP,
            Right.RESTORE,
            Right.SEE_AUDIT,
            Right.SEE_RETENTION,
            Right.REPORT_LOSS,
        }
    ),
}


LENT_RIGHTS = frozenset({Right.SEE_PEOPLE, Right.UNMASK, Right.EDIT_ATTENDANCE, Right.BACK_UP})
"""What can be done in a lent copy on a laptop, whatever the role: attendance, and keeping it safe."""


def rights_of(roles: Iterable[Role]) -> frozenset[Right]:
    """All the rights these roles give together."""
    return frozenset().union(*(_RIGHTS[role] for role in roles))
