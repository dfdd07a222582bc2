"""The training need survey (훈련수요 조사): what firms answer, what that says of their AX level, ours beside the country's.

Questions, choices, national figures and the rules of the proposal are data; their source stands with them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from regional_desk.domain.refused import Refused
from regional_desk.domain.rounding import half_up
from regional_desk.domain.text import clean, compact

Answers = Mapping[str, tuple[str, ...]]
"""Question key → keys of the choices taken; a question nobody answered is absent."""

EXPERIENCE, EXPERIENCED = "experience", "yes"
_REMARK = re.compile(r"\([^)]*\)")
_SEPARATORS = re.compile(r"[,;/、\n]")
_NUMBERED = re.compile(r"\s*(?:[①-⑳]|\(\d+\)|\d+[.)])\s*(?=\D)")
_SIGNS = re.compile(r"[\W_]+")


class AxLevel(StrEnum):
    """How far a firm has come in its AI transformation (AX 수준)."""

    BEGINNER = "초급"
    INTERMEDIATE = "중급"
    ADVANCED = "고급"


class Side(StrEnum):
    """What a question is about: the firm as it is, training held already, or training that is needed."""

    FIRM = "firm"
    DONE = "done"
    WANTED = "wanted"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer; `note` explains it, `words` are others for it, `national` the country's share in per cent."""

    key: str
    label: str
    note: str
    words: tuple[str, ...]
    national: Decimal


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `topic` is what a pair about training held and needed has in common, `words` are other headings."""

    key: str
    topic: str
    label: str
    side: Side
    multiple: bool
    choices: tuple[Choice, ...]
    words: tuple[str, ...]

    def choice(self, key: str) -> Choice:
        """The choice of a key; raise KeyError where it has none."""
        found = next((one for one in self.choices if one.key == key), None)
        if found is None:
            raise KeyError(key)
        return found


@dataclass(frozen=True, slots=True)
class Group:
    """Some of the firms: those of a size, or those with or without training behind them."""

    key: str
    label: str
    holds: Callable[[Response], bool]


@dataclass(frozen=True, slots=True)
class Figure:
    """A share the country's survey also prints by group: choices of a question together; group key → per cent."""

    label: str
    question: str
    choices: tuple[str, ...]
    national: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class LevelRule:
    """Answers that speak for a level: of every question named, one of the choices named."""

    level: AxLevel
    reason: str
    when: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Survey:
    """The questionnaire with the country's answers and where they stand."""

    title: str
    source: str
    asked: str
    questions: tuple[Question, ...]
    groups: tuple[Group, ...]
    figures: tuple[Figure, ...]
    rules: tuple[LevelRule, ...]

    def question(self, key: str) -> Question:
        """The question of a key; raise KeyError where there is none."""
        found = next((one for one in self.questions if one.key == key), None)
        if found is None:
            raise KeyError(key)
        return found


@dataclass(frozen=True, slots=True)
class Response:
    """What one firm answered; `employees` is its 상시근로자 수 where known."""

    company: UUID
    employees: int | None
    level: AxLevel | None
    answers: Answers


@dataclass(frozen=True, slots=True)
class Share:
    """Firms that gave an answer, of `base` asked firms that gave any; `national` in per cent where it was published."""

    companies: tuple[UUID, ...]
    base: int
    national: Decimal | None

    @property
    def count(self) -> int:
        """How many firms."""
        return len(self.companies)

    @property
    def percent(self) -> Decimal | None:
        """Our share in per cent with one place, half up; None where nobody answered."""
        return half_up(self.count * 100, self.base, 1) if self.base else None

    @property
    def difference(self) -> Decimal | None:
        """Ours less the country's, in percentage points."""
        return None if self.percent is None or self.national is None else self.percent - self.national


@dataclass(frozen=True, slots=True)
class QuestionSummary:
    """A question's answers, in the order of its choices."""

    question: Question
    base: int
    shares: tuple[tuple[Choice, Share], ...]


@dataclass(frozen=True, slots=True)
class FigureSummary:
    """A figure over all firms and by group."""

    figure: Figure
    overall: Share
    groups: tuple[tuple[Group, Share], ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """All answers beside the country's; `levels` also counts firms that have a level but no answers."""

    answered: tuple[UUID, ...]
    levels: tuple[tuple[AxLevel, tuple[UUID, ...]], ...]
    questions: tuple[QuestionSummary, ...]
    figures: tuple[FigureSummary, ...]


def is_asked(question: Question, answers: Answers) -> bool:
    """Whether a question concerns a firm: of training held only one that does not say it has held none."""
    told = answers.get(EXPERIENCE)
    return question.side is not Side.DONE or told is None or told == (EXPERIENCED,)


def check_answers(survey: Survey, answers: Answers) -> None:
    """Raise Refused for two answers where one is wanted, and for training held by a firm that says it has held none.

    Raises KeyError for a question or choice the survey does not have.
    """
    for key, chosen in answers.items():
        question = survey.question(key)
        for one in chosen:
            question.choice(one)
        _refuse_several(question, chosen)
        if chosen and not is_asked(question, answers):
            told = survey.question(EXPERIENCE)
            words = told.choice(answers[EXPERIENCE][0]).label
            raise Refused(
                f"'{told.label}'에 '{words}'(이)라고 답했는데 '{question.label}'에도 답이 있습니다. 어느 쪽이 맞는지 확인해 주십시오."
            )


def propose_level(survey: Survey, answers: Answers) -> LevelRule | None:
    """The first rule the answers fulfil, None where they say too little. It only proposes: a person sets the level."""
    for rule in survey.rules:
        if all(set(answers.get(question, ())) & set(choices) for question, choices in rule.when.items()):
            return rule
    return None


def parse_answer(question: Question, value: object) -> tuple[str, ...]:
    """The choices a cell or a typed text names, by label, other word, key or number, in the order of the question.

    Several stand with commas, slashes, semicolons or line breaks between them; empty gives none. Raises Refused for
    what is no choice, and for several where one is wanted.
    """
    if isinstance(value, dt.date):
        raise Refused(f"'{value:%Y-%m-%d}'은(는) 날짜로 읽혔습니다. 답을 글자로 적어 주십시오.")
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value if value is not None else "")
    parts = [clean(part) for part in _SEPARATORS.split(_whole_choice(question, text))]
    found = {_find(question, part) for part in parts if part}
    chosen = tuple(choice.key for choice in question.choices if choice.key in found)
    _refuse_several(question, chosen)
    return chosen


