/**
 * The team view: what several sheets come to together, in the format `balcony-team/1` of DESIGN 5 (METHOD 2.9 to 2.11).
 *
 * Equal to `generator/team_view.py` to the last digit. There stands what is hidden in anonymous mode, and why.
 *
 * @typedef {import("#client/fraction.js").Fraction} Fraction
 * @typedef {import("#client/score.js").Answer} Answer
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {import("#client/score.js").Lens} Lens
 * @typedef {import("#client/score.js").Settings} Settings
 * @typedef {object} More What `browser_fields` of the twin says besides every setting.
 * @property {Record<string, string[]>} [formerly] - The ids that indicators had before.
 * @property {Record<string, Record<string, string>>} context - The answers to each context question, in words.
 *
 * @typedef {import("#client/score.js").Framework & {form: string} & More} Asked What the page's data and that say together.
 *
 * @typedef {object} Answered What is needed of a sheet, as `reading.js` gives it.
 * @property {string} perspective - `own` or `others`.
 * @property {Record<string, {answer: number | string, revision: number}>} answers
 * @property {Iterable<string>} warning_signs
 * @property {string} team
 * @property {Record<string, string>} context
 *
 * @typedef {object} Question The answers to one question.
 * @property {number[]} counts - People, from level 1 up.
 * @property {number} levels_given
 * @property {number} not_sure
 *
 * @typedef {object} Values People's own values in a dimension: a team's value is their mean.
 * @property {string[]} questions - Those that the form asks.
 * @property {Map<number, number>} sums - Of the levels of all who gave so many of them: a few whole numbers, however many people.
 * @property {number} people_scored
 * @property {number} not_applying - People to whom none of the questions applies.
 *
 * @typedef {object} Group Those who answer from the same place, added up, and what may not be shown of them.
 * @property {number} people
 * @property {number} minimum
 * @property {Map<string, Question>} questions
 * @property {Map<string, Values>[]} lenses - The dimensions of each, by id.
 * @property {Map<string, number>} ticked - Warning signs.
 * @property {Set<string>} hidden - The questions with levels that are not shown, so that no hidden number can be worked out.
 */
import { add, band, compare, divide, fraction, parse, shown, subtract, text } from "#client/fraction.js";
import { scoreDimension, scoreLens } from "#client/score.js";
import { parts, toldApart } from "#client/subgroups.js";
import { gapFinding, spreadOf, TOO_FEW } from "#client/team.js";
import { say } from "#client/words.js";

const HIDDEN = { visible: false, reason: TOO_FEW };

/**
 * Look at several sheets together.
 *
 * @param {Asked} framework - What was asked. A sheet of another form takes part with the questions that both ask.
 * @param {readonly Answered[]} sheets - The team's own, and others'.
 * @param {object} [how] - How to look.
 * @param {"anonymous" | "open"} [how.mode] - `open` shows everything, which all have agreed to beforehand.
 * @param {number} [how.minimum_group] - People, for anything about a group to be shown.
 * @param {{file: string, reason: string}[]} [how.set_aside] - The files that take no part.
 * @param {string} [how.by] - What its groups are told apart by: `team`, or a context question. Without it they are not.
 * @returns {Fields} The team view.
 * @throws {RangeError} When the framework does not allow the minimum group, with a sentence that says so.
 */
export function teamView(framework, sheets, { mode = "anonymous", minimum_group, set_aside = [], by } = {}) {
  const { id, version, form, settings } = framework;
  const minimum = mode === "open" ? 0 : allowed(minimum_group ?? Number(settings.minimum_group), settings);
  const [own, others] = ["own", "others"].map((from) =>
    group(
      framework,
      sheets.filter(({ perspective }) => perspective === from),
      minimum,
    ),
  );
  const counted = mode === "open" || own.people >= Number(settings.counted_group);
  const asked = [...own.questions.keys()];
  const indicators = Object.fromEntries(asked.map((each) => [each, questionFields(own, each, settings, counted)]));
  return {
    format: "balcony-team/1",
    framework: { id, version },
    form,
    mode,
    minimum_group: minimum || null,
    sheets: { own: own.people, others: others.people, set_aside },
    indicators,
    lenses: Object.fromEntries(
      framework.lenses.map((lens, at) => [lens.id, lensFields(lens, at, own, others, settings)]),
    ),
    warning_signs: Object.fromEntries(framework.warning_signs.map((sign) => [sign, signFields(own, sign, counted)])),
    discuss: toDiscuss(indicators),
    ...(by && { subgroups: subgroupsFields(framework, own, sheets.filter(isOwn), by) }),
  };
}

/** @type {(sheet: Answered) => boolean} */
const isOwn = ({ perspective }) => perspective === "own";

/** @type {(count: number, settings: Settings) => number} */
function allowed(count, settings) {
  const [low, high] = /** @type {number[]} */ (/** @type {unknown} */ (settings.minimum_group_allowed));
  if (Number.isInteger(count) && low <= count && count <= high) return count;
  throw new RangeError(
    say("The smallest group is {count}. It can be from {low} to {high} people.", { count, low, high }),
  );
}

