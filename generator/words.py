"""The words that Balcony itself says on a site, in the site's language. What the framework says is the framework's.

English stands in the code and in the templates, at its place. Other languages have a catalogue: see `catalogue`. Which language
is spoken is set once, around whatever makes pages, and is English until then.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache, wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from fractions import Fraction

P = ParamSpec("P")
T = TypeVar("T")

ENGLISH = "en"

Forms = tuple[str, ...]
"""A text for each kind of number that a language tells apart, in the order of `kinds`."""


@cache
def locale(language: str) -> Locale:
    """What is known of a language.

    Raises:
        ValueError: When it is none that anybody has described.
    """
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError) as error:
        raise ValueError(f"{language} is not known as a language") from error


class Words:
    """What a language says for each English text.

    Arguments:
        language: Such as `cy` or `en-GB`.
        texts: By their English: one text, or its forms where the English has a singular and a plural.
    """

    def __init__(self, language: str = ENGLISH, texts: Mapping[str, str | Forms] | None = None) -> None:
        self.language = language
        self.locale = locale(language)
        self._texts = texts or {}

    def one(self, text: str) -> str:
        """A text in this language, or in English where it has none."""
        found = self._texts.get(text, text)
        return found if isinstance(found, str) else found[-1]

    def forms(self, one: str, other: str) -> dict[str, str]:
        """The forms of a text that counts something, by the kind of number.

        Arguments:
            one: The English text for one, by which it is found.
            other: The English text for other numbers.

        Returns:
            By the kinds that the language tells apart, as the Unicode project names them: `one`, `few`, `other` …
        """
        found = self._texts.get(one)
        if isinstance(found, tuple):
            return dict(zip(kinds(self.language), found, strict=True))
        return {"one": one, "other": other}

    def counted(self, count: float | Fraction, one: str, other: str) -> str:
        """A text that counts something, for a number.

        Arguments:
            count: How many.
            one: The English text for one, by which it is found.
            other: The English text for other numbers.
        """
        forms = self.forms(one, other)
        return forms.get(self.locale.plural_form(float(count) if count % 1 else int(count)), forms["other"])


_IN_ENGLISH = Words()
_spoken: ContextVar[Words | None] = ContextVar("_spoken", default=None)


@contextmanager
def spoken(words: Words) -> Iterator[None]:
    """Speak another language for a while."""
    token = _spoken.set(words)
    try:
        yield
    finally:
        _spoken.reset(token)


def speaking(words: Words, function: Callable[P, T]) -> Callable[P, T]:
    """A function that always speaks one language."""

    @wraps(function)
    def speaks(*given: P.args, **named: P.kwargs) -> T:
        with spoken(words):
            return function(*given, **named)

    return speaks


def current() -> Words:
    """What is spoken now."""
    return _spoken.get() or _IN_ENGLISH


def say(text: str, /, **values: object) -> str:
    """Say something that stands in the code and not in the framework.

    Arguments:
        text: English, written out where it is called, with placeholders such as `{count}`.
        values: What fills them.
    """
    return current().one(text).format(**values) if values else current().one(text)


def marked(text: str) -> str:
    """A text that is said later: `say(marked)` finds it in the catalogue, since it is written out here."""
    return text


def say_count(count: float | Fraction, one: str, other: str, **values: object) -> str:
    """Say how many.

    Arguments:
        count: Of what is counted.
        one: English for 1, written out where it is called, with placeholders such as `{count}`.
        other: English for any other number.
        values: What fills the other placeholders.
    """
    return current().counted(count, one, other).format(count=count, **values)


def listed(names: Iterable[str]) -> str:
    """Join names as a sentence does: `a, b and c`."""
    return format_list(list(names), "standard", _regional(current().locale))


def day(released: str) -> str:
    """A day such as `2026-11-22` as people write it: `22 November 2026`."""
    return format_date(date.fromisoformat(released), "long", _regional(current().locale))


def _regional(found: Locale) -> Locale:
    """English as it is written in Britain, unless it is another one: no comma before "and", and the day before the month."""
    return locale("en-GB") if found == locale(ENGLISH) else found


def writing(found: Locale) -> dict[str, object]:
    """How a language writes days and lists, for client/words.js: `day`, `months` and `list`.

    Arguments:
        found: The language.
    """
    lists = found.list_patterns["standard"]
    between = [re.sub(r"\{[01]\}", "", lists[kind]) for kind in ("2", "middle", "end")]
    return {
        "day": _as_placeholders(found.date_formats["long"].pattern),
        "months": [found.months["format"]["wide"][month] for month in range(1, 13)],
        "list": between,
    }


def _as_placeholders(pattern: str) -> str:
    """A pattern such as `d 'de' MMMM y` as `{day} de {month} {year}`."""
    named = {"d": "{day}", "dd": "{day}", "MMMM": "{month}", "M": "{number}", "y": "{year}"}
    parts = re.findall(r"'[^']*'|[A-Za-z]+|[^'A-Za-z]+", pattern)
    return "".join(named.get(part, part.strip("'")) for part in parts)


def kinds(language: str) -> tuple[str, ...]:
    """The kinds of number that a language tells apart, as the Unicode project names and orders them."""
    told = {*locale(language).plural_form.tags, "other"}
    return tuple(each for each in ("zero", "one", "two", "few", "many", "other") if each in told)


def direction(language: str) -> str:
    """How a language runs: `ltr` or `rtl`."""
    return "rtl" if locale(language).character_order == "right-to-left" else "ltr"


def own_name(language: str) -> str:
    """What a language calls itself: `Cymraeg`."""
    name = locale(language).get_display_name() or language
    return name[:1].upper() + name[1:]
