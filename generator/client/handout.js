/**
 * The team's view on a few sheets of paper: its questions in one table. The rest of the hand-out is what the page shows, set
 * closer together by team.css.
 *
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {import("#client/team_page.js").Team} Team
 */
import { sayCount } from "#client/counts.js";
import { element } from "#client/elements.js";
import { band, parse } from "#client/fraction.js";
import { say, sayDate } from "#client/words.js";

/** @type {Record<string, string>} In a word or two. */
const AGREEMENT = { close: say("close"), "some-spread": say("some spread"), wide: say("wide apart") };

/**
 * Write the table, and the day.
 *
 * @param {HTMLElement} $root - The step, with the view on it.
 * @param {Team} team - As it is now.
 */
export function showHandout($root, team) {
  const [$day, $table] = /** @type {HTMLElement[]} */ ([...$root.querySelectorAll("[data-day], [data-table]")]);
  $day.textContent = sayDate(Date.now(), "numeric");
  const { indicators } = team.view;
  const names = [say("Question"), say("On average"), say("From, to"), say("Agreement"), say("Could not say")];
  const sections = [...$root.querySelectorAll("[data-section]")].map(($section) => {
    const ids = [...$section.querySelectorAll("article")].map(({ dataset }) => String(dataset.indicator));
    const rows = ids.filter((id) => indicators[id]).map((id) => row(id, team));
    const $name = head($section.querySelector("h3")?.textContent ?? "", "rowgroup");
    $name.colSpan = names.length;
    return element("tbody", ...(rows.length ? [element("tr", $name)] : []), ...rows);
  });
  const $head = element("thead", element("tr", ...names.map((name) => head(name, "col"))));
  const hidden = Object.values(indicators).filter(({ visible }) => !visible).length;
  const forms = {
    one: "{count} question is not shown, because too few people gave a level.",
    other: "{count} questions are not shown, because too few people gave a level.",
  };
  $table.replaceChildren(
    element("table", $head, ...sections),
    ...(hidden ? [element("p", sayCount(hidden, forms))] : []),
  );
}

/** @type {(words: string, scope: string) => HTMLTableCellElement} */
const head = (words, scope) => Object.assign(element("th", words), { scope });

/** @type {(id: string, team: Team) => HTMLElement} */
function row(id, { view, framework, texts }) {
  const { levels } = framework;
  const cells = cellsOf(view.indicators[id], levels).map((words) => element("td", words));
  if (cells.length === 1) cells[0].colSpan = 4;
  return element("tr", head(texts.indicators[id].label, "row"), ...cells);
}

/** @type {(found: Fields, levels: string[]) => string[]} As `standing` says it; just one, where there is no number. */
function cellsOf(
  { visible, mean, shown, lowest, highest, agreement, far_apart_voice, not_sure, some_not_sure },
  levels,
) {
  if (!visible) return [say("Not shown: too few people")];
  const unsure = not_sure ? String(not_sure) : some_not_sure ? say("some") : "";
  if (!mean) return [[say("Nobody gave a level."), unsure && say("Could not say: {unsure}.", { unsure })].join(" ")];
  const [low, high] = [levels[lowest - 1], levels[highest - 1]];
  const near = [agreement && AGREEMENT[agreement], far_apart_voice && say("hear both")];
  return [
    `${shown} ${levels[band(parse(mean)) - 1]}`,
    lowest === highest ? low : say("{low} to {high}", { low, high }),
    near.filter(Boolean).join(", "),
    unsure,
  ];
}
