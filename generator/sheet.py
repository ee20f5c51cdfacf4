"""A sheet: one person's, or one team's agreed, answers to a form, as a file (DESIGN 5). A file is never trusted.

`client/reading.js` is its twin: both accept the same files, and refuse the others with the same reasons in the same words.
"""

from __future__ import annotations

import json
import math
import re
from calendar import monthrange
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, WithJsonSchema

from generator.model import Count, Framework, Indicator
from generator.score import NOT_APPLICABLE, NOT_SURE, Answer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pydantic_core import ErrorDetails

FORMAT = "balcony-sheet/1"
DIALECT = "https://json-schema.org/draft/2020-12/schema"
"""Of the schemas of contracts."""
LARGEST = 1024 * 1024
"""Bytes."""
TOO_LARGE = "The file is larger than 1 MB. A sheet is far smaller: choose the file that was downloaded as a sheet."
_DEEPEST = 50
"""Lists and groups inside one another."""
_EXACT = 2**53 - 1
"""The largest whole number that JavaScript tells from its neighbours."""
_MOST_REASONS = 50
"""Reasons that are told, at most."""
_DAY = r"([12]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_MOMENT = re.compile(_DAY + r"T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)", re.ASCII)
_A_MOMENT = "a date such as 2026-11-22T09:30:00Z"
_A_DAY = "a day such as 2027-03-31, or nothing"


def _is_moment(value: object) -> bool:
    found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    # Months differ in length, which the pattern does not know.
    return found is not None and int(found[3]) <= monthrange(int(found[1]), int(found[2]))[1]


def _moment(value: object) -> object:
    if not _is_moment(value):
        raise ValueError(_A_MOMENT)
    return value


def _day(value: object) -> object:
    if value != "" and not (isinstance(value, str) and _is_moment(f"{value}T00:00:00Z")):
        raise ValueError(_A_DAY)
    return value


Moment = Annotated[
    str,
    BeforeValidator(_moment),
    WithJsonSchema({"type": "string", "format": "date-time", "pattern": f"^{_MOMENT.pattern}$"}),
]
Day = Annotated[str, BeforeValidator(_day), WithJsonSchema({"type": "string", "pattern": f"^({_DAY})?$"})]


class RefusedSheetError(Exception):
    """A file that cannot be used as a sheet, with every reason in a sentence that a person can act on."""

    def __init__(self, reasons: Iterable[str]) -> None:
        found = sorted(set(reasons), key=_as_browsers_sort)
        listed, more = found[:_MOST_REASONS], len(found) - _MOST_REASONS
        self.reasons = (*listed, f"Reasons that are not listed here: {more}.") if more > 0 else tuple(listed)
        super().__init__(" ".join(self.reasons))


def _as_browsers_sort(text: str) -> bytes:
    return text.encode("utf-16-be")


class _Kept(BaseModel):
    """Exact about the fields that it knows; others are kept and ignored."""

    model_config = ConfigDict(frozen=True, strict=True, extra="allow", use_attribute_docstrings=True)


class FrameworkName(_Kept):
    """Which framework was answered."""

    id: str
    """The id that the framework has in framework.yml."""
    version: str
    """Such as `1.0.0`."""
    edition: str = ""
    """The id of the edition that asked, if it was one. Its sheets and the framework's compare."""


class Given(_Kept):
    """The answer to one indicator."""

    answer: int | Literal["not-sure", "not-applicable"]
    """A level, `not-sure` or `not-applicable`. A blank is an absent indicator."""
    revision: Count
    """Of the indicator, when it was answered."""
    note: str = ""
    """What was noted beside it."""


class Action(_Kept):
    """One step of the action plan. A field `place` is not for files: there, the order of the list counts."""

    issue: str = ""
    """What it is about."""
    request: str = ""
    """What is asked, and of whom."""
    commitment: str = ""
    """What was promised."""
    who: str = ""
    """Who does it."""
    by_when: Day = ""
    """A day such as `2027-03-31`, or nothing."""
    notice: str = ""
    """What the people it is for would notice."""
    indicator: str = ""
    """The id of the question that it came from."""


