/**
 * The notice at the top of the page: what a person should know or mend before going on, with links to the places (GOV.UK's
 * error summary, METHOD 3.1).
 *
 * @typedef {{text: string, $at: HTMLElement}} Item - What to say, and what to focus for it.
 */
import { say } from "#client/words.js";

const $notice = /** @type {HTMLElement} */ (document.getElementById("balcony-notice"));

/**
 * Show a notice, and move the focus to it.
 *
 * @param {string} title - Its heading.
 * @param {string} lead - A sentence below it, or nothing.
 * @param {Item[]} items - Its links.
 * @param {boolean} isError - Whether something is wrong: then the page's title says so too.
 */
export function showNotice(title, lead, items, isError) {
  hideNotice();
  const [$title, $lead, $list] = /** @type {HTMLCollectionOf<HTMLElement>} */ ($notice.children);
  $title.textContent = title;
  $lead.textContent = lead;
  $lead.hidden = !lead;
  $list.replaceChildren(...items.map(linkTo));
  $notice.classList.toggle("error", isError);
  $notice.hidden = false;
  if (isError) document.title = say("Error: {title}", { title: document.title });
  $notice.focus();
  $notice.scrollIntoView();
}

/** Take the notice away. */
export function hideNotice() {
  $notice.hidden = true;
  document.title = document.title.replace(say("Error: {title}", { title: "" }), "");
}

/** @type {(item: Item) => HTMLElement} */
function linkTo({ text, $at }) {
  const $link = Object.assign(document.createElement("a"), { href: `#${$at.id}`, textContent: text });
  // The address stays: it says which step this is.
  $link.onclick = (event) => {
    event.preventDefault();
    $at.focus();
  };
  const $item = document.createElement("li");
  $item.append($link);
  return $item;
}
