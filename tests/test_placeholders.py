"""Words in brackets that a publisher has yet to fill in: shown on the pages, and in the way of publishing for good."""

from __future__ import annotations

import html
import re
import shutil

import pytest
from conftest import PROJECT
from editing import FACTS, change, name_publisher
from test_publish import balcony, commit, done, repository

from generator import placeholders, publisher, site
from generator.model import EditionNote
from generator.problems import ProblemsError

STATEMENT = "about/accessibility"
ADDRESS = "https://example.org/leadership/"
ALL = set(publisher.FACTS)

ACT = "Public Sector Bodies (Websites and Mobile Applications) (No. 2) Accessibility Regulations 2018"
LEGAL = [
    f"(EHRC) is responsible for enforcing the {ACT} (the 'accessibility regulations').",
    f"is committed to making its website accessible, in accordance with the {ACT}.",
    "The content listed below is non-accessible for the following reasons.",
    'This statement was prepared on {{ told("prepared") }}. It was last reviewed on {{ told("reviewed") }}.',
]


def configured(folder, facts=FACTS, address=ADDRESS):
    folder.mkdir(exist_ok=True)
    (folder / "mkdocs.yml").write_text(
        f"site_name: X\nsite_url: {address}\ndocs: !ENV [A, b]\nextra:\n{facts}", encoding="utf-8"
    )
    return folder


def told(folder, **facts):
    lines = "".join(f"    {name}: {value}\n" for name, value in facts.items())
    return configured(folder, f"  publisher:\n{lines}")


def places(text, known=frozenset()):
    return [
        (each.place.line, each.place.column, each.message.partition('"')[2].partition('"')[0])
        for each in placeholders.in_text(text, "content/x.md", dict.fromkeys(known, "x"))
    ]


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """A repository with a copy of everything that a site is built from, released, and a small framework of another kind."""
    folder = repository(tmp_path_factory.mktemp("project") / "copy")
    shutil.copytree(PROJECT / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PROJECT / "tests" / "other", folder, dirs_exist_ok=True)
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    (folder / ".gitignore").write_text("__pycache__/\n/public/\n", encoding="utf-8")
    done(folder, "release", "1.0.0", "--date", "2026-11-22")
    done(folder, "pages")
    commit(folder)
    return folder


@pytest.fixture
def project(original, tmp_path):
    return shutil.copytree(original, tmp_path / "copy")


# On a page


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# X\n\nWe are **[name]**, of **[town]**.\n", [(3, 8, "name"), (3, 23, "town")]),
        ("**[a name\nover two lines]**\n", [(1, 1, "a name over two lines")]),
        ("领導 **[領導]**\n", [(1, 4, "領導")]),
        ("Read **[the guide](guide.md)** and [this] and **that**.\n", []),
        ("Write `**[name]**` so.\n\n```\n**[name]**\n```\n\n<!-- **[name]** -->\n{# **[name]** #}\n", []),
        ("<!-- a\ncomment -->\n**[b]**\n", [(3, 1, "b")]),
        ('By {{ told("organisation") }}\n', [(1, 4, "name of your organisation")]),
        ("By {{told( 'organisation' )}}\n", [(1, 4, "name of your organisation")]),
    ],
)
def test_what_is_still_to_be_filled_in_is_found_where_it_stands(text, found):
    assert places(text) == found


def test_what_the_publisher_has_told_is_no_placeholder():
    text = "".join(f'{{{{ told("{name}") }}}}\n' for name in ALL)
    assert len(places(text)) == len(ALL)
    assert places(text, ALL) == []
    assert len(places(text, ALL - {"status"})) == 1


@pytest.mark.parametrize("name", sorted(ALL - {"address"}))
def test_a_fact_that_is_not_told_says_what_to_write_and_that_is_then_accepted(name, tmp_path):
    (problem,) = placeholders.in_text(f'{{{{ told("{name}") }}}}', "content/x.md", {})
    assert str(problem).startswith("content/x.md:1:1: ")
    example = re.fullmatch(rf"write {name}: (.+), below publisher: below extra: in mkdocs\.yml", problem.hint)[1]
    folder = told(tmp_path / "x", **{name: example})
    assert publisher.problems(folder) == []
    assert "**[" in publisher.markdown({}, name)
    assert "**[" not in publisher.markdown(publisher.facts(folder), name)


# What is told