class Sheet(_Kept):
    """One person's, or one team's agreed, answers to a form. Fields that are not named here are kept and ignored."""

    format: Literal["balcony-sheet/1"]
    """The format's name and number."""
    framework: FrameworkName
    """Which framework was answered."""
    form: str
    """The id of the form that was answered."""
    perspective: Literal["own", "others"] = "own"
    """Who answers: the team that leads the work, or others about it."""
    created: Moment = Field(default_factory=str)
    """When it was begun, such as `2026-11-22T09:30:00Z`."""
    changed: Moment = Field(default_factory=str)
    """When it was last changed."""
    work: str = ""
    """The piece of work that was answered about."""
    team: str = ""
    """Who "we" is."""
    answers: dict[str, Given]
    """By indicator id."""
    notes: dict[str, str] = {}
    """Notes on questions that have no answer yet, by indicator id."""
    earlier: dict[str, list[Given]] = {}
    """Answers that were replaced because the question had changed since, by indicator id."""
    context: dict[str, str] = {}
    """The option chosen, by context question."""
    warning_signs: list[str] = []
    """The ids of those ticked."""
    targets: dict[str, Count] = {}
    """The level where we need to be, by `lens/dimension`."""
    actions: list[Action] = []
    """The action plan, in order."""
    looking_back: Moment = Field(default_factory=str)
    """When the earlier sheet was last changed that this one answers again, knowing what we know now."""
    agreed: bool = False
    """Whether a team has agreed on it: then it is not one person's view."""

    def answers_to(self, framework: Framework) -> dict[str, Answer]:
        """The answers that can be scored: those to the indicators as this version of the framework asks them.

        Answers follow `formerly`. An answer to another revision, or to an indicator that is gone, stays in the sheet
        and is left out here.
        """
        found: dict[str, Answer] = {}
        for indicator in framework.indicators.values():
            given = next(
                (self.answers[id_] for id_ in (indicator.id, *indicator.formerly) if id_ in self.answers), None
            )
            if given is not None and given.revision == indicator.revision:
                found[indicator.id] = given.answer
        return found


def read(content: bytes, framework: Framework, *, to_open: bool = False) -> Sheet:
    """Read a sheet's file.

    Arguments:
        content: Its bytes.
        framework: The framework that it should belong to.
        to_open: Whether a person is to go on with it. Then a sheet of another version is read as far as it can be: a form,
            an answer or a target that only that version allows is kept, and is no reason to refuse it.

    Returns:
        The sheet, with the fields that are not known here kept.

    Raises:
        RefusedSheetError: With every reason.
    """
    data = _json(content)
    try:
        sheet = Sheet.model_validate(data)
    except ValidationError as error:
        raise RefusedSheetError(map(_sentence, error.errors(include_url=False))) from None
    reasons = list(_disagreements(sheet, framework, to_open=to_open))
    if reasons:
        raise RefusedSheetError(reasons)
    return sheet


def rules(framework: Framework) -> dict[str, Any]:
    """What `client/reading.js` needs to know of a framework: its `SheetRules`."""
    return {
        "id": framework.id,
        "version": framework.version,
        "top": framework.level_count,
        "forms": {form.id: form.name for form in framework.forms.values()},
        "indicators": {id_: _rule(indicator) for id_, indicator in framework.indicators.items()},
    }


def _rule(indicator: Indicator) -> dict[str, Any]:
    rule: dict[str, Any] = {"label": indicator.label, "revision": indicator.revision}
    if indicator.not_applicable is not None:
        rule["not_applicable"] = True
    if indicator.formerly:
        rule["formerly"] = list(indicator.formerly)
    return rule


def schema() -> dict[str, Any]:
    """The JSON Schema of the file, for other people's tools. Which ids and levels there are, only the framework knows."""
    return {"$schema": DIALECT, **Sheet.model_json_schema(), "title": f"A sheet of answers ({FORMAT})"}


# The file as JSON


def _json(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        _refuse(TOO_LARGE)
    try:
        text = content.decode("utf-8-sig")
        data = _mended(json.loads(text, parse_int=_number, parse_float=_number, parse_constant=_number))
    except (ValueError, RecursionError):
        _refuse("The file cannot be read as JSON. Choose a file whose name ends in .balcony.json.")
    if not isinstance(data, dict) or "format" not in data:
        _refuse("The file is JSON, but not a sheet. Choose a file whose name ends in .balcony.json.")
    if data["format"] != FORMAT:
        _refuse(f"The file's format is {_told(data['format'])}. This version reads {_told(FORMAT)}.")
    return data


def _number(text: str) -> float:
    """A number as browsers have it: one kind, of which some are whole and none is without end."""
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return int(number) if number.is_integer() and abs(number) <= _EXACT else number


def _mended(value: Any, depth: int = 0) -> Any:
    """JSON that every program can hold: halves of characters are replaced, and depth has an end."""
    if depth > _DEEPEST:
        raise ValueError(depth)
    if isinstance(value, str):
        return _HALVES.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, list):
        return [_mended(each, depth + 1) for each in value]
    if isinstance(value, dict):
        return {_mended(key): _mended(each, depth + 1) for key, each in value.items()}
    return value