def parse_level(value: object) -> AxLevel | None:
    """초급, 중급 or 고급; None for an empty cell; raise Refused for anything else."""
    text = compact(str(value if value is not None else ""))
    if not text:
        return None
    for level in AxLevel:
        if text.startswith(level.value):
            return level
    raise Refused(f"'{value}'은(는) AX 수준이 아닙니다. {', '.join(AxLevel)} 가운데 하나입니다.")


def summarise(survey: Survey, responses: Sequence[Response]) -> Summary:
    """Count the answers; the base of a share is the firms that answered its question and were asked it.

    As in the document, a share of training held is one of the firms that have held some.
    """
    told = [one for one in responses if one.answers]
    return Summary(
        tuple(one.company for one in told),
        tuple((level, tuple(one.company for one in responses if one.level is level)) for level in AxLevel),
        tuple(_of_question(question, told) for question in survey.questions),
        tuple(_of_figure(survey, figure, told) for figure in survey.figures),
    )


def of_size(first: int, last: int | None) -> Callable[[Response], bool]:
    """Firms with so many employees; `last` is None for the class without an end. Unknown sizes belong to none."""

    def holds(response: Response) -> bool:
        number = response.employees
        return number is not None and first <= number and (last is None or number <= last)

    return holds


def with_experience(held: bool) -> Callable[[Response], bool]:
    """Firms that have held training, or that say they have not."""

    def holds(response: Response) -> bool:
        told = response.answers.get(EXPERIENCE)
        return bool(told) and (told == (EXPERIENCED,)) is held

    return holds


def _of_question(question: Question, responses: Sequence[Response]) -> QuestionSummary:
    asked = [one for one in responses if one.answers.get(question.key) and is_asked(question, one.answers)]
    return QuestionSummary(
        question,
        len(asked),
        tuple(
            (choice, _share(asked, question.key, (choice.key,), choice.national))
            for choice in question.choices
        ),
    )


def _of_figure(survey: Survey, figure: Figure, responses: Sequence[Response]) -> FigureSummary:
    question = survey.question(figure.question)
    asked = [one for one in responses if one.answers.get(question.key)]
    # The country's share of several choices together was not published, and theirs need not add up.
    alone = question.choice(figure.choices[0]).national if len(figure.choices) == 1 else None
    return FigureSummary(
        figure,
        _share(asked, question.key, figure.choices, alone),
        tuple(
            (
                group,
                _share(
                    [one for one in asked if group.holds(one)],
                    question.key,
                    figure.choices,
                    figure.national.get(group.key),
                ),
            )
            for group in survey.groups
        ),
    )


def _share(
    asked: Sequence[Response], question: str, choices: tuple[str, ...], national: Decimal | None
) -> Share:
    wanted = set(choices)
    return Share(
        tuple(one.company for one in asked if wanted & set(one.answers[question])), len(asked), national
    )


def _refuse_several(question: Question, chosen: tuple[str, ...]) -> None:
    if len(chosen) > 1 and not question.multiple:
        words = ", ".join(question.choice(one).label for one in chosen)
        raise Refused(f"'{question.label}'에는 답이 하나여야 하는데 {len(chosen)}개입니다: {words}.")


def _whole_choice(question: Question, text: str) -> str:
    """Remarks hold commas, so they go before the text is parted; a label of its own with brackets keeps its words."""
    for choice in question.choices:
        if "(" in choice.label:
            text = text.replace(choice.label, choice.key)
    return _REMARK.sub("", text)


def _find(question: Question, text: str) -> str:
    if text.isdecimal() and 1 <= int(text) <= len(question.choices):
        return question.choices[int(text) - 1].key
    wanted = {_plain(text), _plain(_NUMBERED.sub("", text, count=1))} - {""}
    for choice in question.choices:
        if wanted & {_plain(word) for word in (choice.key, choice.label, *choice.words)}:
            return choice.key
    if len(text) == 1 and text in "①②③④⑤⑥⑦⑧⑨":
        return _find(question, str("①②③④⑤⑥⑦⑧⑨".index(text) + 1))
    numbered = ", ".join(f"{number} {choice.label}" for number, choice in enumerate(question.choices, 1))
    raise Refused(f"'{text}'은(는) '{question.label}'의 답이 아닙니다. 쓸 수 있는 답: {numbered}.")


def _plain(text: str) -> str:
    """For comparing words: no remarks, spaces or signs."""
    return _SIGNS.sub("", compact(_REMARK.sub("", text)))
