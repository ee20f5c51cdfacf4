/**
 * Reading a sheet's file, which is never trusted: the twin of `generator/sheet.py`, with the same reasons in the same words.
 *
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 * @typedef {object} IndicatorRule - What answers to a question may be.
 * @property {string} label
 * @property {number} revision
 * @property {true} [not_applicable]
 * @property {string[]} [formerly]
 *
 * @typedef {object} SheetRules - What a framework allows in a sheet.
 * @property {string} id
 * @property {string} version
 * @property {number} top - The highest level.
 * @property {Record<string, string>} forms - Names by id.
 * @property {Record<string, IndicatorRule>} indicators
 *
 * @typedef {(value: any, path: string[]) => string[]} Check - The reasons why a value cannot stand where it does.
 */
import { say } from "#client/words.js";

const FORMAT = "balcony-sheet/1";
/** Bytes. */
export const LARGEST = 1024 * 1024;
/** Lists and groups inside one another. */
const DEEPEST = 50;
/** Reasons that are told, at most. */
const MOST_REASONS = 50;
const MOMENT =
  /^([12]\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3])(:[0-5]\d){2}(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$/;

/** A file that cannot be used as a sheet, with every reason in a sentence that a person can act on. */
export class RefusedSheet extends Error {
  /** @override */
  name = "RefusedSheet";

  /** @param {string[]} reasons - Sentences; one that comes twice is told once. */
  constructor(reasons) {
    const sorted = [...new Set(reasons)].sort();
    const listed = sorted.slice(0, MOST_REASONS);
    const count = sorted.length - listed.length;
    if (count) listed.push(say("Reasons that are not listed here: {count}.", { count }));
    super(listed.join(" "));
    this.reasons = listed;
  }
}

/**
 * Read a sheet's file.
 *
 * @param {ArrayBuffer} content - Its bytes.
 * @param {SheetRules} rules - Of the framework that it should belong to.
 * @param {boolean} [toOpen] - Whether a person is to go on with it. Then a sheet of another version is read as far as it can be: a form,
 *   an answer or a target that only that version allows is kept, and is no reason to refuse it.
 * @returns {Sheet} With the fields that are not known here kept. A moment that the file leaves out is left out.
 * @throws {RefusedSheet} With every reason.
 */
export function readSheet(content, rules, toOpen = false) {
  const data = json(content);
  refuse(asSheet(data, []));
  refuse(disagreements(data, rules, toOpen));
  return { ...defaults(), ...data };
}

/** @type {(reasons: string[]) => void} */
function refuse(reasons) {
  if (reasons.length) throw new RefusedSheet(reasons);
}

const defaults = () => ({
  perspective: "own",
  work: "",
  team: "",
  notes: {},
  earlier: {},
  context: {},
  warning_signs: [],
  targets: {},
  actions: [],
});

/** @type {(content: ArrayBuffer) => any} */
function json(content) {
  if (content.byteLength > LARGEST)
    refuse([
      say("The file is larger than 1 MB. A sheet is far smaller: choose the file that was downloaded as a sheet."),
    ]);
  let data;
  try {
    data = mended(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(content)));
  } catch {
    refuse([say("The file cannot be read as JSON. Choose a file whose name ends in .balcony.json.")]);
  }
  if (!isGroup(data) || !Object.hasOwn(data, "format"))
    refuse([say("The file is JSON, but not a sheet. Choose a file whose name ends in .balcony.json.")]);
  if (data.format !== FORMAT)
    refuse([
      say("The file's format is {format}. This version reads {known}.", {
        format: told(data.format),
        known: told(FORMAT),
      }),
    ]);
  return data;
}

/**
 * JSON that every program can hold: halves of characters are replaced, and depth and numbers have an end.
 *
 * @param {any} value - As parsed.
 * @param {number} [depth] - Of what it stands in.
 * @returns {any} The same otherwise. Entries, and no assignment, so that `__proto__` is a key like another.
 */
function mended(value, depth = 0) {
  if (depth > DEEPEST || value === Infinity || value === -Infinity) throw new RangeError();
  if (typeof value === "string") return value.replace(/\p{Surrogate}/gu, "\ufffd");
  if (Array.isArray(value)) return value.map((each) => mended(each, depth + 1));
  if (!isGroup(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [mended(key), mended(each, depth + 1)]));
}

/** @type {(value: unknown) => boolean} */
const isGroup = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

// What stands where

/** @type {(wanted: string, fits: (value: any) => boolean) => Check} */
const one = (wanted, fits) => (value, path) =>
  fits(value)
    ? []
    : [
        say('The field "{field}" is {value}; {wanted} is wanted.', {
          field: path.map(shown).join(", "),
          value: told(value),
          wanted,
        }),
      ];