def test_what_a_publisher_tells_is_text_and_never_markup(tmp_path):
    facts = publisher.facts(configured(tmp_path / "x"))
    assert set(facts) == ALL
    shown = "\n".join(publisher.markdown(facts, name) for name in publisher.FACTS if name != "address")
    assert not re.search(r"[<>{}*\[\]]", shown)
    said = html.unescape(shown)
    for words in (
        "Children's services <Ynys Môn>",
        "- A **map** cannot be read [1.1.1]",
        "- 領導 {{ 1 }}",
        "22 November 2026",
    ):
        assert words in said


def test_an_address_becomes_a_link(tmp_path):
    facts = publisher.facts(told(tmp_path / "x", contact="mailto:a@example.org"))
    assert html.unescape(publisher.markdown(facts, "contact")) == '<a href="mailto:a@example.org">a@example.org</a>'
    assert publisher.markdown(facts, "address").startswith(f'<a href="{ADDRESS}">')


def test_the_status_is_said_in_the_words_of_the_model_statement(tmp_path):
    standard = "the Web Content Accessibility Guidelines version 2.2 AA standard"
    said = {
        "fully": f"This website is fully compliant with {standard}.",
        "partially": f"This website is partially compliant with {standard}, due to the non-compliances listed below.",
        "not": f"This website is not compliant with {standard}. The non-compliances are listed below.",
    }
    for status, words in said.items():
        assert publisher.markdown(publisher.facts(told(tmp_path / "x", status=status)), "status") == words
    assert "has not been audited" in publisher.markdown({}, "status")


def test_an_edition_says_itself_who_publishes_it(tmp_path):
    note = EditionNote(id="a", name="A", organisation="Ours", contact="us@example.org", based_on="x, version 1.0.0")
    facts = publisher.facts(configured(tmp_path / "x"), note)
    assert (facts["organisation"], facts["contact"], facts["tested_by"]) == (
        "Ours",
        "us@example.org",
        "Anytown Digital",
    )


@pytest.mark.parametrize(
    ("facts", "line", "because"),
    [
        ("organisaton: X", 6, 'did you mean "organisation"?'),
        ("address: https://example.org/", 6, "site_url at the top of the file says it"),
        ("organisation:", 6, "nothing is written here"),
        ('contact: ""', 6, "nothing is written here"),
        ("organisation: 42", 6, "a text is wanted"),
        ("organisation: no", 6, "a text is wanted"),
        ("organisation: [X]", 6, "a text is wanted"),
        ("reply_days: ten", 6, '"ten" is no number of days, from 1 to 365'),
        ("reply_days: 0", 6, '"0" is no number of days'),
        ("reply_days: yes", 6, '"true" is no number of days'),
        ("status: mostly", 6, '"mostly" is not allowed: fully, partially, not'),
        ("status: [fully]", 6, "is not allowed: fully, partially, not"),
        ("issues: one", 6, "a list of texts is wanted"),
        ("issues: [1]", 6, "a list of texts is wanted"),
        ("prepared: soon", 6, '"soon" is no date'),
        ("tested: 2026-13-45", 6, '"2026-13-45" is no date'),
        ('tested: "2026-11-20"', 6, "without quotes"),
        ("tested: 2026-11-20 10:00:00", 6, "is no date"),
        ("status: fully\n    issues: [one]", 6, '"fully" does not go with issues'),
        ("status: not\n    issues: []", 7, "a site that is not compliant has some"),
        ("prepared: 2026-11-22\n    reviewed: 2026-11-21", 7, "reviewed before it was prepared"),
    ],
)
def test_what_cannot_be_true_is_refused_with_its_line(facts, line, because, tmp_path):
    (problem,) = publisher.problems(configured(tmp_path / "x", f"  publisher:\n    {facts}\n"))
    assert str(problem).startswith(f"mkdocs.yml:{line}:")
    assert because in str(problem)


def test_a_publisher_that_is_no_mapping_is_refused(tmp_path):
    (problem,) = publisher.problems(configured(tmp_path / "x", "  publisher: Anytown\n"))
    assert str(problem) == (
        "mkdocs.yml:5:14: extra, publisher: facts are wanted here; such as organisation: Anytown Partnership"
    )


def test_a_configuration_without_a_word_of_it_is_sound(tmp_path):
    for text in ("site_name: X\n", "- a list\n", "site_name: [\n", ""):
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
        assert publisher.problems(tmp_path) == []
        assert publisher.facts(tmp_path) == {"address": "this website"}
    assert publisher.facts(tmp_path / "nowhere") == {"address": "this website"}


# With the command


