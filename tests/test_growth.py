"""What is made of a framework grows in proportion to it: counted, and never timed."""

from dataclasses import replace
from pathlib import Path

from generator import reading, site
from generator.model import Framework
from generator.pages import Pages

REAL = Path(__file__).parent.parent / "framework"


def map_with(times):
    """The map of the real framework with every lens in it several times."""
    read = reading.read(REAL)
    copies = [
        lens if not number else lens.model_copy(update={"id": f"{lens.id}-{number}"})
        for number in range(times)
        for lens in read.framework.lenses
    ]
    fields = {name: getattr(read.framework, name) for name in Framework.model_fields}
    many = Framework.model_construct(**{**fields, "lenses": tuple(copies)})
    return many, Pages(replace(read, framework=many)).map()


def test_a_map_of_many_lenses_has_a_place_for_each_reading_and_none_for_what_is_not_read():
    framework, shown = map_with(3)
    assert shown.count("data-lens=") == sum(map(len, framework.uses.values()))
    assert shown.count("<td") == len(framework.indicators)


def test_a_map_of_few_lenses_has_a_column_for_each():
    framework, shown = map_with(1)
    assert shown.count("<td") == len(framework.indicators) * len(framework.lenses)


def test_html_that_was_held_back_stands_in_its_page_once_the_site_is_finished(tmp_path):
    page = tmp_path / "index.html"
    page.write_text(f"<main>{site.held('<form>A</form>')}{site.held('<form>B</form>')}</main>", encoding="utf-8")
    site._put_in_place(tmp_path)
    assert page.read_text(encoding="utf-8") == "<main><form>A</form><form>B</form></main>"
