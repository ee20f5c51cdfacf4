/**
 * Parts of a team beside each other: who is in which, and what may be told of them (METHOD 2.10, complementary hiding).
 *
 * Equal to `generator/subgroups.py`. There stands what is hidden, and why.
 *
 * @typedef {import("#client/team_view.js").Answered} Answered
 * @typedef {import("#client/team_view.js").Asked} Asked
 * @typedef {import("#client/team_view.js").Group} Group
 * @typedef {import("#client/team_view.js").Values} Values
 * @typedef {{id: string, name: string, sheets: Answered[]}} Subgroup People whose sheets say the same.
 */
import { visibleSubgroups } from "#client/team.js";

/** The grouping by the team's name on the sheet; any other is the id of a context question. */
const TEAM = "team";
/** White space, as Python or browsers see it, and what has no shape at all. */
const SPACE = /[\s\p{Cc}\ufeff]+/gu;

/**
 * Cut a team.
 *
 * @param {Asked} framework - The framework that was answered.
 * @param {string} by - `team`, or the id of a context question.
 * @param {Answered[]} sheets - The team's own.
 * @param {number} minimum - People, for a group to be shown.
 * @returns {[Subgroup[], Answered[]]} The groups that may be shown, as the options stand or by name, and the sheets of all others.
 */
export function parts(framework, by, sheets, minimum) {
  const groups = by === TEAM ? byTeam(sheets) : byOption(framework, by, sheets);
  // Ids of equal length, which sort in the same way everywhere. Who says nothing is alone.
  const ids = groups.map((_, at) => String(at).padStart(9, "0"));
  const alone = sheets.length - groups.reduce((total, each) => total + each.sheets.length, 0);
  const sizes = Object.fromEntries([
    ...ids.map((id, at) => [id, groups[at].sheets.length]),
    ...Array.from({ length: alone }, (_, at) => [`alone ${at}`, 1]),
  ]);
  const visible = visibleSubgroups(sizes, minimum);
  const shown = groups.filter((_, at) => visible.includes(ids[at]));
  const among = new Set(shown.flatMap((each) => each.sheets));
  return [shown, sheets.filter((each) => !among.has(each))];
}

/** @type {(sheets: Answered[]) => Subgroup[]} */
function byTeam(sheets) {
  /** @type {Map<string, {names: Map<string, number>, sheets: Answered[]}>} */
  const said = new Map();
  for (const sheet of sheets) {
    const name = sheet.team.replace(SPACE, " ").replace(/^ | $/g, "").normalize("NFC");
    const id = name.toLowerCase();
    /** @type {{names: Map<string, number>, sheets: Answered[]}} */
    const group = said.get(id) ?? { names: new Map(), sheets: [] };
    if (name) said.set(id, group);
    group.names.set(name, (group.names.get(name) ?? 0) + 1);
    group.sheets.push(sheet);
  }
  return [...said.keys()].sort().map((id) => {
    const { names, sheets } = /** @type {{names: Map<string, number>, sheets: Answered[]}} */ (said.get(id));
    const [[name]] = [...names].sort(([, a], [, b]) => b - a);
    return { id, name, sheets };
  });
}

/** @type {(framework: Asked, by: string, sheets: Answered[]) => Subgroup[]} */
const byOption = ({ context }, by, sheets) =>
  Object.entries(context[by])
    .map(([id, name]) => ({
      id,
      name,
      sheets: sheets.filter((each) => Object.hasOwn(each.context, by) && each.context[by] === id),
    }))
    .filter((each) => each.sheets.length);

/**
 * Find the dimensions of which each shown group is told.
 *
 * @param {Group} whole - The team.
 * @param {Group[]} groups - Those that are shown.
 * @param {Group} rest - All others.
 * @param {(dimension: Values) => boolean} shows - Whether the whole shows a dimension.
 * @returns {Set<Values>} As the whole has them.
 */
export function toldApart(whole, groups, rest, shows) {
  const { minimum, questions, lenses } = whole;
  /** @type {(count: (group: Group) => number | undefined) => boolean} Whether each part of those that somebody counts in has the minimum. */
  const enough = (count) => {
    const left = Number(count(rest));
    return groups.every((each) => Number(count(each)) >= minimum) && (!left || left >= minimum);
  };
  const shown = lenses.flatMap((dimensions, lens) =>
    [...dimensions].filter(([, each]) => shows(each)).map(([id, each]) => ({ lens, id, each })),
  );
  const few = new Set(
    [...questions]
      .filter(([id, each]) => each.levels_given && !enough((group) => group.questions.get(id)?.levels_given))
      .map(([id]) => id),
  );
  const isTold = (/** @type {Values} */ each) => !each.questions.some((id) => few.has(id));
  const hide = (/** @type {Values} */ each) => {
    for (const id of each.questions) few.add(id);
  };
  for (const { lens, id, each } of shown) if (!enough((group) => group.lenses[lens].get(id)?.people_scored)) hide(each);
  for (let before = -1; before < few.size; ) {
    before = few.size;
    for (const { each } of shown) if (!isTold(each)) hide(each);
  }
  return new Set(shown.map(({ each }) => each).filter(isTold));
}
