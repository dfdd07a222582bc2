"""The tables of a submission package on recruitment, courses, attendance and the training allowance."""

from __future__ import annotations

from regional_desk.domain.membership import Outcome
from regional_desk.domain.recruitment import Stage
from regional_desk.exchange.package_table import (
    MONTH_FIELD,
    RUN_STATES,
    RUNNING,
    TRACK_FIELD,
    Field,
    TableSchema,
    Type,
    count,
)

_COURSE = Field("course", "과정 코드", Type.STRING)
_UNIT = Field("unit", "단위기간", Type.INTEGER, minimum=1)
_ADDED = (Stage.INTERNED, Stage.CONVERTED)
# in the order of packages that were built before internships were kept: another order would be another schema
_STAGES = tuple(stage.label for stage in (*(stage for stage in Stage if stage not in _ADDED), *_ADDED))
_OF_COURSES = (("course", "courses"),)

TRAINING_TABLES = (
    TableSchema(
        "recruitment",
        "모집",
        (
            MONTH_FIELD,
            TRACK_FIELD,
            Field("stage", "단계", Type.STRING, enum=_STAGES),
            count("people", "인원"),
        ),
        key=("month", "track", "stage"),
    ),
    TableSchema(
        "courses",
        "과정",
        (
            _COURSE,
            Field("name", "과정명", Type.STRING),
            TRACK_FIELD,
            Field("start", "시작일", Type.DATE),
            Field("end", "종료일", Type.DATE),
            count("training_days", "소정훈련일"),
            count("enrolled", "등록 인원"),
            count("completed", "수료 인원", required=False),
            Field("state", "상태", Type.STRING, enum=("예정", RUNNING, "종료", "폐강")),
        ),
        key=("course",),
    ),
    TableSchema(
        "rounds",
        "모집 차수",
        (
            Field("round", "차수", Type.INTEGER, minimum=1),
            TRACK_FIELD,
            Field("opens", "접수 시작", Type.DATE),
            Field("closes", "접수 마감", Type.DATE),
            count("places", "선발 예정"),
            count("applied", "접수"),
            count("selected", "선발"),
            count("waitlisted", "예비"),
            count("enrolled", "등록"),
        ),
        key=("round", "track"),
    ),
    TableSchema(
        "outcomes",
        "이수 결과",
        (
            _COURSE,
            Field("outcome", "결과", Type.STRING, enum=tuple(outcome.label for outcome in Outcome)),
            count("people", "인원"),
        ),
        key=("course", "outcome"),
        parents=_OF_COURSES,
    ),
    TableSchema(
        "attendance",
        "출결",
        (
            _COURSE,
            _UNIT,
            count("training_days", "소정훈련일"),
            count("enrolled", "인원"),
            Field("average_rate", "평균 출석률(%)", Type.NUMBER, required=False, minimum=0),
            count("at_risk", "위험 인원"),
            count("dismissed", "제적 인원"),
            Field("state", "상태", Type.STRING, enum=(RUNNING, "종료")),
        ),
        key=("course", "unit"),
        parents=_OF_COURSES,
    ),
    TableSchema(
        "allowance",
        "훈련수당",
        (
            _COURSE,
            _UNIT,
            count("people", "인원"),
            count("paid_people", "지급 인원"),
            count("amount", "금액(원)"),
            Field("state", "상태", Type.STRING, enum=RUN_STATES),
        ),
        key=("course", "unit"),
        parents=_OF_COURSES,
    ),
)
