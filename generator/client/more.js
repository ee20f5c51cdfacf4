/**
 * More ways to take the results with you: words, a link, an earlier sheet beside this one, a card.
 *
 * @typedef {import("#client/panel.js").Panel} Panel
 */
import { openBeside } from "#client/beside.js";
import { printCard } from "#client/card.js";
import { encode } from "#client/code.js";
import { dressed, fetched } from "#client/fetched.js";
import { openCode } from "#client/opening.js";
import { fileOf } from "#client/sheet.js";
import { summary } from "#client/summary.js";
import { say } from "#client/words.js";

/** Letters, from which some programs cut an address. */
const LONG = 2000;

/**
 * Fill what was opened, once, and bring it up to date.
 *
 * @param {Panel} panel - Of the page.
 * @param {HTMLElement} $details - What was opened.
 */
export async function showMore(panel, $details) {
  const $body = /** @type {HTMLElement} */ ($details.querySelector("div"));
  if (!$body.firstChild) {
    const [html] = await Promise.all([fetched("more"), dressed()]);
    if (!html)
      return panel.tell(say("This has to be fetched, and there is no network. Try again once you are online."));
    $body.innerHTML ||= html;
    listen(panel, $body);
  }
  area($body, "#balcony-summary").value = summary();
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
    open: () => openCode(panel, area($body, "#balcony-code").value),
    card: () => printCard(panel),
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

/** @type {($area: HTMLTextAreaElement) => Promise<string>} */
async function copy($area) {
  $area.select();
  try {
    await navigator.clipboard.writeText($area.value);
    return say("Copied.");
  } catch {
    return say("Your browser does not let this page copy. The words are marked: copy them yourself.");
  }
}

/** @type {(panel: Panel, $body: HTMLElement) => Promise<string>} */
async function makeLink(panel, $body) {
  try {
    const code = await encode(fileOf(panel.desk.sheet()));
    const link = `${location.href.split("#")[0]}#sheet=${code}`;
    const isLong = link.length > LONG;
    area($body, "#balcony-link").value = link;
    /** @type {HTMLElement} */ ($body.querySelector("[data-link]")).hidden = false;
    /** @type {HTMLElement} */ ($body.querySelector("[data-long]")).textContent = isLong
      ? say(
          "This link has {count} letters, and some programs cut such a link. A file is safer: “Download my answers”.",
          {
            count: link.length,
          },
        )
      : "";
    return say("The link is made.");
  } catch {
    return say("Your browser cannot make a link. Use “Download my answers” instead.");
  }
}
