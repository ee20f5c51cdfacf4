/**
 * More ways to take the results with you: words, a link, a short code, an earlier sheet beside this one, a card.
 *
 * @typedef {import("#client/panel.js").Panel} Panel
 */
import { openBeside } from "#client/beside.js";
import { printCard } from "#client/card.js";
import { encode } from "#client/code.js";
import { copy } from "#client/controls.js";
import { dressed, fetched } from "#client/fetched.js";
import { openCode } from "#client/opening.js";
import { fileOf } from "#client/sheet.js";
import { shortCode } from "#client/short_code.js";
import { summary } from "#client/summary.js";
import { say } from "#client/words.js";

/** Letters, from which some programs cut an address. */
const LONG = 2000;

/**
 * Fill what was opened, once.
 *
 * @param {Panel} panel - Of the page.
 * @param {HTMLElement} $details - What was opened.
 */
export async function showMore(panel, $details) {
  const $body = /** @type {HTMLElement} */ ($details.querySelector("div"));
  if (!$body.firstChild) {
    const [html] = await Promise.all([fetched("more"), dressed()]);
    if (!html) return panel.offline();
    if ($body.firstChild) return;
    $body.innerHTML = html;
    listen(panel, $body);
    // Part of the results is fetched, and answers may change: the words follow what the page says.
    const renew = () => {
      area($body, "#balcony-summary").value = summary();
      if (area($body, "#balcony-short").value) makeShort(panel, $body);
    };
    new MutationObserver(renew).observe(/** @type {Node} */ ($details.closest("[data-step]")), {
      childList: true,
      subtree: true,
    });
    renew();
  }
}

/** @type {($body: HTMLElement, selector: string) => HTMLTextAreaElement} */
const area = ($body, selector) => /** @type {HTMLTextAreaElement} */ ($body.querySelector(selector));

/** @type {(panel: Panel, $body: HTMLElement) => void} */
function listen(panel, $body) {
  /** @type {Record<string, () => unknown>} What a button does; words that come of it stand beside the button. */
  const acts = {
    copy: () => copy(area($body, "#balcony-summary")),
    link: () => makeLink(panel, $body),
    "copy-link": () => copy(area($body, "#balcony-link")),
    short: () => makeShort(panel, $body),
    "copy-short": () => copy(area($body, "#balcony-short")),
    open: () => openCode(panel, area($body, "#balcony-code").value, area($body, "#balcony-code")),
    card: printCard,
  };
  for (const $button of /** @type {NodeListOf<HTMLElement>} */ ($body.querySelectorAll("[data-act]")))
    $button.onclick = async () => {
      const words = await acts[String($button.dataset.act)]();
      const $said = $button.parentElement?.querySelector("[role=status]");
      if ($said) $said.textContent = typeof words === "string" ? words : "";
    };
  const $earlier = /** @type {HTMLInputElement} */ ($body.querySelector("#balcony-earlier"));
  $earlier.onchange = () =>
    openBeside(panel, $earlier, /** @type {HTMLElement} */ ($body.querySelector("[data-beside]")));
}

/** @type {(panel: Panel, $body: HTMLElement) => Promise<string>} */
async function makeLink(panel, $body) {
  try {
    const code = await encode(fileOf(panel.desk.sheet()));
    // Nobody else has the address of a file on this device: there, the code alone is of use.
    const isFile = location.protocol === "file:";
    const link = isFile ? code : `${location.href.split("#")[0]}#sheet=${code}`;
    const long = say("This link has {count} letters, and some programs cut such a link. A file is safer.", {
      count: link.length,
    });
    const alone = say("This page is a file on your device, so here is a code: the other person pastes it below.");
    area($body, "#balcony-link").value = link;
    /** @type {HTMLElement} */ ($body.querySelector("[data-link]")).hidden = false;
    /** @type {HTMLElement} */ ($body.querySelector("[data-long]")).textContent = [
      isFile && alone,
      link.length > LONG && long,
    ]
      .filter(Boolean)
      .join(" ");
    return say("The link is made.");
  } catch {
    return say("Your browser cannot make a link. Use “Download my answers” instead.");
  }
}

/** @type {(panel: Panel, $body: HTMLElement) => string} */
function makeShort({ desk }, $body) {
  area($body, "#balcony-short").value = shortCode(desk.sheet(), desk.framework);
  /** @type {HTMLElement} */ ($body.querySelector("[data-short]")).hidden = false;
  return say("The code is made.");
}
