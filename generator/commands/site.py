"""Commands for those who make a site: build, serve, offline, pages, publish."""

from __future__ import annotations

import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from generator.commands.options import (
    NEW,
    NEW_FILE,
    NEW_FOLDER,
    check_form,
    check_parent,
    edition_option,
    ending_on,
    example,
    known_edition,
    language_option,
    project_in,
    projects_of,
)
from generator.problems import formatted, summary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from generator.building import Engine
    from generator.problems import Problem


@click.command("build", epilog=example("balcony build --engine zensical --strict"))
@click.option(
    "--engine",
    type=click.Choice(["mkdocs", "zensical"]),
    default="mkdocs",
    show_default=True,
    help="Which engine builds it. Both read mkdocs.yml.",
)
@click.option("--strict", is_flag=True, help="End the build on the engine's warnings, such as a dead link.")
@click.option("--site-dir", type=NEW, default=Path("site"), show_default=True, help="Where the site goes.")
@click.option("--publish", "is_final", is_flag=True, help="End the build where a page still has words in brackets.")
@edition_option
def build_command(engine: Engine, *, strict: bool, site_dir: Path, is_final: bool, id_: str | None) -> None:
    """Build the whole site, or that of an edition."""
    from generator import building  # noqa: PLC0415  # what renders pages takes time to load, and other commands do without

    with ending_on(), projects_of(id_) as projects:
        if is_final:
            from generator import placeholders  # noqa: PLC0415  # as above

            placeholders.check(projects, Path.cwd(), id_)
        project = projects.pop("")
        sys.exit(building.build(project, site_dir, engine, strict=strict, inside=projects))


@click.command("serve", epilog=example("balcony serve --address localhost:8080"))
@click.option("--address", default="localhost:8000", show_default=True, help="Host and port.")
@edition_option
@language_option
def serve_command(address: str, id_: str | None, language: str | None) -> None:
    """Serve the site here, and rebuild it on every change."""
    from generator import building, edition_site  # noqa: PLC0415  # as above

    with ending_on(), projects_of(id_) as projects:
        project = project_in(projects, language)
        if id_:
            Thread(target=edition_site.follow, args=(Path.cwd(), id_, project, _tell), daemon=True).start()
        sys.exit(building.serve(project, address, _tell))


def _tell(problems: Sequence[Problem]) -> None:
    click.echo(formatted(problems, "text"))
    click.echo(f"\n{summary(problems)}. The site is built as soon as they are mended.", err=True)


@click.command("offline", epilog=example("balcony offline standard -o self-assessment.html"))
@click.argument("form")
@click.option(
    "-o",
    "--output",
    type=NEW_FILE,
    help="Where the file goes. Without it: here, named by the framework and the form.",
)
@edition_option
@language_option
def offline_command(form: str, output: Path | None, id_: str | None, language: str | None) -> None:
    """Write a form as one HTML file that works without a network, results and all."""
    from generator import building, site  # noqa: PLC0415  # as above

    with ending_on(), projects_of(id_) as projects:
        project = project_in(projects, language)
        check_form(site.sound_framework(project), form, "FORM")
        check_parent(output, "-o")
        written = building.write_single_file(project, form, output)
    if written is None:
        sys.exit(1)
    click.echo(written)


@click.command("pages", epilog=example("balcony pages --dry-run"))
@click.option("--dry-run", is_flag=True, help="Write nothing, and say what would be written.")
def pages_command(*, dry_run: bool) -> None:
    """Write the pages in content/ that the framework here still lacks, and bring nav in mkdocs.yml in line.

    A page that is there stays as it is. One that names something gone from the framework is shown, for you to mend or delete.
    """
    from generator import scaffold  # noqa: PLC0415  # as above

    with ending_on():
        outcome = scaffold.make(Path.cwd(), is_trial=dry_run)
    for path in outcome.written:
        click.echo(path)
    for path in outcome.listed:
        click.echo(f"{scaffold.CONFIGURATION}: nav: + {path}")
    for path in outcome.taken_out:
        click.echo(f"{scaffold.CONFIGURATION}: nav: - {path} (there is no such page)")
    if not (outcome.written or outcome.listed or outcome.taken_out):
        click.echo("No page is missing.", err=True)
    if outcome.problems:
        click.echo("These pages call what is not there. Mend them, or delete them and run this again:", err=True)
        click.echo(formatted(outcome.problems, "text"))
        sys.exit(1)


@click.command(
    "publish",
    epilog=example(
        "balcony publish --push\n  balcony publish --folder public\n  balcony publish --draft next --push\n"
        "  balcony publish --edition fire-and-rescue --push"
    ),
)
@click.option("--draft", metavar="NAME", help="Publish a state that is not released, as a draft, in a folder NAME.")
@click.option("--branch", default="gh-pages", show_default=True, help="The branch that holds all versions.")
@click.option("--push", is_flag=True, help="Send the branch to origin. Without it, nothing leaves this computer.")
@click.option(
    "--folder",
    type=NEW_FOLDER,
    help="Put the version into a plain folder, for any web host, and not on a branch.",
)
@edition_option
@click.pass_context
def publish_command(
    context: click.Context, *, draft: str | None, branch: str, push: bool, folder: Path | None, id_: str | None
) -> None:
    """Build the site of the framework's version, and put it beside the versions that are published already.

    An edition goes by the release that it builds on. Published again on the same release, it takes its own place.
    """
    from generator import edition_site, publish, site  # noqa: PLC0415  # as above

    is_branch_named = context.get_parameter_source("branch") is not click.core.ParameterSource.DEFAULT
    if folder and (push or is_branch_named):
        raise click.UsageError("--folder goes without --branch and --push.")
    project = Path.cwd()
    with ending_on(publish.PublishError):
        told = edition_site.sound(project, known_edition(project, id_)).edition if id_ is not None else None
        if draft is not None:
            version = publish.draft(draft)
        else:
            version = publish.version_of(told) if told else publish.released(site.sound_reading(project))
        publish.check_sources(project, folder)
        if told:
            publish.check_address(project, told, folder)
        if folder:
            publish.check_folder(project, folder, version, id_)
        else:
            publish.check_branch(project, branch)
        with publish.built(project, version, told) as made:
            if folder:
                publish.to_folder(made, folder)
                click.echo(folder / version.name)
            else:
                publish.to_branch(made, project, branch, push=push)
                where = "here and at origin" if push else "on this computer; --push sends it"
                click.echo(f"{version.name} is on the branch {branch}, {where}.")
