/**
 * The versions of the site that are published beside this one: a menu of them, and a word to those who read an old one.
 *
 * Which versions there are, and which is the latest, stands in a file above all of them, so that a page knows of versions
 * that are newer than itself. Only pages of published versions ask for it; without a network they stay as they are.
 *
 * @typedef {object} Version - An entry of versions.json.
 * @property {string} version - The name of its folder.
 * @property {string} title
 * @property {string[]} aliases
 * @property {{draft?: boolean, pages?: string[]}} [properties] - Whether it is a draft, and the addresses of its pages.
 */
import { element } from "#client/elements.js";
import { say } from "#client/words.js";

/** The top of this version. */
const top = new URL("../../", import.meta.url);
const page = location.pathname.slice(top.pathname.length).replace(/index\.html$/, "");

fetch(new URL("../versions.json", top), { cache: "no-cache" })
  .then((response) => (response.ok ? response.json() : []))
  .then(show)
  .catch(() => {});

/** @param {Version[]} versions - The newest first. */
function show(versions) {
  const folder = decodeURIComponent(top.pathname.split("/").at(-2) ?? "");
  const current = versions.find(({ version }) => version === folder);
  if (!current) return;
  const latest = latestOf(versions);
  const $old = /** @type {HTMLElement | null} */ (document.querySelector("[data-old-version]"));
  if ($old && latest && latest !== current && !current.properties?.draft) {
    const words = say("This is version {version}. The latest is {latest}.", {
      version: current.title,
      latest: latest.title,
    });
    const $link = leading(latest, say("Go to version {version}", { version: latest.title }));
    $old.replaceChildren(element("p", element("strong", words), " ", $link));
    $old.hidden = false;
  }
  const $menu = /** @type {HTMLElement | null} */ (document.querySelector("[data-versions]"));
  if ($menu) {
    const $items = versions.map((each) => element("li", item(each, current, versions)));
    $menu.replaceChildren(element("details", element("summary", seeAll(current)), element("ul", ...$items)));
    $menu.hidden = false;
  }
  const $topic = document.querySelector(".md-header__topic");
  if ($topic) {
    // The theme asks for the same file, and puts its menu there at any time.
    const mend = () => mendMenu($topic.querySelector(".md-version"), versions, current);
    new MutationObserver(mend).observe($topic, { childList: true });
    mend();
  }
}

/**
 * What the theme's menu lacks: a name that holds what it shows, links to the same page, and a way to close it.
 *
 * @param {HTMLElement | null} $menu
 * @param {Version[]} versions
 * @param {Version} current
 */
function mendMenu($menu, versions, current) {
  const $button = $menu?.querySelector("button");
  if (!$menu || !$button) return;
  $button.setAttribute("aria-label", seeAll(current));
  for (const $link of $menu.querySelectorAll("a")) {
    const version = versions.find(({ version }) => $link.pathname.endsWith(`/${version}/`));
    if (version) $link.replaceWith(Object.assign(item(version, current, versions), { className: $link.className }));
  }
  const open = () => $menu.classList.remove("closed");
  $menu.addEventListener("mouseleave", open);
  $menu.addEventListener("focusout", open);
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !$menu.matches(":hover, :focus-within")) return;
    if ($menu.matches(":focus-within")) $button.focus();
    $menu.classList.add("closed");
  });
}

/** @type {(versions: Version[]) => Version | undefined} */
const latestOf = (versions) => versions.find(({ aliases }) => aliases.includes("latest"));

/** @type {(current: Version) => string} */
const seeAll = ({ title }) => say("Version {version}: see all versions", { version: title });

/** @type {(version: Version, current: Version, versions: Version[]) => HTMLAnchorElement} */
function item(version, current, versions) {
  const words = version === latestOf(versions) ? "{version} (latest)" : "{version}";
  const $link = leading(version, say(words, { version: version.title }));
  if (version === current) $link.setAttribute("aria-current", "true");
  return $link;
}

/**
 * Lead to this page in another version, or to its first page where it has none such.
 *
 * @param {Version} version
 * @param {string} words - Of the link.
 * @returns {HTMLAnchorElement} The link.
 */
function leading(version, words) {
  const $link = element("a", words);
  const isThere = version.properties?.pages?.includes(page);
  $link.href = new URL(`../${encodeURIComponent(version.version)}/${isThere ? page : ""}`, top).href;
  return $link;
}
