/**
 * Scoring one sheet, equal to `generator/score.py` to the last digit. Knows no page and no storage.
 *
 * Thresholds come from the framework's settings; METHOD 5 gives the formulas and 57 worked cases.
 *
 * @typedef {import("#client/fraction.js").Fraction} Fraction
 * @typedef {number | "not-sure" | "not-applicable" | null | undefined} Answer
 * @typedef {Record<string, number | string>} Settings
 * @typedef {{id: string, indicators: string[], essential?: boolean, name?: string, is_part?: true}} Part A dimension, with the
 *   indicators that the form asks; `is_part` where that is not all of them.
 * @typedef {{id: string, rule: string, dimensions: Part[]}} Lens
 * @typedef {object} Framework What scoring needs of a framework; the page's data has it.
 * @property {string} id
 * @property {string} version
 * @property {number} top - The highest level.
 * @property {Settings} settings
 * @property {Record<string, number>} revisions - The indicators of the form, each with its revision.
 * @property {Lens[]} lenses - Those that the form reports.
 * @property {string[]} warning_signs
 *
 * @typedef {object} DimensionScore
 * @property {number[]} levels - The levels given.
 * @property {number} questions
 * @property {number} not_sure
 * @property {number} not_applicable
 * @property {number} blank
 * @property {number} applicable
 * @property {Fraction | null} share - Levels given out of the questions that apply.
 * @property {Fraction | null} value - The mean; null where there is no score.
 * @property {string | null} reason - Why there is none.
 * @property {[Fraction, Fraction] | null} could_be - What answers still missing could make of it.
 *
 * @typedef {Pick<DimensionScore, "value" | "reason">} Scored What a rule needs of a dimension.
 * @typedef {Record<string, Scored>} Dimensions By id, in order.
 * @typedef {Record<string, any>} Fields Part of a result as JSON.
 */
import { band, compare, fraction, highest, lowest, mean, parse, shown, subtract, text } from "#client/fraction.js";

/**
 * Score one dimension (METHOD 2.4 and 2.5).
 *
 * @param {readonly Answer[]} answers - One for each of its questions in the form.
 * @param {Settings} settings - The framework's thresholds.
 * @param {number} top - The highest level.
 * @returns {DimensionScore} What the answers come to.
 */
export function scoreDimension(answers, settings, top) {
  const levels = answers.filter((answer) => typeof answer === "number");
  const count = (/** @type {Answer} */ answer) => answers.filter((each) => (each ?? null) === answer).length;
  const applicable = answers.length - count("not-applicable");
  const total = levels.reduce((a, b) => a + b, 0);
  const share = applicable ? fraction(levels.length, applicable) : null;
  const reason = reasonForNoScore(answers.length, levels.length, share, settings);
  const missing = applicable - levels.length;
  return {
    levels,
    questions: answers.length,
    not_sure: count("not-sure"),
    not_applicable: count("not-applicable"),
    blank: count(null),
    applicable,
    share,
    value: reason ? null : fraction(total, levels.length),
    reason,
    could_be:
      missing && !reason ? [fraction(total + missing, applicable), fraction(total + missing * top, applicable)] : null,
  };
}

/** @type {(questions: number, given: number, share: Fraction | null, settings: Settings) => string | null} */
function reasonForNoScore(questions, given, share, settings) {
  if (!share) return "nothing-applies";
  if (given < Math.min(Number(settings.minimum_answered_count), questions)) return "fewer-than-minimum-count";
  return compare(share, parse(settings.minimum_answered_share)) < 0 ? "below-minimum-share" : null;
}

/**
 * Write a dimension as the result of DESIGN 5 has it.
 *
 * @param {DimensionScore} score - The dimension.
 * @returns {Fields} Ready for JSON.
 */
export function dimensionFields(score) {
  const counts = { levels_given: score.levels.length, applicable: score.applicable };
  if (!score.value) return { scored: false, reason: score.reason, ...counts };
  const [from, to] = score.could_be ?? [];
  return {
    scored: true,
    ...number(score.value),
    lowest: Math.min(...score.levels),
    highest: Math.max(...score.levels),
    ...(from && to && { could_be_from: text(from), could_be_to: text(to) }),
    ...counts,
  };
}

/**
 * Combine the dimensions of a lens by its rule.
 *
 * @param {Lens} lens - The lens.
 * @param {Dimensions} dimensions - Its dimensions' scores.
 * @param {Settings} settings - The framework's thresholds.
 * @returns {Fields} The state and the other fields that the rule gives.
 */
export function scoreLens(lens, dimensions, settings) {
  return RULES[lens.rule](dimensions, settings, lens.dimensions);
}

