"""The tables of a submission package on companies, placements, internships, claims and visits."""

from __future__ import annotations

from regional_desk.domain.companies import CompanyKind
from regional_desk.exchange.package_table import (
    MONTH_FIELD,
    RUN_STATES,
    TRACK_FIELD,
    Field,
    TableSchema,
    Type,
    count,
)

PLACING_TABLES = (
    TableSchema(
        "companies",
        "참여기업",
        (
            MONTH_FIELD,
            # a company whose kind nobody wrote down yet counts too
            Field("kind", "유형", Type.STRING, enum=(*(kind.value for kind in CompanyKind), "미정")),
            count("goal", "목표"),
            count("applied", "신청"),
            count("selected", "선정"),
            count("reserve", "예비"),
            count("answered", "수요조사 응답"),
        ),
        key=("month", "kind"),
    ),
    TableSchema(
        "placements",
        "연계",
        (
            MONTH_FIELD,
            TRACK_FIELD,
            count("companies", "기업"),
            count("positions", "직무"),
            count("seats", "모집인원"),
            count("trainees", "대상 인원"),
            count("placed", "연계 인원"),
            count("ended", "연계 취소"),
        ),
        key=("month", "track"),
    ),
    TableSchema(
        "internships",
        "인턴십",
        (
            MONTH_FIELD,
            TRACK_FIELD,
            count("active", "진행"),
            count("started", "시작 누계"),
            count("ended_early", "중도종료 누계"),
            count("converted", "전환 누계"),
        ),
        key=("month", "track"),
    ),
    TableSchema(
        "claims",
        "인턴 지원금",
        (
            MONTH_FIELD,
            TRACK_FIELD,
            count("people", "인원"),
            count("paid_people", "지급 인원"),
            count("amount", "금액(원)"),
            Field("state", "상태", Type.STRING, enum=RUN_STATES),
        ),
        key=("month", "track"),
    ),
    TableSchema(
        "visits",
        "방문점검",
        (count("planned", "계획 누계"), count("done", "완료 누계"), count("overdue", "기한 지남")),
    ),
)