const group = one(say("a group of fields"), isGroup);
const list = one(say("a list"), Array.isArray);
const text = one(say("text"), (value) => typeof value === "string");
const count = one(say("a whole number from 1 up"), (value) => Number.isSafeInteger(value) && value > 0);
const perspective = one(say('"own" or "others"'), (value) => ["own", "others"].includes(value));
const truth = one(say("true or false"), (value) => typeof value === "boolean");
const moment = one(say("a date such as 2026-11-22T09:30:00Z"), isMoment);
const day = one(
  say("a day such as 2027-03-31, or nothing"),
  (value) => value === "" || (typeof value === "string" && isMoment(`${value}T00:00:00Z`)),
);
const answer = one(
  say('a whole number, "not-sure" or "not-applicable"'),
  (value) => Number.isSafeInteger(value) || value === "not-sure" || value === "not-applicable",
);

/** @type {(value: unknown) => boolean} */
function isMoment(value) {
  const [, year, month, day] = (typeof value === "string" && MOMENT.exec(value)) || [];
  // Months differ in length: day 0 is the last of the month before.
  return Number(day) <= new Date(Number(year), Number(month), 0).getDate();
}

/** @type {(check: Check) => Check} */
const listOf = (check) => (value, path) =>
  Array.isArray(value) ? value.flatMap((each, index) => check(each, [...path, String(index + 1)])) : list(value, path);

/** @type {(check: Check) => Check} */
const groupOf = (check) => (value, path) =>
  isGroup(value) ? Object.entries(value).flatMap(([key, each]) => check(each, [...path, key])) : group(value, path);

/** @type {(needed: Record<string, Check>, others?: Record<string, Check>) => Check} */
const fields = (needed, others) => (value, path) =>
  isGroup(value)
    ? Object.entries({ ...needed, ...others }).flatMap(([key, check]) => {
        const field = [...path, key];
        if (Object.hasOwn(value, key)) return check(value[key], field);
        return key in needed ? [say('The field "{field}" is missing.', { field: field.map(shown).join(", ") })] : [];
      })
    : group(value, path);

const given = fields({ answer, revision: count }, { note: text });

const action = fields(
  {},
  { issue: text, request: text, commitment: text, who: text, by_when: day, notice: text, indicator: text },
);

const asSheet = fields(
  { framework: fields({ id: text, version: text }, { edition: text }), form: text, answers: groupOf(given) },
  {
    perspective,
    created: moment,
    changed: moment,
    work: text,
    team: text,
    notes: groupOf(text),
    earlier: groupOf(listOf(given)),
    context: groupOf(text),
    warning_signs: listOf(text),
    targets: groupOf(count),
    actions: listOf(action),
    looking_back: moment,
    agreed: truth,
  },
);

/**
 * Find what a sheet says that the framework does not allow.
 *
 * @param {Sheet & {targets?: Record<string, number>}} sheet - Of which every field is of its kind.
 * @param {SheetRules} rules - Of the framework.
 * @param {boolean} toOpen - As `readSheet` has it.
 * @returns {string[]} Reasons.
 */
function disagreements({ framework, form, answers, targets = {} }, { id, version, top, forms, indicators }, toOpen) {
  if (framework.id !== id)
    return [
      say("The sheet answers the framework {other}; this one is {id}.", { other: told(framework.id), id: told(id) }),
    ];
  const isOurs = framework.version === version;
  if (toOpen && !isOurs) return [];
  const reasons = [];
  if (!Object.hasOwn(forms, form)) {
    const none = say("There is no form {form}. The forms are: {forms}.", {
      form: told(form),
      forms: Object.keys(forms).join(", "),
    });
    const versions = say("The sheet is of version {other}; this is {version}.", {
      other: told(framework.version),
      version: told(version),
    });
    reasons.push(isOurs ? none : `${none} ${versions}`);
  }
  for (const [now, rule] of Object.entries(indicators))
    for (const each of [now, ...(rule.formerly ?? [])])
      if (Object.hasOwn(answers, each) && answers[each].revision === rule.revision)
        reasons.push(...answerDisagreements(answers[each].answer, rule, top));
  for (const [target, level] of Object.entries(targets))
    if (level > top)
      reasons.push(
        say("The target for {target} is {level}. Levels go from 1 to {top}.", { target: told(target), level, top }),
      );
  return reasons;
}

/** @type {(answer: number | string, rule: IndicatorRule, top: number) => string[]} */
function answerDisagreements(answer, { label, not_applicable }, top) {
  if (answer === "not-applicable" && !not_applicable)
    return [say('"{label}" does not allow "not applicable". Use "not-sure" or a level.', { label })];
  if (typeof answer === "number" && (answer < 1 || answer > top))
    return [say('"{label}" has the level {answer}. Levels go from 1 to {top}.', { label, answer, top })];
  return [];
}

/** @type {(value: unknown) => string} What was found, as a sentence tells it: texts as they are, anything else by its kind. */
function told(value) {
  if (typeof value === "string") return `"${shown(value)}"`;
  if (typeof value === "number") return say("a number");
  if (Array.isArray(value)) return say("a list");
  return isGroup(value) ? say("a group of fields") : String(value);
}

/** @type {(text: string) => string} A text as a sentence tells it: one line, without what hides or turns letters, cut to what a sentence can bear. */
export const shown = (text) =>
  text
    .replace(/[\p{Cc}\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu, "\ufffd")
    .replace(/^(.{59}).{2,}$/su, "$1…");
