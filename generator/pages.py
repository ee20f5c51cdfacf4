"""The pages about the framework: macros for the Markdown files in `content/`.

Each macro returns Markdown headings, so that the table of contents and the search know them, with blocks of HTML
between them. Nothing here knows a framework by name, and nothing here knows the site engine.
"""

from __future__ import annotations

import re
from collections import Counter
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml
from markupsafe import Markup, escape

from generator import configuration, connections, examples, history, publisher, stored, timing, writing
from generator.amounts import amount, decimal, share
from generator.diff import EFFECTS, in_words
from generator.model import RULE_NAMES, RULES
from generator.problems import UnknownNameError
from generator.rendering import heading, render
from generator.words import ENGLISH, say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from generator.model import Exercise, Lens, Section, Source, Step
    from generator.problems import Place
    from generator.publisher import Facts
    from generator.reading import Reading

T = TypeVar("T")

WIDEST_MAP = 24
"""Lenses that the map has columns for. Of more, each row names those that read its question: a table of all would grow with the
square of the framework, and nobody could look along it."""


class Pages:
    """The macros of one framework.

    Arguments:
        reading: A sound reading of the framework.
        suggest: The start of an address at which a file of the repository is edited; None leaves such links out.
        project: The top of the repository.
    """

    def __init__(self, reading: Reading, suggest: str | None = None, project: Path = Path()) -> None:
        assert reading.framework is not None, "a site is built from a sound framework only"
        self._reading = reading
        self._framework = reading.framework
        self._suggest = suggest
        self._project = project.resolve()

    def macros(self) -> tuple[Callable[..., str], ...]:
        """The functions to offer to the pages; the name of each is the macro's name."""
        return (
            self.begin,
            self.count,
            self.minutes,
            self.exercise_minutes,
            self.levels,
            self.sections,
            self.lenses,
            self.forms,
            self.lens,
            self.map,
            self.indicators,
            self.exercises,
            self.exercise,
            self.glossary,
            self.sources,
            self.source,
            self.asked,
            self.wish,
            self.all_pages,
            self.repository,
            self.beside,
            self.rule,
            self.threshold,
            self.thresholds,
            self.picture,
            self.question,
            self.warning_sign,
            self.warning_signs,
            self.writing_rules,
            self.history,
            self.stored,
            self.told,
            self.publisher_note,
        )

    # Facts for a sentence.

    def count(self, of: str) -> str:
        """How many there are of something, such as `indicators`."""
        framework = self._framework
        counts = {
            "indicators": len(framework.indicators),
            "sections": len(framework.sections),
            "lenses": len(framework.lenses),
            "dimensions": sum(len(lens.dimensions) for lens in framework.lenses),
            "exercises": len(framework.exercises),
            "levels": framework.level_count,
            "rules": len({lens.rule for lens in framework.lenses}),
            "warning signs": len(framework.outline.warning_signs),
        }
        return str(_found("number of", of, counts))

    def minutes(self, form: str) -> str:
        """About how many minutes a form takes."""
        return str(self._minutes[_found("form", form, self._framework.forms).id])

    def exercise_minutes(self, id_: str) -> str:
        """How many minutes an exercise takes."""
        return str(_found("exercise", id_, self._framework.exercises_by_id).minutes)

    def threshold(self, setting: str) -> str:
        """A threshold of the framework's settings, in words: `1 level`, `3 in 5`, `Steady`."""
        value = _found("setting", setting, dict(self._framework.settings))
        if setting.endswith("_share"):
            return share(value)
        if setting.endswith(("_level", "_floor", "_cap")):
            return heading(self._level(value))  # words of the framework, within a line that Markdown reads
        if isinstance(value, Fraction) or setting == "far_apart":
            return amount(value)
        return (
            say("{lowest} to {highest}", lowest=value[0], highest=value[1]) if isinstance(value, tuple) else str(value)
        )

    def source(self, id_: str) -> str:
        """A publication, with a link to what we say of it."""
        source = _found("source", id_, self._framework.sources)
        return self._html("source.html", id=id_, source=source)

    def asked(self, id_: str) -> str:
        """A question in its own words, with a link to its levels."""
        return self._html("asked.html", indicator=_found("indicator", id_, self._framework.indicators))

    def wish(self, words: str, page: str) -> str:
        """An item of a list: what somebody wants, and the page that helps. Nothing where an edition leaves that page out.

        Arguments:
            words: What they want, to follow "I want to".
            page: A page of content/, such as `guide/run.md`.
        """
        path = self._project / "content" / page
        if not path.is_file():
            return ""
        return self._html("wish.html", words=words, address=configuration.address(page), title=_title(path))

    def all_pages(self) -> str:
        """Every page of the navigation, below its headings."""
        told = configuration.read((self._project / publisher.CONFIGURATION).read_text(encoding="utf-8"))
        content = self._project / "content"
        pages = {path.relative_to(content).as_posix(): _title(path) for path in sorted(content.rglob("*.md"))}
        return self._html(
            "all_pages.html", entries=told.get("nav") or [], pages=pages, address_of=configuration.address
        )

    def repository(self, words: str, place: str) -> str:
        """Words that lead to a place at the code host, such as `issues`; the words alone where the site names no repository."""
        if self._suggest is None:
            return words
        return f"[{words}]({self._suggest.removesuffix('edit/main/')}{place})"

    def beside(self, file: str) -> str:
        """A link to a file that the site holds beside its pages, such as `sheet.schema.json`."""
        return self._html("beside.html", file=file)

    def told(self, fact: str) -> str:
        """What the publisher of the site has told, such as `contact`: words in brackets until then."""
        return publisher.markdown(self._facts(), _found("fact", fact, {each: each for each in publisher.FACTS}))

    # Parts of pages.

    def publisher_note(self) -> str:
        """A note that the page is a draft, for as long as the publisher has not told everything."""
        if publisher.FACTS.keys() <= self._facts().keys():
            return ""
        words = say(
            "This is a draft. Tell what stands in brackets below publisher in mkdocs.yml, test your own site, "
            "and correct what is not true of it."
        )
        title = say("For the publisher")
        return f'!!! note "{title}"\n    {words}'

    def stored(self) -> str:
        """All that the site may keep on a device."""
        framework = self._framework
        return self._page("stored.html", rows=stored.rows(framework.settings.days_kept, framework.id))

    def begin(self) -> str:
        """The way into the assessment: one button, for the longest form, and links to the others."""
        forms = sorted(self._framework.outline.forms, key=lambda form: -len(self._framework.asked(form.id)))
        return self._html("begin.html", forms=forms)

    def question(self, id_: str) -> str:
        """One question with its levels, to show what a form asks."""
        return self._html("question.html", indicator=_found("indicator", id_, self._framework.indicators))

    def picture(self) -> str:
        """The picture of the balcony above the dance floor. It says nothing that the words do not."""
        return self._html("picture.html")

    def thresholds(self) -> str:
        """Every threshold, with its value and what it decides."""
        fields = type(self._framework.settings).model_fields
        rows = [(name, self.threshold(name), say(str(field.description))) for name, field in fields.items()]
        return self._html("thresholds.html", rows=rows)

    def levels(self) -> str:
        """The levels, as a ladder."""
        return self._html("levels.html")

    def sections(self) -> str:
        """The sections with their questions."""
        return self._html("sections.html")

    def forms(self) -> str:
        """The forms: how many questions, how long, which lenses."""
        return self._html("forms.html")

    def lenses(self) -> str:
        """The lenses, grouped by the rule that combines their parts."""
        by_rule = {rule: [lens for lens in self._framework.lenses if lens.rule == rule] for rule in RULE_NAMES}
        return self._page("lenses.html", by_rule={rule: lenses for rule, lenses in by_rule.items() if lenses})

    def rule(self, name: str) -> str:
        """What a rule does, with every threshold, and a worked example from the first lens that has it."""
        rule = _found("rule", name, {each: each for each in RULE_NAMES})
        lens = next((lens for lens in self._framework.lenses if lens.rule == rule), None)
        return self._html("rule.html", rule=rule, lens=lens, example=self._example(lens))

    def warning_sign(self, id_: str) -> str:
        """A heading for one warning sign, and what it may be telling."""
        signs = {sign.id: sign for sign in self._framework.outline.warning_signs}
        return self._page("warning_sign.html", sign=_found("warning sign", id_, signs))

    def warning_signs(self) -> str:
        """The warning signs and what each may be telling."""
        return self._html("warning_signs.html")

    def writing_rules(self) -> str:
        """The rules for the framework's text, with a bad and a good example of each."""
        return self._html("writing_rules.html", rules=writing.RULES)

    # Whole pages.

    def lens(self, id_: str) -> str:
        """Teach a lens: the model, how its parts combine, its questions, and what a result says."""
        lens = _found("lens", id_, self._framework.lenses_by_id)
        shared = connections.shared(self._framework, lens)
        return self._page(
            "lens.html",
            lens=lens,
            example=self._example(lens),
            shared=shared,
            shared_count=len({indicator.id for each in shared for indicator in each.indicators}),
            forms=[form for form in self._framework.outline.forms if lens.id in self._reported[form.id]],
            exercises=[exercise for exercise in self._framework.exercises if exercise.lens == lens.id],
            states=[state for state in RULES[lens.rule] if state in lens.messages],
            edit=self._edit(self._places.get(("lens", lens.id))),
        )

    def map(self) -> str:
        """Which indicator feeds which lens, as a picture and as a table."""
        uses = {id_: {lens.id: dimension for lens, dimension in pairs} for id_, pairs in self._framework.uses.items()}
        counts = {
            lens.id: Counter(self._section_of[id_].id for id_ in _read_by(lens)) for lens in self._framework.lenses
        }
        return self._page("map.html", uses=uses, counts=counts, widest=WIDEST_MAP)

    def indicators(self) -> str:
        """Every indicator with all its levels."""
        edits = {id_: self._edit(self._reading.indicator_place(id_)) for id_ in self._framework.indicators}
        return self._page("indicators.html", edits=edits)

    def exercises(self) -> str:
        """The exercises, shortest first."""
        return self._html("exercises.html", exercises=sorted(self._framework.exercises, key=lambda each: each.minutes))

    def exercise(self, id_: str) -> str:
        """An exercise that runs from the printed page."""
        exercise = _found("exercise", id_, self._framework.exercises_by_id)
        outline = self._framework.outline
        return self._page(
            "exercise.html",
            exercise=exercise,
            steps=_clocked(exercise),
            closing=outline.closing_questions if exercise.id == outline.pocket_card else (),
            edit=self._edit(self._places.get(("exercise", exercise.id))),
        )

    def glossary(self) -> str:
        """The words that the framework uses in a sense of its own."""
        return self._page(
            "glossary.html", terms=sorted(self._framework.glossary, key=lambda term: term.term.casefold())
        )

    def sources(self) -> str:
        """The publications, and what draws on each."""
        return self._page(
            "sources.html", sources=_by_year(self._framework.sources), cited=connections.cited(self._framework)
        )

    def history(self) -> str:
        """Every release, what changed in it, and what became of each question."""
        framework, releases = self._framework, self._reading.releases
        versions = history.versions(framework, releases)
        return self._page(
            "history.html",
            versions=versions,
            questions=history.questions(framework, releases, versions),
            effects=EFFECTS,
            source_language=releases[-1].data.get("language", ENGLISH) if releases else None,
            pieces=lambda change: in_words(change.old or "", change.new or ""),
        )

    # What they share. What goes through the whole framework is worked out once, and not for each page.

    @cached_property
    def _section_of(self) -> Mapping[str, Section]:
        return {indicator.id: section for section in self._framework.sections for indicator in section.indicators}

    @cached_property
    def _minutes(self) -> Mapping[str, int]:
        return {form: timing.minutes(self._framework, form) for form in self._framework.forms}

    @cached_property
    def _reported(self) -> Mapping[str, frozenset[str]]:
        """The ids of the lenses that each form reports."""
        framework = self._framework
        return {form: frozenset(lens.id for lens in framework.reported(form)) for form in framework.forms}

    @cached_property
    def _places(self) -> Mapping[tuple[str, str], Place]:
        """Where each lens and each exercise is written."""
        kinds = ("lens", "exercise")
        return {(kind, each.data["id"]): each.place() for kind in kinds for each in self._reading.of_kind(kind)}

    def _facts(self) -> Facts:
        return publisher.facts(self._project, self._framework.outline.edition)

    def _html(self, template: str, **values: Any) -> str:
        framework = self._framework
        return render(
            f"pages/{template}",
            framework=framework,
            settings=framework.settings,
            level_name=self._level,
            minutes=lambda form: self._minutes[form.id],
            section_of=self._section_of,
            about=lambda id_: connections.place_of(framework, id_),
            slug=connections.anchor,
            share=share,
            amount=amount,
            bracketed=_bracketed,
            **values,
        )

    def _page(self, template: str, **values: Any) -> str:
        """HTML with Markdown headings between its blocks: each heading is set off by blank lines."""
        return re.sub(r"^(#{1,6} .*)$", r"\n\1\n", self._html(template, **values), flags=re.MULTILINE)

    def _example(self, lens: Lens | None) -> examples.Example | None:
        return examples.example(self._framework, lens) if lens else None

    def _level(self, value: Fraction | int) -> str:
        """The name of a level; a value between two levels stays a number."""
        names = {Fraction(level.level): level.name for level in self._framework.outline.levels}
        return names.get(Fraction(value)) or decimal(Fraction(value))

    def _edit(self, place: Place | None) -> str | None:
        """The address at which the line at a place is edited."""
        if self._suggest is None or place is None:
            return None
        return f"{self._suggest}{Path(place.file).resolve().relative_to(self._project).as_posix()}#L{place.line}"


