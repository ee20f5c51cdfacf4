"""Where the site engine meets the framework: the macros that the pages in content/ call.

Nothing else here or below knows MkDocs or Zensical, `site` aside. Under MkDocs, `on_post_build` finishes the site.
Zensical calls no such function: there, the site is finished when its process ends. And it runs this module anew for every
page, so that what is to be remembered from page to page is remembered by `site`.
"""

from __future__ import annotations

import re
from functools import wraps
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from mkdocs.exceptions import Abort

from generator import site
from generator.problems import ProblemsError, summary
from generator.rendering import linked_from

if TYPE_CHECKING:
    from collections.abc import Callable


def define_env(env: Any) -> None:
    """Offer the macros to the pages. Called by the macros plugin: once by MkDocs, for every page by Zensical.

    Raises:
        Abort: With every problem of the framework and of the pages' calls. MkDocs shows it without a traceback and,
            while it serves, tries again once a file has changed.
    """
    project = Path(getattr(env, "project_dir", "."))
    try:
        macros = site.page_macros(project, env.conf.get("repo_url"))
    except ProblemsError as error:
        raise Abort(f"{error}\n\n{summary(error.problems)}") from None
    for name, macro in macros.items():
        env.macro(_for_page(macro, env), name)
    if _is_zensical(env):
        site.finish_at_exit(Path(env.conf["site_dir"]).resolve(), project, env.conf.get("site_url"))


def on_post_build(env: Any) -> None:
    """Finish the site. Called by the macros plugin under MkDocs, `mkdocs build`, `mkdocs serve` and `mike` alike."""
    site.finish(Path(env.conf["site_dir"]), Path(env.project_dir), env.conf["site_url"])


APPLICATIONS = frozenset({"assessment", "team"})
"""Macros that make a whole page of controls, of which Markdown changes nothing and a search wants nothing."""


def _is_zensical(env: Any) -> bool:
    return not hasattr(env, "post_build_functions")


def _for_page(macro: Callable[..., str], env: Any) -> Callable[..., str]:
    """Make a macro's links relative to the page that calls it."""

    @wraps(macro)
    def called(*args: Any, **kwargs: Any) -> str:
        page = getattr(env, "page", None)
        html = linked_from(macro(*args, **kwargs), getattr(page, "url", "") or "")
        if macro.__name__ in APPLICATIONS:
            return site.held(html)
        return _linked_from_source(html, page) if _is_zensical(env) else html

    return called


_RELATIVE = re.compile(r'\b(href|src|action)="(?![a-z]+:|[/#?])(\.\./)?')


def _linked_from_source(html: str, page: Any) -> str:
    """Make links relative to the page's source, as Zensical takes them even in HTML, and not to its address.

    Where `assess/quick.md` becomes `assess/quick/`, Zensical puts `../` before every relative link.
    """
    source, address = PurePosixPath(page.path), PurePosixPath(page.url)
    if source.stem != address.name:  # an index: its source stands where its address leads
        return html
    return _RELATIVE.sub(lambda found: f'{found[1]}="{"" if found[2] else f"{address.name}/"}', html)
