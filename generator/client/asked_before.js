/**
 * Sheets across versions of a framework: what was asked before, and what became of each answer here.
 *
 * @typedef {import("#client/reading.js").SheetRules} SheetRules
 * @typedef {import("#client/results.js").PageFramework} PageFramework
 * @typedef {import("#client/sheet.js").Given} Given
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 *
 * @typedef {object} Wording - A question as it read.
 * @property {string} label
 * @property {string} question
 * @property {Record<string, string>} levels - Their texts, by number.
 *
 * @typedef {object} Earlier - What was asked before.
 * @property {Record<string, Record<string, Wording>>} wordings - By id then, by revision.
 * @property {Record<string, string>} since - The version that first asked a question, by id, if not the first of all; empty while
 *   it is not released.
 * @property {Record<string, string>} gone - Likewise, the first that asked it no more.
 * @property {string} looks - Styles for what is shown of it.
 *
 * @typedef {"changed" | "removed" | "elsewhere" | "unknown" | "aside"} Became - The question has changed since; it is asked no
 *   more; another form asks it; this version does not know its words; it was asked as it is now, and the answer was put aside.
 *
 * @typedef {object} Kept - An answer that does not count here.
 * @property {string} id - Of the question now.
 * @property {Given} given
 * @property {boolean} isBefore - Whether it was replaced, or put aside.
 * @property {Became} became
 * @property {string} label
 * @property {Wording} [wording] - As it was asked then, where that is known.
 */
import { sayCount } from "#client/counts.js";
import { fetched } from "#client/fetched.js";
import { sheetRules } from "#client/rules.js";
import { answersOf } from "#client/sheet.js";
import { keptOf } from "#client/taking.js";
import { listed, say } from "#client/words.js";

/** Of what is not on this page. */
const MOST_SHOWN = 50;
const NUMBERS = /^\d{1,6}\.\d{1,6}\.\d{1,6}$/;

/**
 * Tell whether a version comes after another.
 *
 * @param {string} one - Such as `1.10.0`.
 * @param {string} other - Such as `1.9.0`.
 * @returns {boolean} Not, where one of them is no version.
 */
export function isNewer(one, other) {
  if (!NUMBERS.test(one) || !NUMBERS.test(other)) return false;
  return one.localeCompare(other, "en", { numeric: true }) > 0;
}

/** @type {Promise<Earlier | undefined> | undefined} */
let earlier;

/**
 * Fetch what was asked before, and dress what is shown of it.
 *
 * @returns {Promise<Earlier>} Empty, where it cannot be fetched.
 */
export async function earlierAsked() {
  earlier ??= fetched("earlier").then((found) => {
    if (!found) return undefined; // to be tried again
    const looks = new CSSStyleSheet();
    looks.replaceSync(found.looks);
    document.adoptedStyleSheets.push(looks);
    return found;
  });
  const found = await earlier;
  if (!found) earlier = undefined;
  return found ?? { wordings: {}, since: {}, gone: {}, looks: "" };
}

/**
 * Find out what became of each answer that does not count here.
 *
 * @param {Sheet} sheet - Taken over into this form.
 * @param {PageFramework} framework - The page's data.
 * @returns {Promise<{kept: Kept[], rules: SheetRules, earlier: Earlier}>} In the order of the sheet.
 */
export async function whatBecame(sheet, { revisions }) {
  const [rules, asked] = await Promise.all([sheetRules(), earlierAsked()]);
  const standing = new Set(Object.values(sheet.answers));
  const kept = keptOf(sheet, revisions).map(([id, given]) => {
    const names = Object.keys(rules.indicators);
    const now = Object.hasOwn(rules.indicators, id)
      ? id
      : names.find((each) => rules.indicators[each].formerly?.includes(id));
    const rule = now === undefined ? undefined : rules.indicators[now];
    const wording = [id, ...(rule?.formerly ?? [])]
      .map((each) => own(own(asked.wordings, each), given.revision))
      .find(Boolean);
    /** @type {Became} */
    let became = "unknown";
    if (!rule) became = wording ? "removed" : "unknown";
    else if (given.revision === rule.revision) became = Object.hasOwn(revisions, String(now)) ? "aside" : "elsewhere";
    else if (given.revision < rule.revision) became = "changed";
    const label = rule?.label ?? wording?.label ?? id;
    return { id: now ?? id, given, isBefore: !standing.has(given), became, label, wording };
  });
  return { kept, rules, earlier: asked };
}

/** @type {(all: any, key: string | number) => any} What stands under a word that a file gives. */
const own = (all, key) => (all && Object.hasOwn(all, key) ? all[key] : undefined);

/**
 * Name what a sheet has for parts that are not on this page: nothing of it is shown anywhere else.
 *
 * @param {Sheet} sheet - Any.
 * @param {PageFramework} framework - The page's data.
 * @param {Kept[]} kept - Its answers that do not count.
 * @returns {{count: number, shown: string[]}} How many things, and as many of them as a person can read.
 */
