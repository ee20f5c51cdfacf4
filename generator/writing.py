"""The writing rules, as one table: what each says, a bad and a good example, and what a linter can check of it.

The rules are those of METHOD 4.8. They were made for indicators; the hints of context questions and the questions of
pocket cards keep those that fit them. Limits and banned words are errors, matters of taste are warnings: a linter is
no reader, and a warning may be wrong. Everything here works on files as they were read, so that a framework with
other mistakes has its wording checked too. `writing_rules` in framework.yml says which rules run.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from generator.document import ANY, Document, Path
from generator.timing import words

if TYPE_CHECKING:
    from pathlib import Path as Folder

    from generator.problems import Problem, Severity

QUESTION_WORDS = 14
LEVEL_WORDS = 18
SET_MEAN = 13
SET_WORDS = 80
HINT_WORDS = 35
HINT_SENTENCES = 2
CARD_WORDS = 18
SENTENCE_WORDS = 25
SCHOOL_GRADE = 9
GRADED_WORDS = 25
"""Words from which a reading grade says anything: below, one long word decides it."""
COPIED_WORDS = 7
"""Words in a row, from which a text counts as copied (rule 12)."""


class Finding(NamedTuple):
    """Something that a check found in one text."""

    path: Path
    message: str
    hint: str = ""
    """What is allowed. Left out: the good example of the rule."""
    severity: Severity = "error"


Texts = Mapping[Path, str]


@dataclass(frozen=True, kw_only=True)
class Wording:
    """The texts of one indicator, of one hint or of one question of a card, by their paths in the file."""

    place: Path
    """Where it is written."""
    question: Texts = field(default_factory=dict)
    """The question: one text, or none where it is missing."""
    levels: Texts = field(default_factory=dict)
    """The levels, in order."""
    hint: Texts = field(default_factory=dict)
    """The hint, and nothing else beside it."""
    card: Texts = field(default_factory=dict)
    """The question of a card, and nothing else beside it."""
    all: Texts
    """Everything that readers see of it."""
    middle: int
    """The number of the middle level: a routine, and nothing absolute."""
    jargon: Jargon
    """The words that the lenses bring with them."""


Check = Callable[[Wording], Iterator[Finding]]


@dataclass(frozen=True)
class WritingRule:
    """One rule of writing, as contributors read it, and what can be checked of it."""

    number: int
    says: str
    bad: str
    good: str
    checks: tuple[Check, ...] = ()
    """What a linter can check of a wording."""


# What checks are made of.


def _words(listed: str) -> re.Pattern[str]:
    """A pattern for words and phrases, separated by bars. A word may have an ending of its own in brackets."""
    phrases = "|".join(phrase.strip().replace(" ", r"\s+") for phrase in listed.split("|"))
    return re.compile(rf"\b(?:{phrases})\b", re.IGNORECASE)


def _banned(
    pattern: re.Pattern[str], pick: Callable[[Wording], Texts], message: str, severity: Severity, hint: str = ""
) -> Check:
    """A check that some words do not stand in some texts. Names in braces are variables, and pass."""

    def check(wording: Wording) -> Iterator[Finding]:
        for path, text in pick(wording).items():
            found = pattern.search(re.sub(r"\{[^{}]*\}", "", text))
            if found:
                yield Finding(path, message.format(found.group().lower()), hint, severity)

    return check


def _asked(wording: Wording) -> Texts:
    return {**wording.question, **wording.levels}


def _asked_or_hinted(wording: Wording) -> Texts:
    return {**wording.question, **wording.levels, **wording.hint}


def _levels(wording: Wording) -> Texts:
    return wording.levels


def _everything(wording: Wording) -> Texts:
    return wording.all


def _middle_level(wording: Wording) -> Texts:
    return {path: text for path, text in wording.levels.items() if path[-1] == wording.middle}


def sentences(text: str) -> list[str]:
    """Split a text into its sentences."""
    return [sentence for sentence in re.split(r"(?<=[.?!])[\"')\]]*\s+", text.strip()) if sentence]


# Rule 1. A list of words that share one idea is fine: what is looked for is an "and" that joins two ideas.

_ONE_IDEA = re.compile(
    r"\b\w+, \w+ and \w+"  # people, money and time
    r"|\bwe and (?=\w)"  # we and other teams
    r"|(?<![\w-])[\w-]+s and [\w-]+s\b",  # hopes and worries
    re.IGNORECASE,
)
_TWO_IDEAS = re.compile(r"\band\b|\bas well as\b|(?<=\w)\s?/\s?(?=\w)", re.IGNORECASE)


def _two_ideas(wording: Wording) -> Iterator[Finding]:
    for path, text in wording.question.items():
        found = _TWO_IDEAS.search(_ONE_IDEA.sub("", text))
        if found or len(sentences(text)) > 1:
            joined = (
                f'"{found.group().strip().lower()}" may join two ideas' if found else "there are two sentences here"
            )
            yield Finding(path, joined, severity="warning")


# Rule 3.

_HOW_OFTEN = _words(
    "sometimes | often | usually | always | never | rarely | seldom | mostly | regularly | frequently | occasionally"
)
_ABSOLUTE = re.compile(r"\b(?:every|each(?! other)|(?<!\bat )(?<!\bafter )all|always|never)\b", re.IGNORECASE)


def _only_counted(wording: Wording) -> Iterator[Finding]:
    """Levels that differ in nothing but how often a thing happens."""
    below: set[tuple[str, ...]] = set()
    for path, text in wording.levels.items():
        plain = tuple(words_of(_HOW_OFTEN.sub("", text)))
        if plain in below:
            yield Finding(path, "only how often it happens has changed from a level below")
            return
        below.add(plain)


# Rule 5. What looks like a participle after a form of "be" is taken for a passive. From the middle level on, somebody
# should do what is done; below it, things may just be left undone.

_IRREGULAR = (
    "asked|begun|bought|brought|built|caught|chosen|done|drawn|found|forgotten|given|heard|held|kept|known|led|left|lost|"
    "made|meant|met|paid|put|said|seen|sent|set|shown|spent|spoken|taken|taught|told|understood|won|written"
)
_STATES = "agreed|closed|concerned|fixed|interested|involved|mixed|pleased|prepared|tired|used|worried"
_PASSIVE = re.compile(
    rf"\b(?:is|are|was|were|be|been|being)\s+(?:\w+ly\s+)?(?!(?:{_STATES})\b)(?:\w+ed|{_IRREGULAR})\b", re.IGNORECASE
)
_SOMEBODY = _words(
    "we | I | they | who(?:ever)? | someone | somebody | anyone | nobody | people | staff | leaders? | managers? | partners? | "
    "colleagues? | newcomers? | residents? | users? | members? | others | teams? | families"
)


def _nobody_does_it(wording: Wording) -> Iterator[Finding]:
    for path, text in wording.levels.items():
        found = _PASSIVE.search(text)
        level = path[-1]
        if found and isinstance(level, int) and level >= wording.middle and not _SOMEBODY.search(text):
            yield Finding(path, f'"{found.group().lower()}" does not say who does it', severity="warning")


# Rule 6.


def _long_question(wording: Wording) -> Iterator[Finding]:
    for path, text in wording.question.items():
        if words(text) > QUESTION_WORDS:
            yield Finding(path, f"the question has {words(text)} words", f"{QUESTION_WORDS} at most")


def _long_level(wording: Wording) -> Iterator[Finding]:
    for path, text in wording.levels.items():
        if words(text) > LEVEL_WORDS:
            yield Finding(path, f"the level has {words(text)} words", f"{LEVEL_WORDS} at most")
        if len(sentences(text)) > 1:
            yield Finding(path, f"the level has {len(sentences(text))} sentences", "one sentence, with one claim")


def _long_set(wording: Wording) -> Iterator[Finding]:
    counts = [words(text) for text in wording.levels.values()]
    if counts and (sum(counts) > SET_MEAN * len(counts) or sum(counts) > SET_WORDS):
        path = next(iter(wording.levels))[:-1]
        mean = f"{sum(counts) / len(counts):.1f}"
        hint = f"{SET_MEAN} on average at most, and {SET_WORDS} in all"
        yield Finding(path, f"the levels have {sum(counts)} words, {mean} on average", hint)


def _long_hint(wording: Wording) -> Iterator[Finding]:
    for path, text in wording.hint.items():
        if words(text) > HINT_WORDS:
            yield Finding(path, f"the hint has {words(text)} words", f"{HINT_WORDS} at most")
        if len(sentences(text)) > HINT_SENTENCES:
            yield Finding(path, f"the hint has {len(sentences(text))} sentences", "one or two short ones")


def _long_card_question(wording: Wording) -> Iterator[Finding]:
    for path, text in wording.card.items():
        if words(text) > CARD_WORDS:
            yield Finding(path, f"the question has {words(text)} words", f"{CARD_WORDS} at most, for a pocket card")


def _hard_to_read(wording: Wording) -> Iterator[Finding]:
    texts = list(_asked_or_hinted(wording).values())
    grade = school_grade(texts)
    if grade > SCHOOL_GRADE and sum(map(words, texts)) >= GRADED_WORDS:
        where = "" if wording.hint else " in the question and the levels"
        hint = f"{SCHOOL_GRADE} at most: use shorter words and sentences{where}"
        yield Finding(wording.place, f"it needs a reading grade of {grade:.0f}", hint, "warning")


def _long_sentence(wording: Wording) -> Iterator[Finding]:
    for path, text in wording.all.items():
        longest = max((words(sentence) for sentence in sentences(text)), default=0)
        if longest > SENTENCE_WORDS and path not in _asked(wording):
            hint = f"{SENTENCE_WORDS} at most: make two sentences of it"
            yield Finding(path, f"a sentence here has {longest} words", hint, "warning")


def school_grade(texts: Sequence[str]) -> float:
    """The Flesch-Kincaid grade of some texts, with syllables counted by their vowels. It only says what to look at."""
    parts = [sentence for text in texts for sentence in sentences(text)]
    every = [word for part in parts for word in words_of(part)]
    if not every:
        return 0
    syllables = sum(max(1, len(re.findall(r"[aeiouy]+", re.sub(r"(?:e|es|ed)$", "", word)))) for word in every)
    return 0.39 * len(every) / len(parts) + 11.8 * syllables / len(every) - 15.59


OFFICE_LANGUAGE = _words(
    "leverag(?:e|es|ed|ing) | stakeholders? | robust(?:ly)? | holistic(?:ally)? | key | deliver(?:s|ed|ing)? | "
    "synerg(?:y|ies) | going forward"
)
"""Words and phrases that no page of the site uses (METHOD 3.3)."""


# Rule 7.


def words_of(text: str) -> list[str]:
    """The words of a text, for comparing: small letters, and nothing between them."""
    return re.findall(r"[^\W_]+(?:'[^\W_]+)?", text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))


_LONGEST_TERM = 12
"""Words. What is longer is no name."""


class Jargon:
    """The words that a framework's own lenses bring with them, and that a question has to do without.

    A name of a lens or a dimension counts when it has two words or more: a dimension called Thinking does not make
    "thinking" a term. A glossary term counts, whatever its length, when its `see` names a lens: it is in the glossary
    because that lens needs it explained. Names count as a whole, with the plural.
    """

    def __init__(self, documents: Sequence[Document]) -> None:
        lenses = [document for document in documents if document.kind == "lens"]
        ids = {id_ for lens in lenses for _, id_ in lens.find("id") if isinstance(id_, str)}
        names = [name for lens in lenses for pattern in _NAMES for _, name in lens.find(*pattern)]
        terms = {tuple(words_of(name)) for name in names if isinstance(name, str)}
        terms = {term for term in terms if len(term) > 1} | set(_glossary_terms(documents, ids))
        self.terms = {term for term in terms if len(term) <= _LONGEST_TERM}
        self.lengths = sorted({len(term) for term in self.terms}, reverse=True)

    def first_in(self, text: str) -> str | None:
        """The first term that stands in a text."""
        found = words_of(text)
        for start in range(len(found)):
            for length in self.lengths:
                run = tuple(found[start : start + length])
                if run in self.terms or (*run[:-1], run[-1].removesuffix("s")) in self.terms:
                    return " ".join(run)
        return None


_NAMES: tuple[tuple[object, ...], ...] = (("name",), ("dimensions", ANY, "name"))


def _glossary_terms(documents: Sequence[Document], lenses: set[str]) -> Iterator[tuple[str, ...]]:
    for document in documents:
        if document.kind == "glossary":
            for path, term in document.find(ANY, "term"):
                see = {id_ for _, id_ in document.find(path[0], "see", ANY) if isinstance(id_, str)}
                if isinstance(term, str) and see & lenses:
                    yield tuple(words_of(term))


def _lens_terms(wording: Wording) -> Iterator[Finding]:
    for path, text in _asked_or_hinted(wording).items():
        term = wording.jargon.first_in(text)
        if term:
            yield Finding(path, f'"{term}" is a term of a lens')


# Rule 8.

_PLAIN_UN = "der|til|less|like|it|ion|ique|ivers|cle|ison|iform|animous"
_NEGATIVE = r"(?:\b(?:not|cannot|never)\b|n't\b)"
_DOUBLE_NEGATIVE = re.compile(
    rf"{_NEGATIVE}(?:(?!{_NEGATIVE})[^,;:.])*?"  # from the last one, so that no text takes the square of its length
    rf"\b(?:without|fail\w*|never|not|un(?!{_PLAIN_UN})\w{{3,}})\b",
    re.IGNORECASE,
)


# Rule 12.

Runs = Mapping[tuple[str, ...], str]


def source_runs(folder: Folder) -> Runs:
    """Every run of seven words in the texts of the sources, with the file that it stands in.

    Arguments:
        folder: Where the texts are, as .txt files. They are other people's, and so not part of the project.
    """
    runs: dict[tuple[str, ...], str] = {}
    for file in sorted(folder.glob("*.txt")):
        for run in _runs(file.read_text(encoding="utf-8", errors="replace")):
            runs.setdefault(run, file.name)
    return runs


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    found = words_of(text)
    return (tuple(found[start : start + COPIED_WORDS]) for start in range(len(found) - COPIED_WORDS + 1))


def _copied(document: Document, runs: Runs) -> Iterator[Finding]:
    for path, text in _texts(document.data, ()):
        run = next((run for run in _runs(text) if run in runs), None)
        if run:
            yield Finding(path, f'"{" ".join(run)}" stands in {runs[run]} too', "say it in your own words")


RULES: tuple[WritingRule, ...] = (
    WritingRule(
        1,
        "One idea per question",
        "We share a vision and have the money to deliver it.",
        "Do our people, money and time match what we have promised?",
        (_two_ideas,),
    ),
    WritingRule(
        2,
        "Say what an outsider could see or hear",
        "Leaders value openness.",
        "Someone takes each hard point on.",
        (
            _banned(
                _words(
                    "value[sd]? | valuing | believes? in | (?:is|are|am) committed to | recogni[sz]es? the importance"
                ),
                _asked_or_hinted,
                '"{}" is nothing that one can see or hear',
                "error",
            ),
        ),
    ),
    WritingRule(
        3,
        "One subject climbs, and each rung is seen, not counted",
        "2: We sometimes share figures. 3: We often share figures.",
        "2: We show figures to a partner who asks. 3: Partners get our figures as a matter of course. "
        "4: Partners tell us what they did with them.",
        (_only_counted, _banned(_ABSOLUTE, _middle_level, '"{}" is absolute, and this level is a routine', "error")),
    ),
    WritingRule(
        4,
        "Respect at the bottom",
        "1: Leaders are secretive and complacent.",
        "1: Hard subjects are left out of meetings.",
        (
            _banned(
                _words(
                    "arrogant | bully(?:ing)? | careless | clueless | complacen(?:t|cy) | cowardly | dishonest | dysfunctional | "
                    "hopeless | ignorant | incompetent | lazy | negligent | pathetic | secretive | selfish | stupid | toxic | useless"
                ),
                _asked_or_hinted,
                '"{}" is no way to speak of a decent team',
                "error",
            ),
        ),
    ),
    WritingRule(
        5,
        "Present tense, active, we",
        "Processes will be put in place to ensure consultation.",
        "We ask people before we decide.",
        (
            _banned(_words("will"), _levels, '"{}" speaks of the future', "error"),
            _banned(_words("to ensure"), _asked_or_hinted, '"{}" says what is meant, and not what happens', "error"),
            _nobody_does_it,
        ),
    ),
    WritingRule(
        6,
        "Short and plain",
        "A level of 45 words in three clauses.",
        "One sentence, 18 words at most; a set averages 13 or fewer, 80 words in all; the question 14 or fewer.",
        (
            _long_question,
            _long_level,
            _long_set,
            _long_hint,
            _long_card_question,
            _long_sentence,
            _hard_to_read,
            _banned(
                OFFICE_LANGUAGE,
                _everything,
                '"{}" is office language',
                "error",
                "use the word that one would use at home",
            ),
        ),
    ),
    WritingRule(
        7,
        "No model jargon in the question",
        "How robust is our authorising environment?",
        "How do we keep our permission to lead this work?",
        (_lens_terms,),
    ),
    WritingRule(
        8,
        "No negatives to unpick",
        "We do not fail to involve partners.",
        "We plan the change with partners.",
        (_banned(_DOUBLE_NEGATIVE, _asked_or_hinted, '"{}" has to be unpicked', "error"),),
    ),
    WritingRule(
        9,
        "No grade words",
        "We have excellent, effective partnerships.",
        "Partners have changed a plan of theirs because of ours.",
        (
            _banned(
                _words(
                    "good | excellent | outstanding | inadequate | effective(?:ly)? | robust(?:ly)? | best practice | "
                    "appropriate(?:ly)?"
                ),
                _asked_or_hinted,
                '"{}" is a grade',
                "error",
            ),
        ),
    ),
    WritingRule(
        10,
        "Practice and effect, not papers and structures",
        "We have a partnership board with terms of reference.",
        "We go back to see what changed.",
        (
            _banned(
                _words("polic(?:y|ies) | strateg(?:y|ies) | boards? | frameworks? | terms of reference"),
                _levels,
                '"{}" is a paper or a structure',
                "warning",
            ),
        ),
    ),
    WritingRule(
        11,
        "Works in every setting where it is asked",
        "Our lead member briefs cabinet every month.",
        "We speak with each of them on a planned cycle.",
        (
            _banned(
                _words(
                    "lead members? | cabinet | councils? | councillors? | governors? | schools? | pupils? | teachers? | "
                    "hospitals? | wards? | patients? | nurses? | doctors? | clinicians? | police | constables? | prisons? | "
                    "social workers? | Ofsted | CQC | NHS"
                ),
                _asked_or_hinted,
                '"{}" belongs to one setting',
                "warning",
            ),
        ),
    ),
    WritingRule(
        12,
        "Own words, source named",
        "A sentence from a cited paper with two words swapped.",
        "Before deciding, we seek out people with different lives, jobs and opinions. (source: King's Fund message 4)",
    ),
)
"""The twelve rules. That sources are named (rule 12) is the model's to see; that nothing is copied can only be checked
where the sources' own texts are at hand: `balcony check --sources DIR`."""