/**
 * Score one sheet.
 *
 * @param {Framework} framework - What was asked.
 * @param {{form: string, answers: Record<string, Answer>, warning_signs?: readonly string[]}} sheet - What was answered.
 * @returns {Fields} The result, in the format `balcony-result/1` of DESIGN 5.
 */
export function score(framework, { form, answers, warning_signs = [] }) {
  const { id, version, settings } = framework;
  const asked = Object.keys(framework.revisions);
  const ticked = framework.warning_signs.filter((sign) => warning_signs.includes(sign)).length;
  return {
    format: "balcony-result/1",
    framework: { id, version },
    form,
    progress: { answered: asked.filter((each) => answerTo(answers, each) != null).length, of: asked.length },
    lenses: Object.fromEntries(framework.lenses.map((lens) => [lens.id, lensFields(framework, lens, answers)])),
    warning_signs: { ticked, of: framework.warning_signs.length, band: warningSignBand(ticked, settings) },
  };
}

/**
 * An id may be a word that every object knows, such as `constructor`: only own answers count.
 *
 * @type {(answers: Record<string, Answer>, id: string) => Answer}
 */
const answerTo = (answers, id) => (Object.hasOwn(answers, id) ? answers[id] : null);

/** @type {(framework: Framework, lens: Lens, answers: Record<string, Answer>) => Fields} */
function lensFields({ revisions, settings, top }, lens, answers) {
  const scores = lens.dimensions.map(({ id, indicators }) => {
    const given = indicators.filter((each) => Object.hasOwn(revisions, each)).map((each) => answerTo(answers, each));
    return /** @type {const} */ ([id, scoreDimension(given, settings, top)]);
  });
  return {
    rule: lens.rule,
    ...scoreLens(lens, Object.fromEntries(scores), settings),
    dimensions: Object.fromEntries(scores.map(([id, each]) => [id, dimensionFields(each)])),
  };
}

/**
 * Say whether few, some or many warning signs are ticked (METHOD 4.5).
 *
 * @param {number} ticked - How many.
 * @param {Settings} settings - The framework's thresholds.
 * @returns {string} `few`, `some` or `many`.
 */
export function warningSignBand(ticked, settings) {
  if (ticked >= Number(settings.warning_signs_many)) return "many";
  return ticked >= Number(settings.warning_signs_some) ? "some" : "few";
}

/** @typedef {[string, Fraction][]} Values The dimensions that have a value. */

/** @type {(dimensions: Dimensions) => Values} */
const valuesOf = (dimensions) => Object.entries(dimensions).flatMap(([id, { value }]) => (value ? [[id, value]] : []));

/** @type {(dimensions: Dimensions) => string[]} */
const missingOf = (dimensions) => Object.keys(dimensions).filter((id) => !dimensions[id].value);

/** @type {(values: Values, test: (value: Fraction) => boolean) => string[]} */
const idsWhere = (values, test) => values.filter(([, value]) => test(value)).map(([id]) => id);

/** @type {(value: Fraction, limit: number | string | Fraction) => boolean} */
const atLeast = (value, limit) => compare(value, typeof limit === "object" ? limit : parse(limit)) >= 0;

/** @type {(value: Fraction) => Fields} */
const number = (value) => ({ value: text(value), shown: shown(value), band: band(value) });

/** @type {(values: Values) => {low: Fraction, high: Fraction, gap: Fraction, lowest: string[], highest: string[]}} */
function endsOf(values) {
  const only = values.map(([, value]) => value);
  const [low, high] = [lowest(only), highest(only)];
  const at = (/** @type {Fraction} */ end) => idsWhere(values, (value) => compare(value, end) === 0);
  return { low, high, gap: subtract(high, low), lowest: at(low), highest: at(high) };
}

/**
 * Find the dimensions with the lowest and with the highest value.
 *
 * @param {Dimensions} dimensions - Their scores.
 * @returns {{lowest: string[], highest: string[]}} Ids; none where nothing has a value.
 */
export function extremes(dimensions) {
  const values = valuesOf(dimensions);
  return values.length ? endsOf(values) : { lowest: [], highest: [] };
}

/**
 * What alignment and balance share: the lowest dimension sets the value, and the gap is named, never averaged away.
 *
 * @type {(dimensions: Dimensions, gapFrom: number | string, levelFrom: number | string, states: [string, string, string]) => Fields}
 */
