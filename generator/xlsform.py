"""A form as an XLSForm, for survey platforms such as ODK and KoboToolbox, and the names that its answers come back under.

There, names have no hyphens. An id has no underscores, so each id has one name and each name one id; and what is not a
question has two underscores in its name, so that it is never taken for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from generator import catalogue
from generator.score import NOT_APPLICABLE, NOT_SURE
from generator.table import Heading, Sheet
from generator.words import marked, say, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from generator.model import Framework, Indicator

START, END = "sheet__start", "sheet__end"
"""When somebody began, and ended."""
FRAMEWORK, VERSION, FORM = "sheet__framework", "sheet__version", "sheet__form"
"""What was asked."""
WORK, TEAM = "scope__work", "scope__team"
WARNING_SIGNS = "warning__signs"
_CONTEXT = "context__"
_NOTE = "__note"

READERS = marked("[Write here who will read the answers, where they are stored, and when they are deleted.]")
"""What stands where nobody has said yet who will read the answers, in the framework's language."""

_SURVEY = ("type", "name", "label", "hint", "calculation", "appearance")
_CHOICES = ("list_name", "name", "label")
_SETTINGS = ("form_title", "form_id", "version", "style")

_Line = dict[str, str]


def name_of(id_: str) -> str:
    """The name of an id."""
    return id_.replace("-", "_")


def id_of(name: str) -> str:
    """The id of a name."""
    return name.replace("_", "-")


def note_of(id_: str) -> str:
    """The name of the note on a question."""
    return name_of(id_) + _NOTE


def context_of(id_: str) -> str:
    """The name of a question about the setting."""
    return _CONTEXT + name_of(id_)


def sheets(framework: Framework, form: str, readers: str = READERS) -> list[Sheet]:
    """A form as the three sheets of an XLSForm, in the framework's language. Nothing in it is required.

    Arguments:
        framework: The framework.
        form: The id of one of its forms.
        readers: Who will read the answers, for the people who give them.
    """
    settings = {
        "form_title": f"{framework.outline.name}: {framework.forms[form].name}",
        "form_id": name_of(f"{framework.id}-{form}"),
        "version": framework.version,
        "style": "pages",
    }
    with spoken(catalogue.words_of(framework.outline.language)):
        return [
            _sheet("survey", _SURVEY, _survey(framework, form, readers)),
            _sheet("choices", _CHOICES, _choices(framework, form)),
            _sheet("settings", _SETTINGS, iter([settings])),
        ]


def _sheet(name: str, columns: tuple[str, ...], lines: Iterator[_Line]) -> Sheet:
    # "${" would name another question.
    rows = tuple(tuple(line.get(key, "").replace("${", "$ {") or None for key in columns) for line in lines)
    return Sheet(name, tuple(map(Heading, columns)), rows)


def names(framework: Framework, form: str) -> list[str]:
    """The names of everything in a form."""
    return [line["name"] for line in _survey(framework, form, READERS) if "name" in line]


def _survey(framework: Framework, form: str, readers: str) -> Iterator[_Line]:
    outline = framework.outline
    yield {"type": "start", "name": START}
    yield {"type": "end", "name": END}
    for name, value in ((FRAMEWORK, framework.id), (VERSION, framework.version), (FORM, form)):
        yield {"type": "calculate", "name": name, "calculation": f"'{value}'"}
    leaves = say("Your answers leave this device. They are sent to whoever runs this survey, and stored there.")
    told = say(READERS) if readers == READERS else readers
    yield {"type": "note", "name": "sheet__readers", "label": f"{leaves} {told}"}
    yield from _group("scope__about", say("What you are answering about"))
    for name, prompt in ((WORK, outline.scope.work), (TEAM, outline.scope.team)):
        yield {"type": "text", "name": name, "label": prompt.question, "hint": prompt.help}
    for question in outline.context:
        name = context_of(question.id)
        yield {"type": f"select_one {name}", "name": name, "label": question.question}
    yield {"type": "note", "name": "sheet__choosing", "label": outline.choosing}
    yield {"type": "end_group"}
    asked = framework.asked(form)
    for section in framework.sections:
        indicators = [indicator for indicator in section.indicators if indicator in asked]
        if indicators:
            yield from _group(f"section__{name_of(section.id)}", section.name)
            yield {"type": "note", "name": f"summary__{name_of(section.id)}", "label": section.summary}
            for indicator in indicators:
                yield from _question(indicator)
            yield {"type": "end_group"}
    if outline.warning_signs:
        yield from _group("warning__group", say("Warning signs"))
        yield {
            "type": f"select_multiple {WARNING_SIGNS}",
            "name": WARNING_SIGNS,
            "label": say("What have you seen?"),
            "hint": say("Tick what you have seen in the past six months. Nobody adds this to a score."),
        }
        yield {"type": "end_group"}


def _group(name: str, label: str) -> Iterator[_Line]:
    """A group whose questions stand on one page."""
    yield {"type": "begin_group", "name": name, "label": label, "appearance": "field-list"}


def _question(indicator: Indicator) -> Iterator[_Line]:
    name = name_of(indicator.id)
    hint = " ".join([say("What could we point to?"), *indicator.evidence])
    yield {"type": f"select_one {name}", "name": name, "label": indicator.question, "hint": hint}
    label = say("A note on “{label}”, if you like", label=indicator.label)
    yield {"type": "text", "name": note_of(indicator.id), "label": label, "appearance": "multiline"}


def _choices(framework: Framework, form: str) -> Iterator[_Line]:
    levels = {level.level: level.name for level in framework.outline.levels}
    for question in framework.outline.context:
        for option in question.options:
            yield {"list_name": context_of(question.id), "name": name_of(option.id), "label": option.label}
    for indicator in framework.asked(form):
        list_ = name_of(indicator.id)
        for level, text in indicator.levels.items():
            yield {"list_name": list_, "name": str(level), "label": f"{levels[level]}: {text}"}
        sure = f"{say('Not sure')}: {say('It applies to us, but we cannot say.')}"
        yield {"list_name": list_, "name": name_of(NOT_SURE), "label": sure}
        if indicator.not_applicable is not None:
            only = f"{say('Not applicable')}: {say('Only for {who}.', who=indicator.not_applicable)}"
            yield {"list_name": list_, "name": name_of(NOT_APPLICABLE), "label": only}
    for sign in framework.outline.warning_signs:
        yield {"list_name": WARNING_SIGNS, "name": name_of(sign.id), "label": sign.text}