// What a group's sheets add up to

/** @type {(framework: Asked, sheets: Answered[], minimum: number) => Group} */
function group(framework, sheets, minimum) {
  const { revisions, settings, top, lenses } = framework;
  const asked = Object.keys(revisions);
  /** @type {Group["questions"]} */
  const questions = new Map(asked.map((id) => [id, { counts: Array(top).fill(0), levels_given: 0, not_sure: 0 }]));
  /** @type {Group["lenses"]} */
  const values = lenses.map(
    ({ dimensions }) =>
      new Map(
        dimensions.map(({ id, indicators }) => [
          id,
          { questions: indicators, sums: new Map(), people_scored: 0, not_applying: 0 },
        ]),
      ),
  );
  const ticked = new Map();
  const dimensions = values.flatMap((each) => [...each.values()]);
  const reason = reasons(settings);
  for (const { answers, warning_signs } of sheets) {
    const given = new Map(asked.map((id) => [id, answerTo(framework, answers, id)]));
    for (const [id, question] of questions) addAnswer(question, given.get(id));
    for (const each of dimensions) addValue(each, given, reason);
    for (const sign of new Set(warning_signs)) count(ticked, sign, 1);
  }
  return {
    people: sheets.length,
    minimum,
    questions,
    lenses: values,
    ticked,
    hidden: hide(questions, dimensions, minimum),
  };
}

/** @type {<Key>(counts: Map<Key, number>, key: Key, more: number) => void} */
const count = (counts, key, more) => counts.set(key, (counts.get(key) ?? 0) + more);

/**
 * Only an answer to the question as it is asked here counts.
 *
 * @type {(framework: Asked, answers: Answered["answers"], id: string) => Answer}
 */
function answerTo({ revisions, formerly = {} }, answers, id) {
  const now = [id, ...(Object.hasOwn(formerly, id) ? formerly[id] : [])].find((each) => Object.hasOwn(answers, each));
  if (!now || answers[now].revision !== revisions[id]) return null;
  return /** @type {Answer} */ (answers[now].answer);
}

/** @type {(question: Question, answer: Answer) => void} */
function addAnswer(question, answer) {
  if (typeof answer === "number") {
    question.counts[answer - 1]++;
    question.levels_given++;
  } else if (answer === "not-sure") question.not_sure++;
}

/** @type {(values: Values, given: Map<string, Answer>, reason: ReturnType<typeof reasons>) => void} */
function addValue(values, given, reason) {
  let [levels, total, not_applicable] = [0, 0, 0];
  for (const id of values.questions) {
    const answer = given.get(id);
    if (typeof answer === "number") {
      levels++;
      total += answer;
    } else if (answer === "not-applicable") not_applicable++;
  }
  const why = reason(values.questions.length, levels, not_applicable);
  if (!why) {
    values.people_scored++;
    count(values.sums, levels, total);
  } else if (why === "nothing-applies") values.not_applying++;
}

/**
 * Why a person has no value in a dimension: it hangs on three small numbers, so that each case is looked at once.
 *
 * @type {(settings: Settings) => (questions: number, given: number, not_applicable: number) => string | null}
 */
function reasons(settings) {
  /** @type {Map<string, string | null>} */
  const found = new Map();
  return (questions, given, not_applicable) => {
    const key = `${questions} ${given} ${not_applicable}`;
    if (!found.has(key)) {
      const answers = Array(questions).fill(null).fill(1, 0, given);
      found.set(key, scoreDimension(answers.fill("not-applicable", given, given + not_applicable), settings, 1).reason);
    }
    return found.get(key) ?? null;
  };
}

/** @type {(questions: Group["questions"], dimensions: Values[], minimum: number) => Set<string>} */
function hide(questions, dimensions, minimum) {
  const given = (/** @type {string} */ id) => questions.get(id)?.levels_given ?? 0;
  const hidden = new Set([...questions.keys()].filter((id) => given(id) && given(id) < minimum));
  for (const { people_scored, questions: ids } of dimensions)
    if (people_scored && people_scored < minimum && !ids.some((id) => hidden.has(id)))
      hidden.add(ids.filter(given).reduce((a, b) => (given(b) < given(a) ? b : a)));
  return hidden;
}

/** @type {(group: Group, dimension: Values) => boolean} */
const shows = ({ minimum, hidden }, { people_scored, questions }) =>
  people_scored >= minimum && !questions.some((id) => hidden.has(id));

/** @type {(dimension: Values) => Fraction | null} */
function teamValue({ sums, people_scored }) {
  if (!people_scored) return null;
  let all = fraction(0);
  for (const [given, total] of sums) all = add(all, fraction(total, given));
  return divide(all, fraction(people_scored));
}

/** @type {(group: Group, dimension: Values) => import("#client/score.js").Scored} */
function scored({ people }, dimension) {
  const value = teamValue(dimension);
  const reason = people && people === dimension.not_applying ? "nothing-applies" : "nobody-scored";
  return { value, reason: value ? null : reason };
}

// What is shown of it