OWN_WORDS = RULES[-1]


def problems(documents: Sequence[Document], copied: Runs | None = None) -> list[Problem]:
    """Every breach of the writing rules that a linter can see.

    Arguments:
        documents: The files of a framework, sound or not.
        copied: Runs of words that stand in the sources, from `source_runs`.
    """
    kept = _kept(documents)
    jargon = Jargon(documents)
    middle = _middle(documents)
    found: list[Problem] = []
    for document in documents:
        for wording in _wordings(document, middle, jargon):
            found += _of_wording(document, wording, kept)
        if copied and OWN_WORDS in kept and document.kind != "sources":
            found += (_as_problem(document, OWN_WORDS, finding) for finding in _copied(document, copied))
    return found


def _kept(documents: Sequence[Document]) -> tuple[WritingRule, ...]:
    """The rules that framework.yml keeps: all of them, unless it says otherwise."""
    said = next(
        (value for each in documents if each.kind == "framework" for _, value in each.find("writing_rules")), None
    )
    if said in ("off", False):
        return ()
    return tuple(rule for rule in RULES if rule.number in said) if isinstance(said, tuple) else RULES


def _middle(documents: Sequence[Document]) -> int:
    """The number of the middle level: 3 of 5."""
    levels = sum(1 for each in documents if each.kind == "framework" for _ in each.find("levels", ANY))
    return (levels + 1) // 2