function weakest(dimensions, gapFrom, levelFrom, [apart, together, early]) {
  const missing = missingOf(dimensions);
  if (missing.length) return { state: "not-enough-answers", missing };
  const ends = endsOf(valuesOf(dimensions));
  const state = atLeast(ends.gap, gapFrom) ? apart : atLeast(ends.low, levelFrom) ? together : early;
  return { state, ...number(ends.low), gap: text(ends.gap), lowest: ends.lowest, highest: ends.highest };
}

/** @type {Record<string, (dimensions: Dimensions, settings: Settings, parts: Part[]) => Fields>} */
const RULES = {
  /** Progress only when all are in line (Moore, METHOD 4.4). */
  alignment: (dimensions, { alignment_gap, alignment_level }) =>
    weakest(dimensions, alignment_gap, alignment_level, ["out-of-line", "aligned", "in-step-but-early"]),

  /** Two held in tension (Heifetz and Linsky; Munro, METHOD 4.4). */
  balance(dimensions, { balance_gap, balance_level }) {
    const fields = weakest(dimensions, balance_gap, balance_level, ["leaning", "balanced", "both-early"]);
    return fields.state === "leaning" ? { ...fields, leans_to: fields.highest } : fields;
  },

  /** Strength may make up for weakness, down to a floor (implementation science, METHOD 4.4). */
  compensatory(dimensions, settings) {
    const missing = missingOf(dimensions);
    if (missing.length) return { state: "not-enough-answers", missing };
    const values = valuesOf(dimensions);
    const ends = endsOf(values);
    const apart = atLeast(ends.gap, settings.carrying_gap);
    const held_back = idsWhere(values, (value) => !atLeast(value, settings.compensatory_floor));
    /** @type {Fields} */
    const fields = {
      state: held_back.length ? "held-back" : apart ? "compensating" : "even",
      ...number(mean(values.map(([, value]) => value))),
      gap: text(ends.gap),
      held_back,
      carrying: apart ? ends.highest : [],
      carried: apart ? ends.lowest : [],
    };
    const cap = Number(settings.compensatory_cap);
    return held_back.length && fields.band > cap ? { ...fields, band: cap, capped_from: fields.band } : fields;
  },

  /** All of them, always; one cannot pay for another (six ways, Kahane, collective impact, METHOD 4.4). */
  coverage(dimensions, settings) {
    const values = valuesOf(dimensions);
    const attended = idsWhere(values, (value) => atLeast(value, settings.coverage_level));
    const not_attended = idsWhere(values, (value) => !atLeast(value, settings.coverage_level));
    const ids = Object.keys(dimensions);
    const not_applicable = ids.filter((id) => dimensions[id].reason === "nothing-applies");
    const unknown = missingOf(dimensions).filter((id) => !not_applicable.includes(id));
    const of = ids.length - not_applicable.length;
    const applies = atLeast(fraction(of, ids.length), settings.minimum_applicable_share);
    const reached = not_attended.length ? "gaps" : unknown.length ? "unknown-remain" : "all";
    return {
      state: applies ? reached : "lens-does-not-apply",
      count: attended.length,
      of,
      could_be_to: attended.length + unknown.length,
      attended,
      not_attended,
      unknown,
      not_applicable,
    };
  },

  /** A list without a rule of its own: nothing is added up (seven messages and others, METHOD 4.4). */
  profile(dimensions, settings, parts) {
    const values = valuesOf(dimensions);
    if (!values.length) return { state: "not-enough-answers", missing: Object.keys(dimensions) };
    const bands = values.map(([, value]) => band(value));
    const at = (/** @type {number} */ end) => idsWhere(values, (value) => band(value) === end);
    return {
      state: essentialLow(dimensions, settings, parts).length ? "essential-low" : "profile",
      typical_band: medianLow(bands),
      lowest: at(Math.min(...bands)),
      highest: at(Math.max(...bands)),
    };
  },
};

/**
 * Find the dimensions marked essential that are below the level they need.
 *
 * @param {Dimensions} dimensions - Their scores.
 * @param {Settings} settings - The framework's thresholds.
 * @param {Part[]} parts - What the lens says of its dimensions.
 * @returns {string[]} Their ids.
 */
export function essentialLow(dimensions, settings, parts) {
  const low = idsWhere(valuesOf(dimensions), (value) => !atLeast(value, settings.essential_level));
  return parts.filter(({ id, essential }) => essential && low.includes(id)).map(({ id }) => id);
}

/**
 * Find the middle level; of two, the lower.
 *
 * @param {readonly number[]} levels - At least one.
 * @returns {number} The middle one.
 */
export function medianLow(levels) {
  return [...levels].sort((a, b) => a - b)[Math.floor((levels.length - 1) / 2)];
}
