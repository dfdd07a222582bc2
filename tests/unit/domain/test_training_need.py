"""The training need survey: answers read, contradictions refused, a level proposed, shares beside the country's."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regional_desk.domain.refused import Refused
from regional_desk.domain.training_need import (
    AxLevel,
    Question,
    Response,
    Side,
    check_answers,
    parse_answer,
    parse_level,
    propose_level,
    summarise,
)
from regional_desk.services.companies.need_survey import survey

SURVEY = survey()
FIELDS = SURVEY.question("fields_wanted")
HOURS = SURVEY.question("hours_wanted")
METHOD = SURVEY.question("method_wanted")


def response(number: int, employees: int | None = None, **answers: str) -> Response:
    told = {key: tuple(value.split()) for key, value in answers.items()}
    return Response(UUID(int=number), employees, None, told)


def test_the_questions_are_those_of_the_document() -> None:
    topics = list(dict.fromkeys(question.topic for question in SURVEY.questions))
    assert topics == [
        "AI 기술 활용 여부",
        "AI 훈련 경험 여부",
        "AI 훈련 필요성",
        "향후 3년 내 AI 훈련 의향",
        "훈련 분야",
        "훈련 방식",
        "훈련 수준",
        "훈련 시간",
        "애로사항",
        "필요한 정부 지원",
    ]
    twice = [one.topic for one in SURVEY.questions if one.side is Side.DONE]
    assert twice == topics[4:9]
    assert [one.key for one in SURVEY.questions if one.multiple] == [
        "fields_done",
        "fields_wanted",
        "difficulties_done",
        "difficulties_wanted",
        "support",
    ]


@pytest.mark.parametrize(
    "question", [one for one in SURVEY.questions if not one.multiple], ids=lambda one: one.key
)
def test_the_countrys_single_answers_make_no_more_than_a_whole(question: Question) -> None:
    total = sum(choice.national for choice in question.choices)
    assert Decimal(96) <= total <= Decimal(100)


@pytest.mark.parametrize(
    ("key", "choice", "national"),
    [
        ("use", "no", "77.2"),
        ("experience", "planned", "4.7"),
        ("need", "yes", "52.4"),
        ("plan", "no", "32.2"),
        ("fields_done", "office", "33.3"),
        ("fields_wanted", "sales", "34.3"),
        ("method_done", "own_class", "35.3"),
        ("method_wanted", "outside_remote", "22.0"),
        ("level_wanted", "practice", "51.2"),
        ("hours_done", "from_40", "2.0"),
        ("difficulties_wanted", "time", "42.0"),
        ("support", "consulting", "47.1"),
    ],
)
def test_the_national_figures_are_those_of_the_document(key: str, choice: str, national: str) -> None:
    assert SURVEY.question(key).choice(choice).national == Decimal(national)


@pytest.mark.parametrize(
    ("question", "cell", "found"),
    [
        (FIELDS, "경영·기획", ("planning",)),
        (FIELDS, "경영 기획 (전략 수립, 의사결정 지원 등), 생산·설비", ("planning", "production")),
        (FIELDS, "3, 1", ("planning", "sales")),
        (FIELDS, "①생산·설비", ("production",)),  # what is written out counts, not a wrong number before it
        (FIELDS, "② 생산·설비\n⑦ 사무일반", ("production", "office")),
        (FIELDS, "② / ⑦", ("production", "office")),
        (FIELDS, "1) 경영·기획; 2. 생산·설비", ("planning", "production")),
        (FIELDS, "sales", ("sales",)),
        (FIELDS, 8, ("knowledge",)),
        (FIELDS, 8.0, ("knowledge",)),
        (FIELDS, 9, "refused"),
        (FIELDS, 0, "refused"),
        (FIELDS, "우주", "refused"),
        (FIELDS, None, ()),
        (FIELDS, "  ", ()),
        (FIELDS, dt.date(2026, 1, 3), "refused"),
        (HOURS, "4~8시간 미만", ("under_8",)),
        (HOURS, "4시간 미만", ("under_4",)),
        (HOURS, "16 ~ 40시간미만", ("under_40",)),
        (HOURS, "40시간 이상", ("from_40",)),
        (HOURS, "② 4~8시간 미만", ("under_8",)),
        (HOURS, "4시간 미만, 40시간 이상", "refused"),
        (METHOD, "외부(위탁) 집체훈련", ("outside_class",)),
        (METHOD, "위탁 원격", ("outside_remote",)),
    ],
)
def test_an_answer_is_read_from_what_people_write(
    question: Question, cell: object, found: tuple[str, ...] | str
) -> None:
    if found == "refused":
        with pytest.raises(Refused, match="답"):
            parse_answer(question, cell)
    else:
        assert parse_answer(question, cell) == found


@pytest.mark.parametrize("question", SURVEY.questions, ids=lambda one: one.key)
def test_every_choice_is_found_by_its_key_label_other_words_and_number(question: Question) -> None:
    for number, choice in enumerate(question.choices, start=1):
        for text in (
            choice.key,
            choice.label,
            *choice.words,
            number,
            str(number),
            f"{number}. {choice.label}",
        ):
            assert parse_answer(question, text) == (choice.key,)


@given(st.sets(st.integers(1, 8), min_size=1))
def test_several_answers_come_back_whatever_their_order(numbers: set[int]) -> None:
    wanted = tuple(FIELDS.choices[number - 1].key for number in sorted(numbers))
    assert parse_answer(FIELDS, ", ".join(map(str, sorted(numbers, reverse=True)))) == wanted


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("초급", AxLevel.BEGINNER),
        ("중급 단계", AxLevel.INTERMEDIATE),
        (" 고 급 ", AxLevel.ADVANCED),
        ("", None),
        (None, None),
    ],
)
def test_a_level_is_read(cell: object, level: AxLevel | None) -> None:
    assert parse_level(cell) is level


def test_an_unknown_level_is_refused() -> None:
    with pytest.raises(Refused, match="초급, 중급, 고급"):
        parse_level("상급")


def test_training_held_by_a_firm_that_says_it_held_none_is_refused() -> None:
    with pytest.raises(Refused, match="계획 없음"):
        check_answers(SURVEY, {"experience": ("no",), "hours_done": ("under_4",)})
    check_answers(SURVEY, {"experience": ("yes",), "hours_done": ("under_4",)})
    check_answers(SURVEY, {"hours_done": ("under_4",)})
    check_answers(SURVEY, {"experience": ("no",), "hours_wanted": ("under_4",)})


def test_two_answers_to_a_single_question_are_refused() -> None:
    with pytest.raises(Refused, match="하나여야"):
        check_answers(SURVEY, {"use": ("yes", "no")})
    check_answers(SURVEY, {"support": ("cost", "online")})


@pytest.mark.parametrize("answers", [{"weather": ("yes",)}, {"use": ("sometimes",)}])
def test_what_the_survey_does_not_have_is_unknown(answers: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(KeyError):
        check_answers(SURVEY, answers)


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({}, None),
        ({"need": "yes", "plan": "yes"}, None),
        ({"use": "no"}, AxLevel.BEGINNER),
        ({"use": "no", "experience": "planned"}, AxLevel.BEGINNER),
        ({"use": "no", "level_wanted": "experts"}, AxLevel.BEGINNER),
        ({"use": "no", "experience": "yes"}, AxLevel.INTERMEDIATE),
        ({"experience": "yes"}, AxLevel.INTERMEDIATE),
        ({"use": "yes"}, AxLevel.INTERMEDIATE),
        ({"use": "yes", "level_wanted": "practice"}, AxLevel.INTERMEDIATE),
        ({"use": "yes", "level_wanted": "systems"}, AxLevel.ADVANCED),
        ({"use": "yes", "level_done": "experts", "level_wanted": "practice"}, AxLevel.ADVANCED),
    ],
)
def test_a_level_is_proposed_by_the_first_rule_that_holds(
    answers: dict[str, str], level: AxLevel | None
) -> None:
    found = propose_level(SURVEY, {key: (value,) for key, value in answers.items()})
    assert (found.level if found else None) is level
    assert found is None or found.reason.endswith(".")


def test_a_share_counts_those_who_answered_the_question() -> None:
    found = summarise(
        SURVEY,
        [
            response(1, use="yes"),
            response(2, use="no"),
            response(3, use="no"),
            response(4, need="yes"),
            response(5),
        ],
    )
    assert found.answered == tuple(UUID(int=number) for number in (1, 2, 3, 4))
    use = next(one for one in found.questions if one.question.key == "use")
    assert use.base == 3
    (_, yes), (_, no) = use.shares
    assert (yes.companies, yes.percent, yes.national, yes.difference) == (
        (UUID(int=1),),
        Decimal("33.3"),
        Decimal("22.8"),
        Decimal("10.5"),
    )
    assert (no.count, no.percent) == (2, Decimal("66.7"))


def test_nobody_answered_is_no_share() -> None:
    shares = [share for one in summarise(SURVEY, []).questions for _, share in one.shares]
    assert {(share.count, share.percent, share.difference) for share in shares} == {(0, None, None)}


def test_training_held_is_counted_of_firms_that_held_some() -> None:
    told = [
        response(1, experience="yes", fields_done="office sales"),
        response(2, experience="no", fields_done="office"),  # kept from before the firm mended its answer
        response(3, fields_done="sales"),
    ]
    found = next(one for one in summarise(SURVEY, told).questions if one.question.key == "fields_done")
    assert found.base == 2
    assert {choice.key: share.count for choice, share in found.shares if share.count} == {
        "sales": 2,
        "office": 1,
    }


@pytest.mark.parametrize(
    ("employees", "group"),
    [
        (0, "under_5"),
        (4, "under_5"),
        (5, "5_9"),
        (9, "5_9"),
        (10, "10_49"),
        (49, "10_49"),
        (50, "50_99"),
        (99, "50_99"),
        (100, "100_299"),
        (299, "100_299"),
        (300, "from_300"),
        (5000, "from_300"),
        (None, None),
    ],
)
def test_a_firm_belongs_to_the_class_of_its_size(employees: int | None, group: str | None) -> None:
    told = summarise(SURVEY, [response(1, employees, use="yes")]).figures[0]
    sizes = [one.key for one, share in told.groups if share.base and not one.key.startswith("experience")]
    assert sizes == ([group] if group else [])


def test_a_figure_is_split_by_size_and_by_training_held() -> None:
    told = [
        response(1, 3, need="yes", experience="yes"),
        response(2, 4, need="no", experience="no"),
        response(3, 400, need="yes", experience="planned"),
        response(4, 400, need="yes"),
    ]
    need = next(one for one in summarise(SURVEY, told).figures if one.figure.question == "need")
    assert (need.overall.count, need.overall.base, need.overall.national) == (3, 4, Decimal("52.4"))
    shown = {
        group.key: (share.count, share.base, share.national) for group, share in need.groups if share.base
    }
    assert shown == {
        "under_5": (1, 2, Decimal("23.4")),
        "from_300": (2, 2, Decimal("71.1")),
        "experience_yes": (1, 1, Decimal("92.1")),
        "experience_no": (1, 2, Decimal("42.4")),
    }


def test_choices_taken_together_have_no_national_share_over_all() -> None:
    told = [response(1, 3, method_wanted="own_remote"), response(2, 3, method_wanted="own_class")]
    remote = summarise(SURVEY, told).figures[-1]
    assert (remote.overall.count, remote.overall.national) == (1, None)
    small = {group.key: share for group, share in remote.groups}["under_5"]
    assert (small.percent, small.national) == (Decimal("50.0"), Decimal("73.4"))


def test_levels_count_firms_with_and_without_answers() -> None:
    told = [
        Response(UUID(int=1), None, AxLevel.ADVANCED, {}),
        Response(UUID(int=2), None, AxLevel.ADVANCED, {"use": ("yes",)}),
        Response(UUID(int=3), None, None, {"use": ("no",)}),
    ]
    found = summarise(SURVEY, told)
    assert [len(companies) for _, companies in found.levels] == [0, 0, 2]
    assert len(found.answered) == 2
