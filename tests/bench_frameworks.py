"""Projects that are the real one, grown: its framework as files and its pages, so often over."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from itertools import cycle

from conftest import PROJECT

from generator import configuration, framework_yaml, reading, release
from generator.model import Framework

FOLDER = "framework"


def write_project(project, times, lens_times):
    """Write a whole project.

    Questions and lenses get copies with ids of their own; every copy of a lens reads copies of the questions that the
    lens reads, and every copy of a question is read. The release before it said one question in ten otherwise.

    Arguments:
        project: Where it goes.
        times: How often each question stands in it.
        lens_times: How often each lens stands in it; not more often than the questions.
    """
    real = reading.read(PROJECT / FOLDER)
    documents = [made for each in real.documents for made in _grown(each, times, lens_times)]
    framework_yaml.write(documents, project / FOLDER)
    _write_release(project / FOLDER)
    shutil.copytree(PROJECT / "content", project / "content")
    (project / "generator").symlink_to(PROJECT / "generator")
    lenses = [each.id for each in real.framework.lenses]
    settings = configuration.read((PROJECT / "mkdocs.yml").read_text("utf-8"))
    for id_ in lenses:
        page = project / "content" / "framework" / f"{id_}.md"
        for name in _copies(id_, lens_times)[1:]:
            page.with_stem(name).write_text(
                page.read_text("utf-8").replace(f'lens("{id_}")', f'lens("{name}")'), "utf-8"
            )
    settings["nav"] = list(_nav(settings["nav"], {f"{FOLDER}/{id_}.md" for id_ in lenses}, lens_times))
    (project / "mkdocs.yml").write_text(configuration.written(settings), "utf-8")


def _copies(id_, times):
    return [id_, *(f"{id_}-{number}" for number in range(2, times + 1))]


def _grown(document, times, lens_times):
    """What becomes of a file: of a lens, several files."""
    name, data = document.file.partition(f"{FOLDER}/")[2], document.data
    match document.kind:
        case "framework":
            lenses = tuple(copy for id_ in data["lenses"] for copy in _copies(id_, lens_times))
            yield replace(document, file=name, data={**data, "lenses": lenses})
        case "section":
            copies = ((each, id_) for each in data["indicators"] for id_ in _copies(each["id"], times))
            indicators = tuple(each if id_ == each["id"] else _renamed(_afresh(each), id_) for each, id_ in copies)
            yield replace(document, file=name, data={**data, "indicators": indicators})
        case "lens":
            for number, id_ in enumerate(_copies(data["id"], lens_times)):
                title = data["name"] if not number else f"{data['name']} {number + 1}"
                dimensions = tuple(_reading(each, number, times, lens_times) for each in data["dimensions"])
                yield replace(
                    document,
                    file=f"lenses/{id_}.yml",
                    data={**data, "id": id_, "name": title, "dimensions": dimensions},
                )
        case _:
            yield replace(document, file=name)


def _afresh(value):
    """The same again: what stands in two places, YAML would write once."""
    match value:
        case dict():
            return {key: _afresh(each) for key, each in value.items()}
        case tuple():
            return tuple(map(_afresh, value))
        case _:
            return value


def _renamed(indicator, id_):
    return {key: value for key, value in {**indicator, "id": id_}.items() if key != "formerly"}


def _reading(dimension, number, times, lens_times):
    """A dimension that reads what the copy of a lens with this number reads: with as many lenses as questions, one of each."""
    read = (id_ for each in dimension["indicators"] for id_ in _copies(each, times)[number::lens_times])
    return {**dimension, "indicators": tuple(read)}


def _nav(entries, pages, times):
    """The navigation, with the copies of some pages behind each of them."""
    for entry in entries:
        if isinstance(entry, dict):
            yield {
                label: list(_nav(inside, pages, times)) if isinstance(inside, list) else inside
                for label, inside in entry.items()
            }
        elif entry in pages:
            yield from (f"{id_}.md" for id_ in _copies(entry.removesuffix(".md"), times))
        else:
            yield entry


def _write_release(folder):
    """The release before the framework as it is: in it, one question in ten said something otherwise."""
    found = reading.framework(folder)
    sign = cycle(range(10))

    def earlier(section):
        indicators = (
            each if next(sign) else each.model_copy(update={"why": f"{each.why} So it was said before."})
            for each in section.indicators
        )
        return section.model_copy(update={"indicators": tuple(indicators)})

    fields = {name: getattr(found, name) for name in Framework.model_fields}
    before = Framework.model_construct(**{**fields, "sections": tuple(map(earlier, found.sections))})
    (folder / release.FOLDER).mkdir()
    (folder / release.FOLDER / f"{found.version}.json").write_text(release.frozen(before, date(2026, 11, 22)), "utf-8")


def grown(framework, times):
    """The framework with every question in it several times, under ids of their own and in the same dimensions."""

    def more(section):
        indicators = (
            each.model_copy(update={"id": id_}) for each in section.indicators for id_ in _copies(each.id, times)
        )
        return section.model_copy(update={"indicators": tuple(indicators)})

    def wider(lens):
        dimensions = (
            part.model_copy(
                update={"indicators": tuple(copy for id_ in part.indicators for copy in _copies(id_, times))}
            )
            for part in lens.dimensions
        )
        return lens.model_copy(update={"dimensions": tuple(dimensions)})

    fields = {name: getattr(framework, name) for name in Framework.model_fields}
    grown_ = {"sections": tuple(map(more, framework.sections)), "lenses": tuple(map(wider, framework.lenses))}
    return Framework.model_construct(**{**fields, **grown_})
