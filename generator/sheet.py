"""A sheet: one person's, or one team's agreed, answers to a form, as a file (DESIGN 5). A file is never trusted."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, NoReturn

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from generator.model import Framework, Id, Indicator
from generator.problems import nearest, shortened
from generator.score import NOT_APPLICABLE, NOT_SURE, Answer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic_core import ErrorDetails

FORMAT = "balcony-sheet/1"
LARGEST = 1024 * 1024
"""Bytes."""


def _is_moment(text: str) -> str:
    datetime.fromisoformat(text)
    return text


Moment = Annotated[str, AfterValidator(_is_moment)]


class RefusedSheetError(Exception):
    """A file that cannot be used as a sheet, with every reason in a sentence that a person can act on."""

    def __init__(self, reasons: list[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(" ".join(reasons))


class _Kept(BaseModel):
    """Exact about the fields that it knows; others are kept and ignored."""

    model_config = ConfigDict(frozen=True, strict=True, extra="allow", use_attribute_docstrings=True)


class FrameworkName(_Kept):
    """Which framework was answered."""

    id: str
    version: str


class Given(_Kept):
    """The answer to one indicator."""

    answer: int | Literal["not-sure", "not-applicable"]
    """A level, `not-sure` or `not-applicable`. A blank is an absent indicator."""
    revision: Annotated[int, Field(ge=1)]
    """Of the indicator, when it was answered."""
    note: str = ""


class Sheet(_Kept):
    """The file."""

    format: Literal["balcony-sheet/1"]
    framework: FrameworkName
    form: str
    perspective: Literal["own", "others"] = "own"
    created: Moment | None = None
    changed: Moment | None = None
    work: str = ""
    """The piece of work that was answered about."""
    team: str = ""
    """Who "we" is."""
    answers: dict[str, Given]
    """By indicator id."""
    context: dict[Id, str] = {}
    """The option chosen, by context question."""
    warning_signs: list[str] = []
    """The ids of those ticked."""
    targets: dict[str, int] = {}
    """Where we need to be, by `lens/dimension`."""
    actions: list[dict[str, Any]] = []
    """The action plan."""

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


def read(content: bytes, framework: Framework) -> Sheet:
    """Read a sheet's file.

    Arguments:
        content: Its bytes.
        framework: The framework that it should belong to.

    Returns:
        The sheet, with the fields that are not known here kept.

    Raises:
        RefusedSheetError: With every reason.
    """
    data = _json(content)
    if data.get("format") != FORMAT:
        _refuse(f"The file's format is {_quoted(data.get('format'))}. This version reads {_quoted(FORMAT)}.")
    try:
        sheet = Sheet.model_validate(data)
    except ValidationError as error:
        raise RefusedSheetError(_sentences(error)) from None
    reasons = list(_disagreements(sheet, framework))
    if reasons:
        raise RefusedSheetError(reasons)
    return sheet


def _json(content: bytes) -> dict[str, Any]:
    if len(content) > LARGEST:
        _refuse("The file is larger than 1 MB. A sheet is far smaller: choose the file that was downloaded as a sheet.")
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        _refuse("The file is not JSON. Choose a file whose name ends in .balcony.json.")
    if not isinstance(data, dict):
        _refuse("The file is JSON, but not a sheet. Choose a file whose name ends in .balcony.json.")
    return data


def _refuse_constant(constant: str) -> NoReturn:
    raise ValueError(constant)


def _refuse(reason: str) -> NoReturn:
    raise RefusedSheetError([reason])


def _disagreements(sheet: Sheet, framework: Framework) -> Iterator[str]:
    """What the sheet says that the framework does not allow."""
    if sheet.framework.id != framework.id:
        yield f"The sheet answers the framework {_quoted(sheet.framework.id)}; this one is {_quoted(framework.id)}."
        return
    if sheet.form not in framework.forms:
        yield f"There is no form {_quoted(sheet.form)} ({nearest(sheet.form, framework.forms)})."
    for id_, given in sheet.answers.items():
        indicator = framework.indicators.get(id_)
        if indicator is not None and indicator.revision == given.revision:
            yield from _answer_disagreements(indicator, given, framework.level_count)
    for id_, level in sheet.targets.items():
        if not 1 <= level <= framework.level_count:
            yield f"The target for {_quoted(id_)} is {level}. Levels go from 1 to {framework.level_count}."


def _answer_disagreements(indicator: Indicator, given: Given, top: int) -> Iterator[str]:
    answer = given.answer
    if answer == NOT_APPLICABLE and indicator.not_applicable is None:
        yield f'"{indicator.label}" does not allow "not applicable". Use "{NOT_SURE}" or a level.'
    if isinstance(answer, int) and not 1 <= answer <= top:
        yield f'"{indicator.label}" has the level {answer}. Levels go from 1 to {top}.'


def _sentences(error: ValidationError) -> list[str]:
    """What is wrong with each field, once."""
    return list(dict.fromkeys(map(_sentence, error.errors(include_url=False))))


def _sentence(details: ErrorDetails) -> str:
    """One thing that is wrong with a field, in a sentence."""
    steps = [str(step) for step in details["loc"] if str(step) not in _BRANCHES]
    field = ", ".join(steps)
    if details["type"] == "missing":
        return f'The field "{field}" is missing.'
    is_answer = len(steps) == len(details["loc"]) - 1
    wanted = 'a level, "not-sure" or "not-applicable"' if is_answer else _wanted(details)
    return f'The field "{field}" is {_quoted(details["input"])}; {wanted} is wanted.'


def _wanted(details: ErrorDetails) -> str:
    expected = details.get("ctx", {}).get("expected")
    return str(expected).replace("'", '"') if expected else _WANTED.get(details["type"], "something else")


_BRANCHES = {"int", "literal['not-sure','not-applicable']"}
"""What pydantic calls the two kinds of answer."""

_WANTED: Mapping[str, str] = {
    "string_type": "text",
    "string_pattern_mismatch": "an id",
    "int_type": "a whole number",
    "list_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values",
    "value_error": "a date such as 2026-11-22T09:30:00Z",
    "greater_than_equal": "1 or more",
}


def _quoted(value: object) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return f'"{shortened(text)}"'
