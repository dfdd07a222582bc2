"""How far a round has come, step by step, and the sentence that says what to do next."""

from __future__ import annotations

from collections import Counter

from regional_desk.desktop.matching.steps import Step
from regional_desk.domain.matching_rounds import Gap, MatchingState, Objective
from regional_desk.domain.text import korean_date
from regional_desk.services.matching.rounds import Round

TITLES = (
    ("people", "참가"),
    ("wishes", "희망순위"),
    ("interviews", "면접 결과"),
    ("compare", "배정 견주기"),
    ("change", "조정"),
    ("publish", "공개"),
)
NO_ROUND = (
    "아직 연계 차수가 없습니다. [새 차수]를 누르면 아래 차례가 화면 위에 놓이고, 지금 할 일을 알려 줍니다."
)
HOW = (
    "1  참가 — 교육생과, 선정된 기업의 직무를 넣습니다. 새 차수를 만들 때 한꺼번에 넣을 수 있습니다.",
    "2  희망순위 — 교육생이 적어 낸 엑셀 파일을 가져옵니다.",
    "3  면접 결과 — 기업이 보낸 엑셀 파일을 가져옵니다.",
    "4  배정 견주기 — 안정 배정과 최다 배정을 나란히 보고 하나를 채택합니다.",
    "5  조정 — 바꿀 것이 있으면 누가 밀리는지 먼저 보고 사유와 함께 옮깁니다.",
    "6  공개 — 결과를 공개하고 공고와 통지서를 출력합니다.",
)
_NEXT = {
    "people": "참가할 교육생과 선정된 기업의 직무를 넣으십시오.",
    "wishes": "교육생이 적어 낸 희망순위 파일을 가져오십시오.",
    "interviews": "기업이 보낸 면접 결과 파일을 가져오십시오. 빠진 결과가 있어도 다음으로 갈 수 있습니다.",
    "compare": "두 배정을 견주어 하나를 채택하십시오.",
    "change": "바꿀 것이 있으면 교육생을 직무로 옮기십시오. 없으면 [공개]로 가십시오.",
}
_OUT = "공개한 차수입니다. 배정은 고칠 수 없고, 연계를 끝내는 것만 적을 수 있습니다."


def steps_of(found: Round) -> tuple[Step, ...]:
    """The six steps: what stands in each, and which comes next."""
    gaps = Counter(one.gap for one in found.gaps)
    missing = sum(one.count for one in found.gaps if one.gap is Gap.NO_INTERVIEWS)
    wishing = sum(bool(found.wishes.get(one.id)) for one in found.trainees)
    published = found.state is MatchingState.PUBLISHED
    done = {
        "people": bool(found.trainees and found.positions),
        "wishes": wishing > 0,
        "interviews": bool(found.interviews) or found.adopted,
        "compare": found.adopted,
        "change": published,
        "publish": published,
    }
    words = {
        "people": f"{len(found.trainees)}명 · 직무 {len(found.positions)}",
        "wishes": f"{wishing}/{len(found.trainees)}명",
        "interviews": f"{len(found.interviews)}건" + (f", 없음 {missing}" if missing else ""),
        "compare": Objective(found.row.objective).label if found.row.objective else "안정 / 최다",
        "change": "끝남" if published else "누가 밀리나",
        "publish": korean_date(found.row.published_on) if found.row.published_on else "공개 전",
    }
    lacking = {
        "people": gaps[Gap.NOT_OFFERED] > 0,
        "wishes": gaps[Gap.NO_WISHES] > 0,
        "interviews": missing > 0 or gaps[Gap.MIXED] > 0,
    }
    following = next((key for key, _title in TITLES if not done[key]), "")
    made = []
    for key, title in TITLES:
        mark = "next" if key == following else "later" if not done[key] else "done"
        if done[key] and lacking.get(key) and not published:
            mark = "open"
        made.append(Step(key, title, words[key], mark))
    return tuple(made)


def next_of(found: Round) -> tuple[str, str]:
    """The step to do next and the sentence for it; of a published round no step."""
    for step in steps_of(found):
        if step.mark == "next":
            return step.key, f"▶ 다음: {_NEXT[step.key]}"
    return "", f"✔ {_OUT}"