export function restOf(
  { targets, warning_signs, context, notes },
  { lenses, warning_signs: known, revisions, levels },
  kept,
) {
  const parts = lenses.flatMap(({ id, dimensions }) => dimensions.map((part) => `${id}/${part.id}`));
  const $choices = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".context input"));
  const chosen = new Set(Array.from($choices, ({ name, value }) => `${name} ${value}`));
  const labels = Object.fromEntries(kept.map(({ id, label }) => [id, label]));
  const all = [
    ...Object.entries(targets)
      .filter(([part, level]) => !parts.includes(part) || level > levels.length)
      .map(([part, level]) => say("Target for {part}: {level}", { part, level: levels[level - 1] ?? level })),
    ...[...warning_signs].filter((sign) => !known.includes(sign)).map((sign) => say("Warning sign: {sign}", { sign })),
    ...Object.entries(context)
      .filter(([question, option]) => !chosen.has(`context.${question} ${option}`))
      .map(([question, option]) => say("{question}: {option}", { question, option })),
    ...Object.entries(notes)
      .filter(([id, note]) => note && !Object.hasOwn(revisions, id))
      .map(([id, note]) => say("Note on {label}: {note}", { label: own(labels, id) ?? id, note })),
  ];
  const shown = all.slice(0, MOST_SHOWN);
  if (all.length > MOST_SHOWN) shown.push(say("{count} more, in the sheet’s file", { count: all.length - MOST_SHOWN }));
  return { count: all.length, shown };
}

/**
 * Say what became of a sheet from elsewhere, in counted sentences.
 *
 * @param {Sheet} read - As it was read.
 * @param {Sheet} sheet - Taken over into this form.
 * @param {PageFramework} framework - The page's data.
 * @returns {Promise<{words: string[], again: Kept[]}>} Sentences, none where everything counts; and the questions that are asked again.
 */
export async function tellOf(read, sheet, framework) {
  const { form, version, revisions } = framework;
  const { kept, rules } = await whatBecame(sheet, framework);
  const words = [];
  const other = read.framework.version;
  if (read.form !== form) {
    const named = Object.hasOwn(rules.forms, read.form);
    words.push(
      named
        ? say("It answers the form {form}. What both forms ask is filled in.", { form: rules.forms[read.form] })
        : say("It answers a form that this version does not have: {form}. What this form asks too is filled in.", {
            form: read.form,
          }),
    );
  }
  if (other !== version)
    words.push(
      isNewer(other, version)
        ? say("It comes from version {other}, which is newer than this page: version {version}.", { other, version })
        : say("It was filled in with version {other} of the questions. This is version {version}.", { other, version }),
    );
  const rest = restOf(sheet, framework, kept);
  if (!words.length && !kept.length && !rest.count) return { words, again: [] };
  const standing = kept.filter(({ isBefore }) => !isBefore);
  const again = standing.filter(({ id, became }) => became === "changed" && Object.hasOwn(revisions, id));
  /** @type {(...all: Became[]) => number} */
  const count = (...all) => standing.filter((each) => all.includes(each.became) && !again.includes(each)).length;
  const followed = Object.keys(read.answers).filter(
    (id) => !sheet.answers[id] && !sheet.earlier[id]?.some((given) => given === read.answers[id]),
  );
  const before = total(read.earlier);
  const aside = total(sheet.earlier) - before;
  /** @type {[count: number, forms: import("#client/counts.js").Forms][]} */
  const told = [
    [
      followed.length,
      {
        one: "{count} answer followed its question to a new name.",
        other: "{count} answers followed their questions to a new name.",
      },
    ],
    [
      again.length,
      {
        one: "{count} question has changed since. Its answer is kept, and it is asked again.",
        other: "{count} questions have changed since. Their answers are kept, and they are asked again.",
      },
    ],
    [
      aside,
      {
        one: "{count} answer cannot be given in this version. It is kept, and the question is asked again.",
        other: "{count} answers cannot be given in this version. They are kept, and the questions are asked again.",
      },
    ],
    [
      count("removed"),
      {
        one: "{count} answer is to a question that is no longer asked. It is kept.",
        other: "{count} answers are to questions that are no longer asked. They are kept.",
      },
    ],
    [
      count("elsewhere", "changed", "aside"),
      {
        one: "{count} answer is to a question that this form does not ask. It is kept.",
        other: "{count} answers are to questions that this form does not ask. They are kept.",
      },
    ],
    [
      count("unknown"),
      {
        one: "{count} answer is to words that this page does not know. It is kept.",
        other: "{count} answers are to words that this page does not know. They are kept.",
      },
    ],
    [
      before,
      {
        one: "{count} answer was replaced by a newer one before. It is kept.",
        other: "{count} answers were replaced by newer ones before. They are kept.",
      },
    ],
    [
      rest.count,
      {
        one: "{count} target, tick, choice or note is about something that is not on this page. It is kept.",
        other: "{count} targets, ticks, choices or notes are about things that are not on this page. They are kept.",
      },
    ],
  ];
  const counting = Object.keys(answersOf(sheet, revisions)).length;
  words.push(sayCount(counting, { one: "{count} answer counts here.", other: "{count} answers count here." }));
  for (const [found, forms] of told) if (found) words.push(sayCount(found, forms));
  if (kept.length) words.push(say("All that is kept stays in the sheet, and is shown under “Check your answers”."));
  else if (rest.count) words.push(say("It stays in the sheet: {rest}.", { rest: listed(rest.shown) }));
  return { words, again };
}

/** @type {(all: Record<string, Given[]>) => number} */
const total = (all) => Object.values(all).flat().length;