def test_a_site_is_built_with_brackets_and_not_published_with_them(project):
    done(project, "build", "--strict")
    page = (project / "site" / STATEMENT / "index.html").read_text(encoding="utf-8")
    assert "<strong>[name of your organisation]</strong>" in page
    assert "This is a draft." in page
    assert "applies to this website." in page  # which needs no address
    shutil.rmtree(project / "site")
    for arguments in (("build", "--publish"), ("publish", "--folder", "public")):
        ran = balcony(project, *arguments)
        assert ran.returncode == 1
        assert re.search(
            r'^content/about/accessibility\.md:\d+:\d+: "name of your organisation"', ran.stdout, re.MULTILINE
        )
        assert re.search(r"^content/about/privacy\.md:\d+:\d+: .*write host_log: ", ran.stdout, re.MULTILINE)
        assert "Traceback" not in ran.stdout + ran.stderr
        assert not (project / "site").exists()
        assert not (project / "public").exists()


def test_a_draft_may_wait_for_its_publisher(project):
    done(project, "publish", "--draft", "next", "--folder", "public")
    assert (project / "public" / "next" / STATEMENT / "index.html").is_file()


def test_once_everything_is_told_the_site_is_published_without_a_bracket(project):
    name_publisher(project)
    change(project / "mkdocs.yml", "site_name:", f"site_url: {ADDRESS}\nsite_name:")
    done(project, "build", "--strict", "--publish")
    page = (project / "site" / STATEMENT / "index.html").read_text(encoding="utf-8")
    assert "<strong>[" not in page
    assert "This is a draft" not in page
    said = html.unescape(re.sub(r"<[^>]+>", "", page))
    for words in (
        "It was last reviewed on 23 November 2026.",
        "mended by 1 March 2027",
        ADDRESS,
    ):
        assert words in said
    assert "<li>A **map** cannot be read [1.1.1]" in html.unescape(page)


def test_a_wrong_fact_stops_every_build(project):
    name_publisher(project, "  publisher:\n    tested: soon\n")
    for arguments in (("build",), ("build", "--edition", "rhandir")):
        ran = balcony(project, *arguments)
        assert ran.returncode == 1
        assert re.search(r'^mkdocs\.yml:\d+:\d+: extra, publisher, tested: "soon" is no date', ran.stdout, re.MULTILINE)


def test_words_in_brackets_on_a_page_of_an_edition_are_found_in_its_own_folder(project):
    name_publisher(project)
    own = project / "editions" / "rhandir" / "content"
    own.mkdir()
    (own / "visit.md").write_text("# Visit us\n\nCome to **[place]**.\n", encoding="utf-8")
    welsh = project / "editions" / "rhandir" / "cy" / "content"
    done(project, "edition", "translate", "rhandir", "cy")
    change(welsh / "visit.md", "status: to-do", "status: draft")
    change(welsh / "visit.md", "[place]", "[lle]")
    ran = balcony(project, "build", "--edition", "rhandir", "--publish")
    assert ran.returncode == 1
    assert 'editions/rhandir/content/visit.md:3:9: "place" is still to be filled in' in ran.stdout
    assert re.search(r'^editions/rhandir/cy/content/visit\.md:\d+:9: "lle" is still', ran.stdout, re.MULTILINE)
    assert "societies" not in ran.stdout


def test_a_page_of_templates_may_keep_its_brackets(project):
    page = project / "content" / "guide" / "letter.md"
    page.parent.mkdir()
    page.write_text(
        "---\ntitle: A letter\nplaceholders: allowed\n---\n\n# A letter\n\nDear **[name]**\n", encoding="utf-8"
    )
    site_ = {each.place.file for each in placeholders.problems(project, project)}
    assert "letter.md" not in " ".join(site_)
    change(page, "placeholders: allowed", "placeholders: yes")
    with pytest.raises(ProblemsError, match=r"letter\.md"):
        placeholders.check({"": project}, project)


def test_our_own_pages_wait_for_facts_alone_and_templates_say_that_they_are_some():
    facts = dict.fromkeys(ALL, "x")
    for page in sorted((PROJECT / "content").rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        is_template = placeholders.head_of(text).get("placeholders") == "allowed"
        assert bool(list(placeholders.in_text(text, page.name, facts))) == is_template, page
    assert site.sound_framework(PROJECT).outline.edition is None


def test_the_statement_holds_what_the_law_asks_for_word_by_word(original):
    """Ours, and the one that is written for another framework."""
    for page in (PROJECT / "content" / f"{STATEMENT}.md", original / "content" / f"{STATEMENT}.md"):
        text = " ".join(page.read_text(encoding="utf-8").split())
        for words in LEGAL:
            assert words in text, page