_READ = ("label", "question", "intent", "why", "levels", "evidence", "next_steps", "discuss", "not_applicable")
"""The keys of an indicator that hold what people read."""


def _wordings(document: Document, middle: int, jargon: Jargon) -> Iterator[Wording]:
    """The parts of a file that the rules are for."""
    if document.kind == "section":
        for path, _ in document.find("indicators", ANY):
            yield _of_indicator(document, path, middle, jargon)
    hints = document.find("context", ANY, "options", ANY, "hint") if document.kind == "framework" else ()
    for path, hint in hints:
        if isinstance(hint, str):
            yield Wording(place=path, hint={path: hint}, all={path: hint}, middle=middle, jargon=jargon)
    questions = document.find("card", ANY, "question") if document.kind == "exercise" else ()
    for path, question in questions:
        if isinstance(question, str):
            yield Wording(place=path, card={path: question}, all={path: question}, middle=middle, jargon=jargon)


def _of_indicator(document: Document, path: Path, middle: int, jargon: Jargon) -> Wording:
    texts = {
        found: text
        for key in _READ
        for pattern in ((*path, key), (*path, key, ANY))
        for found, text in document.find(*pattern)
        if isinstance(text, str)
    }
    question = {found: text for found, text in texts.items() if found == (*path, "question")}
    levels = {found: text for found, text in texts.items() if found[:-1] == (*path, "levels")}
    in_order = dict(sorted(levels.items(), key=lambda item: str(item[0][-1])))
    return Wording(place=path, question=question, levels=in_order, all=texts, middle=middle, jargon=jargon)


def _of_wording(document: Document, wording: Wording, rules: Iterable[WritingRule]) -> Iterator[Problem]:
    for rule in rules:
        for check in rule.checks:
            yield from (_as_problem(document, rule, finding) for finding in check(wording))


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """Every text of a file."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(item, (*path, key))
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))


def _as_problem(document: Document, rule: WritingRule, finding: Finding) -> Problem:
    hint = finding.hint or f"better: {rule.good}"
    about_a_set = finding.path[-1] == "levels"
    report = document.key_problem if about_a_set else document.problem
    return report(finding.path, finding.message, hint, finding.severity, str(rule.number))
