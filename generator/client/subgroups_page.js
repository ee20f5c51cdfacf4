/**
 * Parts of the team on the page: each lens as a table, the whole team first, then each part that may be shown.
 *
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {import("#client/team_page.js").Team} Team
 */
import { sayCount } from "#client/counts.js";
import { element, text } from "#client/elements.js";
import { cell } from "#client/seeing.js";
import { listed, say } from "#client/words.js";

/**
 * Show the parts, or nothing where none are compared.
 *
 * @param {HTMLElement} $root - Where they stand.
 * @param {Team} team - As it is now.
 */
export function showSubgroups($root, team) {
  const { framework, view } = team;
  const { groups = [], hidden } = view.subgroups ?? {};
  const { headline_lenses } = /** @type {Fields} */ (framework);
  const ids = groups.length ? framework.lenses.map(({ id }) => id) : [];
  const tables = (/** @type {boolean} */ isHeadline) =>
    ids.filter((id) => headline_lenses.includes(id) === isHeadline).flatMap((id) => lens(id, team));
  const $others = /** @type {HTMLElement} */ ($root.querySelector("details"));
  /** @type {HTMLElement} */ ($root.querySelector("[data-cuts]")).replaceChildren(...tables(true));
  $others.replaceChildren(/** @type {Element} */ ($others.firstElementChild), ...tables(false));
  $others.hidden = $others.childElementCount < 2;
  const words = [
    groups.length
      ? say("Beside the whole team: {names}.", { names: listed(groups.map((/** @type {Fields} */ { name }) => name)) })
      : say("No part can be shown: too few people name the same one."),
    groups.length && hidden
      ? say("Some people are in none of these: they are too few to be shown, or do not say.")
      : "",
    groups.length && view.mode !== "open"
      ? say("Where a part could tell of too few people, nothing is shown of any part.")
      : "",
  ];
  text($root, "[role=status]", view.subgroups ? words.filter(Boolean).join(" ") : "");
}

/** @type {(id: string, team: Team) => Node[]} */
function lens(id, { framework, view, texts }) {
  const { groups } = view.subgroups;
  const { name } = texts.lenses[id];
  const people = (/** @type {Fields} */ group) =>
    sayCount(group.people, { one: "{name}, {count} person", other: "{name}, {count} people" }, { name: group.name });
  const columns = [say("Part"), say("The whole team"), ...groups.map(people)];
  const rows = /** @type {import("#client/seeing.js").Asked["lenses"][0]} */ (
    framework.lenses.find((each) => each.id === id)
  ).dimensions.map((part) => {
    const { others, ...whole } = view.lenses[id].dimensions[part.id];
    const cells = [whole, ...groups.map((/** @type {Fields} */ group) => group.lenses[id][part.id])];
    return element(
      "tr",
      head(String(part.name), "row"),
      ...cells.map((found) => element("td", ...cell(found, framework.levels))),
    );
  });
  const $head = element("thead", element("tr", ...columns.map((each) => head(each, "col"))));
  const $box = element("div", element("table", $head, element("tbody", ...rows)));
  $box.dataset.cut = id;
  $box.tabIndex = 0;
  $box.setAttribute("role", "group");
  $box.setAttribute("aria-label", say("{name}: parts of the team", { name }));
  return [element("h3", name), $box];
}

/** @type {(words: string, scope: string) => HTMLTableCellElement} */
const head = (words, scope) => Object.assign(element("th", words), { scope });