/** @type {(group: Group, id: string, settings: Settings, counted: boolean) => Fields} */
function questionFields({ people, minimum, questions, hidden }, id, settings, counted) {
  const { counts, levels_given, not_sure } = /** @type {Question} */ (questions.get(id));
  if (levels_given < minimum || hidden.has(id)) return HIDDEN;
  const fields = {
    visible: true,
    people,
    levels_given,
    ...(counted ? { not_sure, counts } : people - levels_given !== 1 && { some_not_sure: not_sure > 0 }),
  };
  if (!levels_given) return fields;
  const found = spreadOf(counts, settings);
  return {
    ...fields,
    mean: text(found.mean),
    shown: shown(found.mean),
    median: text(found.median),
    lowest: found.lowest,
    highest: found.highest,
    range: found.highest - found.lowest,
    ad_mean: text(found.ad_mean),
    agreement: found.agreement,
    far_apart_voice: found.far_apart_voice,
  };
}

/** @type {(lens: Lens, at: number, own: Group, others: Group, settings: Settings) => Fields} */
function lensFields(lens, at, own, others, settings) {
  const values = [...own.lenses[at]];
  const visible = values.every(([, each]) => shows(own, each));
  const found = () => Object.fromEntries(values.map(([id, each]) => [id, scored(own, each)]));
  const fields = values.map(([id, each]) => {
    const theirs = /** @type {Values} */ (others.lenses[at].get(id));
    const beside = others.people && { others: othersFields(own, each, others, theirs, settings) };
    return [id, { ...valueFields(own, each), ...beside }];
  });
  return {
    rule: lens.rule,
    ...(visible ? { visible, ...scoreLens(lens, found(), settings) } : HIDDEN),
    dimensions: Object.fromEntries(fields),
  };
}

/** @type {(own: Group, dimension: Values) => Fields} */
const valueFields = (own, dimension) => (shows(own, dimension) ? toldFields(own, dimension) : HIDDEN);

/** @type {(group: Group, dimension: Values) => Fields} */
function toldFields(group, dimension) {
  const { value, reason } = scored(group, dimension);
  const { people_scored } = dimension;
  if (!value) return { visible: true, people_scored, reason };
  return { visible: true, people_scored, value: text(value), shown: shown(value), band: band(value) };
}

/** @type {(own: Group, ours: Values, others: Group, theirs: Values, settings: Settings) => Fields} */
function othersFields(own, ours, others, theirs, settings) {
  if (!shows(own, ours) || !shows(others, theirs)) return HIDDEN;
  const [value, mean] = [teamValue(ours), teamValue(theirs)];
  const gap = value && mean && subtract(value, mean);
  return {
    visible: true,
    people_scored: theirs.people_scored,
    ...(mean && { others_mean: text(mean), others_shown: shown(mean) }),
    ...(gap && { gap: text(gap), gap_shown: shown(gap), finding: gapFinding(gap, settings) }),
  };
}

/** @type {(framework: Asked, own: Group, sheets: Answered[], by: string) => Fields} */
function subgroupsFields(framework, own, sheets, by) {
  const [shown, left] = parts(framework, by, sheets, own.minimum);
  const rest = group(framework, left, own.minimum);
  const groups = shown.map((each) => group(framework, each.sheets, own.minimum));
  const told = toldApart(own, groups, rest, (dimension) => shows(own, dimension));
  /** @type {(part: Group, at: number) => Fields} */
  const lensFields = (part, at) =>
    Object.fromEntries(
      [...own.lenses[at]].map(([id, each]) => [
        id,
        told.has(each) ? toldFields(part, /** @type {Values} */ (part.lenses[at].get(id))) : HIDDEN,
      ]),
    );
  return {
    by,
    groups: groups.map((part, number) => ({
      id: shown[number].id,
      name: shown[number].name,
      visible: true,
      people: part.people,
      lenses: Object.fromEntries(framework.lenses.map(({ id }, at) => [id, lensFields(part, at)])),
    })),
    hidden: rest.people > 0,
  };
}

/** @type {(own: Group, sign: string, counted: boolean) => Fields} */
function signFields({ people, minimum, ticked }, sign, counted) {
  if (people < minimum) return HIDDEN;
  const of = ticked.get(sign) ?? 0;
  return { visible: true, ...(counted ? { ticked: of } : { reached_minimum_group: of >= minimum }) };
}

/** @type {(indicators: Record<string, Fields>) => string[]} What to talk about first: far apart or wide, then most not sure, then lowest (METHOD 2.9). */
function toDiscuss(indicators) {
  const rows = Object.entries(indicators).map(([id, fields]) => ({
    id,
    answered: fields.visible && (fields.levels_given || fields.not_sure),
    close: fields.far_apart_voice || fields.agreement === "wide" ? 0 : 1,
    not_sure: Number(fields.not_sure ?? fields.some_not_sure ?? 0),
    mean: parse(fields.mean ?? 0),
  }));
  return rows
    .filter(({ answered }) => answered)
    .sort((a, b) => a.close - b.close || b.not_sure - a.not_sure || compare(a.mean, b.mean))
    .map(({ id }) => id);
}