_HALVES = re.compile(r"[\ud800-\udfff]")


def _refuse(reason: str) -> NoReturn:
    raise RefusedSheetError([reason])


# What the sheet says that the framework does not allow


def _disagreements(sheet: Sheet, framework: Framework, *, to_open: bool) -> Iterator[str]:
    if sheet.framework.id != framework.id:
        yield f"The sheet answers the framework {_told(sheet.framework.id)}; this one is {_told(framework.id)}."
        return
    is_ours = sheet.framework.version == framework.version
    if to_open and not is_ours:
        return
    if sheet.form not in framework.forms:
        versions = f" The sheet is of version {_told(sheet.framework.version)}; this is {_told(framework.version)}."
        forms = f"There is no form {_told(sheet.form)}. The forms are: {', '.join(framework.forms)}."
        yield forms + ("" if is_ours else versions)
    for indicator in framework.indicators.values():
        for id_ in (indicator.id, *indicator.formerly):
            if id_ in sheet.answers and sheet.answers[id_].revision == indicator.revision:
                yield from _answer_disagreements(indicator, sheet.answers[id_].answer, framework.level_count)
    for id_, level in sheet.targets.items():
        if level > framework.level_count:
            yield f"The target for {_told(id_)} is {level}. Levels go from 1 to {framework.level_count}."


def _answer_disagreements(indicator: Indicator, answer: Answer, top: int) -> Iterator[str]:
    if answer == NOT_APPLICABLE and indicator.not_applicable is None:
        yield f'"{indicator.label}" does not allow "not applicable". Use "{NOT_SURE}" or a level.'
    if isinstance(answer, int) and not 1 <= answer <= top:
        yield f'"{indicator.label}" has the level {answer}. Levels go from 1 to {top}.'


# What is wrong with a field


def _sentence(details: ErrorDetails) -> str:
    """One thing that is wrong with a field, in a sentence."""
    path = details["loc"]
    is_answer = path[-2:-1] == ("answer",) and path[-1] in _BRANCHES
    steps = [str(step + 1) if isinstance(step, int) else _shown(step) for step in (path[:-1] if is_answer else path)]
    field = ", ".join(steps)
    if details["type"] == "missing":
        return f'The field "{field}" is missing.'
    wanted = 'a whole number, "not-sure" or "not-applicable"' if is_answer else _wanted(details)
    return f'The field "{field}" is {_told(details["input"])}; {wanted} is wanted.'


def _wanted(details: ErrorDetails) -> str:
    return str(details["ctx"]["error"]) if details["type"] == "value_error" else _WANTED[details["type"]]


_BRANCHES = {"int", "literal['not-sure','not-applicable']"}
"""What pydantic calls the two kinds of answer, one step below it."""

_A_GROUP = "a group of fields"
_FROM_ONE = "a whole number from 1 up"

_WANTED: Mapping[str, str] = {
    "string_type": "text",
    "list_type": "a list",
    "dict_type": _A_GROUP,
    "model_type": _A_GROUP,
    "int_type": _FROM_ONE,
    "bool_type": "true or false",
    "greater_than_equal": _FROM_ONE,
    "literal_error": '"own" or "others"',
}


def _told(value: object) -> str:
    """What was found, as a sentence tells it: texts as they are, anything else by its kind."""
    if isinstance(value, str):
        return f'"{_shown(value)}"'
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, list):
        return "a list"
    return _A_GROUP if isinstance(value, dict) else "a number"


def _shown(text: str) -> str:
    """One line, without what hides or turns letters, cut to what a sentence can bear."""
    line = _HIDING.sub("\N{REPLACEMENT CHARACTER}", text)
    return re.sub(r"^(.{59}).{2,}$", "\\1…", line)


_HIDING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
