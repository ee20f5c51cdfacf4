"""What several commands share: options, checks of what was typed, and how a command ends on problems."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from generator.problems import ProblemsError, formatted, nearest, quoted, summary

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from generator.model import Framework

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
"""A folder that is there."""
NEW = click.Path(path_type=Path)
"""A file or a folder that is to be made."""
NEW_FILE = click.Path(dir_okay=False, path_type=Path)
NEW_FOLDER = click.Path(file_okay=False, path_type=Path)

framework_option = click.option(
    "--framework",
    "folder",
    type=FOLDER,
    default=Path("framework"),
    show_default=True,
    help="The folder that holds framework.yml.",
)

framework_if_any_option = click.option(
    "--framework",
    "folder",
    type=NEW_FOLDER,
    default=Path("framework"),
    show_default=True,
    help="The folder that holds framework.yml, where one is needed.",
)

edition_option = click.option(
    "--edition",
    "id_",
    metavar="ID",
    help="An edition: the name of a folder in editions/. Without it: the framework itself.",
)

form_option = partial(click.option, "--form", metavar="ID")
"""Which form. Each command says in `help` what it is for."""

format_option = partial(click.option, "--format", "format_", default="text", show_default=True)
"""How the output is written. Each command gives its `type` and `help`."""

minimum_group_option = partial(click.option, "--minimum-group", type=int, metavar="N")
"""How many people a group needs. Each command says in `help` what for."""


def example(text: str) -> str:
    """How a command is used, at the end of its help."""
    return f"\b\nExample:\n  {text}"


def check_form(framework: Framework, form: str | None, hint: str = "--form") -> None:
    """Refuse a form that the framework does not have.

    Arguments:
        framework: The framework.
        form: The form's id; None asks for none.
        hint: What the command calls it.
    """
    if form is not None and form not in framework.forms:
        allowed = ", ".join(framework.forms)
        raise click.BadParameter(f"there is no form {quoted(form)}; allowed: {allowed}", param_hint=hint)


def check_parent(path: Path | None, hint: str) -> None:
    """Refuse a new file in a folder that is not there.

    Arguments:
        path: The file; None asks for none.
        hint: What the command calls it.
    """
    if path is not None and not path.parent.is_dir():
        raise click.BadParameter(f"there is no folder {quoted(path.parent)}", param_hint=hint)


def check_company(option: str, others: Mapping[str, object], *, is_given: bool) -> None:
    """Refuse options that mean something only beside another one.

    Arguments:
        option: The one that they need.
        others: Each with what was given for it; None for nothing.
        is_given: Whether the one that they need was given.
    """
    for other, value in others.items():
        if value is not None and not is_given:
            raise click.UsageError(f"{other} goes with {option}.")


def known_edition(project: Path, id_: str, hint: str = "--edition") -> str:
    """An edition's id, if the project has that edition; otherwise the command is refused."""
    from generator import edition  # noqa: PLC0415  # what knows the model takes time to load, and not every command needs it

    known = edition.ids(project)
    if id_ not in known:
        raise click.BadParameter(f"there is no edition {quoted(id_)}; {nearest(id_, known)}", param_hint=hint)
    return id_


def framework_of(folder: Path, id_: str | None = None, language: str | None = None) -> Framework:
    """The framework of a folder, or as an edition beside it tells it, in one of its languages. Problems end the command."""
    from generator import check, reading  # noqa: PLC0415  # as above

    with ending_on():
        if id_ is None:
            return reading.framework(folder)
        found = check.sound_edition(folder.parent, known_edition(folder.parent, id_))
    assert found.edition is not None
    _check_language(language, found.edition.languages)
    told = found.translations[language].reading if language and language in found.translations else found.reading
    assert told is not None
    assert told.framework is not None
    return told.framework


def _check_language(language: str | None, known: Iterable[str]) -> None:
    """Refuse a language that is none of those known; None asks for none."""
    if language is not None and language not in known:
        message = f"the site is not in {quoted(language)}; {nearest(language, known)}"
        raise click.BadParameter(message, param_hint="--language")


@contextmanager
def projects_of(id_: str | None) -> Iterator[dict[str, Path]]:
    """The projects to build from, by where their sites stand: the one here, or one for each language of an edition."""
    if id_ is None:
        yield {"": Path.cwd()}
        return
    from generator import edition_site  # noqa: PLC0415  # what renders pages takes time to load

    with edition_site.projects_of(Path.cwd(), known_edition(Path.cwd(), id_)) as projects:
        yield projects


language_option = click.option(
    "--language", metavar="LANGUAGE", help="One of the edition's languages, such as cy. Without it: the first."
)


def project_in(projects: dict[str, Path], language: str | None) -> Path:
    """The project of one language; the first without one. What is none of them is refused."""
    if language is None:
        return projects[""]
    by_language = {path.name: path for path in projects.values() if projects[""] != Path.cwd()}
    _check_language(language, by_language)
    return by_language[language]


@contextmanager
def ending_on(*errors: type[Exception]) -> Iterator[None]:
    """End the command with status 1 on problems, which are shown, and on these errors, which say it in their own words."""
    try:
        yield
    except ProblemsError as error:
        stop(error)
    except errors as error:
        click.echo(error, err=True)
        sys.exit(1)


def stop(error: ProblemsError) -> NoReturn:
    """Show problems, and end the command with status 1."""
    click.echo(formatted(error.problems, "text"))
    click.echo(summary(error.problems), err=True)
    sys.exit(1)
