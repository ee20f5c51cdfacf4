/**
 * What the theme's pages do in a browser: what their menus lack for people who use a keyboard, or speak, and what shows
 * readers where they are. The theme's own script would do the latter too. But with what its search knows it weighs several
 * times as much as a page, and keeps a phone busy: it is fetched once somebody turns to the search.
 */

const drawer = /** @type {HTMLInputElement | null} */ (document.querySelector("#__drawer"));
const $search = /** @type {HTMLInputElement | null} */ (document.querySelector("#__search"));
const $tabs = /** @type {HTMLElement | null} */ (document.querySelector(".md-tabs"));
const $top = /** @type {HTMLElement | null} */ (document.querySelector(".md-top"));
const $headline = document.querySelector(".md-content h1");

/** Ends what the theme's own script does as well, once that is there. */
const own = new AbortController();
/** @type {(() => void) | undefined} What was pressed before the search was there. */
let pressed;
/** What was typed since, where there was no field yet to take it. */
let typed = "";
let lastScroll = 0; // asking now would have all of the page laid out

addEventListener("keydown", handleKey, { capture: true });
addEventListener("focusin", closeDrawerBehind);
for (const type of ["pointerover", "focusin", "click", "change"]) {
  addEventListener(type, turnToSearch, { signal: own.signal });
}
addEventListener("scroll", showPlace, { passive: true, signal: own.signal });
$top?.addEventListener("click", goToTop, { signal: own.signal });
matchMedia("print").addEventListener("change", openForPaper, { signal: own.signal });
showPage();
watchCode();
// The words that a search found are marked on the page to which it led.
if (new URLSearchParams(location.search).has("h")) fetchSearch();

/** @param {KeyboardEvent} event */
function handleKey(event) {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return;
  // The theme makes a shortcut of single letters. Somebody who speaks to the device says many.
  if (event.key.length === 1 && !target.matches(":read-write")) {
    event.stopImmediatePropagation();
    if (pressed && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault(); // a space would press the button again
      typed += event.key;
    }
  }
  if (event.key === "Enter" && target.matches(".md-nav__toggle, #__drawer"))
    /** @type {HTMLElement} */ (target).click();
  if (event.key === "Escape" && drawer?.checked) {
    drawer.checked = false;
    drawer.focus();
  }
}

/**
 * Close the menu of small screens once the focus has left it: it lies over what comes after.
 *
 * @param {FocusEvent} event
 */
function closeDrawerBehind(event) {
  const target = /** @type {Element} */ (event.target);
  if (drawer?.checked && target !== drawer && !target.closest(".md-sidebar--primary")) drawer.checked = false;
}

/**
 * Fetch the search once somebody points at it, comes to it or opens it.
 *
 * @param {Event} event
 */
function turnToSearch({ target, type }) {
  if (!(target instanceof HTMLElement) || !target.closest(".md-search, #__search, [for=__search]")) return;
  if (target === $search && $search.checked) {
    /** @type {HTMLElement | null} */ (document.querySelector(".md-search__input"))?.focus();
    pressed = () => {
      pressed = undefined;
      $search.dispatchEvent(new Event("change"));
    };
  }
  if (type === "click" && target.matches("button")) {
    pressed = () => {
      target.blur(); // what opens takes the focus only from nothing
      addEventListener("focusin", giveTyped, { once: true });
      target.click();
    };
  }
  fetchSearch();
}

/** Give what was typed to the field that has the focus now. It may stand where no script of ours can look. */
function giveTyped() {
  pressed = undefined;
  if (typed) document.execCommand("insertText", false, typed);
  typed = "";
}

/** Run the theme's own script, which holds the search. */
function fetchSearch() {
  const $template = /** @type {HTMLTemplateElement | null} */ (document.querySelector("#balcony-search"));
  const $script = $template?.content.querySelector("script");
  $script?.addEventListener("error", () => {
    pressed = undefined; // without a network, keys do what they always do
  });
  $script?.addEventListener("load", () => {
    own.abort();
    // It begins at the end of a page, and would wait for that.
    document.dispatchEvent(new Event("DOMContentLoaded"));
    pressed?.();
  });
  $template?.replaceWith($template.content);
}

/** Show what the page is called in the header, which part of it is read in its contents, and the way back to the top. */
function showPlace() {
  const edge = document.querySelector(".md-header")?.getBoundingClientRect().bottom ?? 0;
  const isBelow = ($headline?.getBoundingClientRect().bottom ?? edge) < edge;
  document.querySelector(".md-header__title")?.classList.toggle("md-header__title--active", isBelow);
  if ($tabs) $tabs.hidden = scrollY >= 10; // they go below the header
  if ($top) $top.hidden = scrollY >= lastScroll || scrollY < innerHeight;
  lastScroll = scrollY;
  if (matchMedia("(min-width: 60em)").matches) showPart(edge);
}

/** @param {number} edge Where the header ends. */
function showPart(edge) {
  const found = document.querySelectorAll(".md-sidebar--secondary a.md-nav__link");
  const $links = /** @type {HTMLAnchorElement[]} */ ([...found]);
  const $passed = $links.filter(({ hash }) => {
    const $part = document.getElementById(decodeURIComponent(hash.slice(1)));
    return $part && $part.getBoundingClientRect().top < edge + 40;
  });
  const $here = $passed.at(-1);
  for (const $link of $links) {
    $link.classList.toggle("md-nav__link--passed", $passed.includes($link));
    $link.classList.toggle("md-nav__link--active", $link === $here);
  }
  if ($here) bringIntoSight($here);
}

/** Bring the page into sight in a long menu beside it. */
function showPage() {
  if (!matchMedia("(min-width: 76.25em)").matches) return;
  const $links = [...document.querySelectorAll(".md-sidebar--primary .md-nav__link--active")];
  const $here = $links.filter(({ clientHeight }) => clientHeight).at(-1);
  if ($here) bringIntoSight(/** @type {HTMLElement} */ ($here));
}

/** @param {HTMLElement} $link In a menu that may scroll. */
function bringIntoSight($link) {
  const $menu = /** @type {HTMLElement | null} */ ($link.closest(".md-sidebar__scrollwrap"));
  if ($menu && $menu.scrollHeight > $menu.clientHeight) {
    $menu.scrollTop = $link.offsetTop - $menu.offsetTop - $menu.clientHeight / 2;
  }
}

/** @param {Event} event */
function goToTop(event) {
  event.preventDefault();
  scrollTo({ top: 0 });
}

/** @param {MediaQueryListEvent} event Paper comes, or is gone. */
function openForPaper({ matches }) {
  for (const $details of document.querySelectorAll("details")) {
    if (matches ? !$details.open : "opened" in $details.dataset) {
      $details.open = matches;
      $details.toggleAttribute("data-opened", matches);
    }
  }
}

/** Let the keyboard scroll code that is too wide for its box. */
function watchCode() {
  const sizes = new ResizeObserver((all) => {
    for (const { target } of all) {
      if (target.scrollWidth > target.clientWidth) target.setAttribute("tabindex", "0");
      else target.removeAttribute("tabindex");
    }
  });
  for (const $code of document.querySelectorAll("pre > code")) sizes.observe($code);
}