def _found(what: str, name: str, known: Mapping[str, T]) -> T:
    """What is known under a name.

    Raises:
        UnknownNameError: With the nearest name that is known.
    """
    if name not in known:
        raise UnknownNameError(what, name, known)
    return known[name]


def _read_by(lens: Lens) -> Iterator[str]:
    """The ids of the questions that a lens reads."""
    return (id_ for dimension in lens.dimensions for id_ in dimension.indicators)


def _title(page: Path) -> str:
    """The title in the head of a page; without one, its first heading, or else its name."""
    text = page.read_text(encoding="utf-8")
    head = yaml.safe_load(text.split("---\n")[1]) if text.startswith("---\n") else None
    first = re.search(r"^# +([^\n{]+)", text, re.MULTILINE)
    return str((head or {}).get("title") or (first[1].strip() if first else page.stem))


def _clocked(exercise: Exercise) -> list[tuple[str, Step]]:
    """The steps of an exercise, each with the time on the clock when it begins."""
    begins = [0, *accumulate(step.minutes for step in exercise.steps)]
    return [(f"{begin // 60}:{begin % 60:02}", step) for begin, step in zip(begins, exercise.steps, strict=False)]


def _bracketed(message: str) -> Markup:
    """A message with its placeholders shown as words in brackets."""
    words = re.sub(
        r"\{(\w+)\}", lambda found: f"<i>[{escape(say(found[1].replace('_', ' ')))}]</i>", str(escape(message))
    )
    return Markup(words)  # noqa: S704 - escaped above, and only the brackets are marked up


def _by_year(sources: Mapping[str, Source]) -> list[tuple[str, Source]]:
    """Publications, the oldest first."""
    return sorted(sources.items(), key=lambda item: (item[1].year, item[1].title.casefold()))
