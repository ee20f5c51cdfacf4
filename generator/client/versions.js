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

/** The folder of this language in its version, such as "cy/"; nothing for a version's first language. */
const within = /** @type {HTMLElement | null} */ (document.querySelector("[data-within]"))?.dataset.within ?? "";
/** The top of this version. */
const top = new URL(within ? "../../../" : "../../", import.meta.url);
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
    for (const $hidden of [$old, $old.closest("[data-md-component]")]) $hidden?.removeAttribute("hidden");
  }
  const items = () => element("ul", ...versions.map((each) => element("li", item(each, current, versions))));
  const $menu = /** @type {HTMLElement | null} */ (document.querySelector("[data-versions]"));
  if ($menu) {
    $menu.replaceChildren(element("details", element("summary", seeAll(current)), items()));
    $menu.hidden = false;
  }
  document.querySelector(".md-header__topic")?.append(themeMenu(current, items()));
}

/**
 * A menu as the theme has one: its styles open it under the pointer and with the focus. It closes with Escape.
 *
 * @param {Version} current
 * @param {HTMLUListElement} $list - Of the versions.
 * @returns {HTMLElement} The menu.
 */
function themeMenu(current, $list) {
  const $button = element("button", current.title);
  const $menu = element("div", $button, $list);
  $button.ariaLabel = seeAll(current);
  $menu.className = "md-version";
  $button.className = "md-version__current";
  $list.className = "md-version__list";
  for (const $item of $list.children) $item.className = "md-version__item";
  for (const $link of $list.querySelectorAll("a")) $link.className = "md-version__link";
  const open = () => $menu.classList.remove("closed");
  $menu.addEventListener("mouseleave", open);
  $menu.addEventListener("focusout", open);
  addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !$menu.matches(":hover, :focus-within")) return;
    if ($menu.matches(":focus-within")) $button.focus();
    $menu.classList.add("closed");
  });
  return $menu;
}

/** @type {(versions: Version[]) => Version | undefined} */
const latestOf = (versions) => versions.find(({ aliases }) => aliases.includes("latest"));

/** @type {(current: Version) => string} */
const seeAll = ({ title }) => say("Version {version}: see all versions", { version: title });

/** @type {(version: Version, current: Version, versions: Version[]) => HTMLAnchorElement} */
function item(version, current, versions) {
  const { title } = version;
  const $link = leading(
    version,
    version === latestOf(versions) ? say("{version} (latest)", { version: title }) : title,
  );
  if (version === current) $link.setAttribute("aria-current", "true");
  return $link;
}

/**
 * Lead to this page in another version, or to its first page where it has none such: in this language, if it speaks it.
 *
 * @param {Version} version
 * @param {string} words - Of the link.
 * @returns {HTMLAnchorElement} The link.
 */
function leading(version, words) {
  const $link = element("a", words);
  const there = [page, within].find((each) => version.properties?.pages?.includes(each)) ?? "";
  $link.href = new URL(`../${encodeURIComponent(version.version)}/${there}`, top).href;
  return $link;
}
