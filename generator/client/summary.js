/**
 * The results as plain text, for an email: what the page says, in its order.
 */
import { say } from "#client/words.js";

/** @type {($element: Element | null | undefined) => string} */
const wordsOf = ($element) => $element?.textContent?.replace(/\s+/g, " ").trim() ?? "";

/** @type {($element: Element) => boolean} */
const isShown = ($element) => !$element.closest("[hidden]:not([data-step])");

/**
 * Put the results into words.
 *
 * @returns {string} Lines.
 */
export function summary() {
  const $results = /** @type {HTMLElement} */ (document.getElementById("results"));
  const first = [
    document.querySelector("#start h1"),
    $results.querySelector("[data-scope]"),
    $results.querySelector("[data-progress]"),
  ];
  const lines = first.map(wordsOf).filter(Boolean);
  for (const selector of ["[data-before]", "[data-findings]", "[data-after]"])
    for (const $block of [...$results.querySelectorAll(selector)].filter(($each) => isShown($each) && wordsOf($each))) {
      lines.push("", ...[...$block.querySelectorAll("h2, :not(li) > p")].map(wordsOf));
      lines.push(...[...$block.querySelectorAll("li")].filter(isShown).map(itemOf));
    }
  for (const $lens of [...$results.querySelectorAll("[data-lens]")].filter(($each) => !$each.closest("details"))) {
    lines.push("", wordsOf($lens.querySelector("h2, h3")).toUpperCase());
    lines.push(
      ...[...$lens.querySelectorAll("[data-message], [data-value], p[data-change]")].filter(isShown).map(wordsOf),
    );
    for (const $row of $lens.querySelectorAll("[data-dimension]")) lines.push(rowOf($row));
  }
  const $unsure = $results.querySelector("[data-unsure] > *");
  if ($unsure) lines.push("", wordsOf($unsure.querySelector("h2")), ...[...$unsure.querySelectorAll("li")].map(itemOf));
  lines.push("", say("There is no total score. These results are for a conversation."));
  return `${lines.join("\n")}\n`;
}

/** @type {($item: Element) => string} A name that stands on a line of its own has no colon on the page. */
function itemOf($item) {
  const $name = $item.closest("[data-findings]") && $item.querySelector("a");
  const words = wordsOf($item);
  return `- ${$name ? words.replace(wordsOf($name), `${wordsOf($name)}:`) : words}`;
}

/** @type {($row: Element) => string} */
function rowOf($row) {
  const [$name, $cell] = $row.children;
  const name = $name.firstChild?.textContent?.trim();
  return say("- {name}: {said}", {
    name: name ?? "",
    said: [...$cell.childNodes].map((each) => each.textContent).join("; "),
  });
}
