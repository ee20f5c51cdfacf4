/**
 * The sheet that is being filled in: what it holds, record by record, and its file (DESIGN 5). Knows no page and no storage.
 *
 * A record is the smallest thing that is changed and saved: the answer to one question, one note, one tick.
 * Inside a sheet, notes stand beside the answers, so that a note may come first; in its file they stand in them.
 *
 * @typedef {object} Given
 * @property {number | "not-sure" | "not-applicable"} answer
 * @property {number} revision
 * @property {string} [note] - In a file, and with an answer that this version cannot use.
 *
 * @typedef {object} Action - A step of the action plan.
 * @property {string} [issue]
 * @property {string} [request]
 * @property {string} [commitment]
 * @property {string} [who]
 * @property {string} [by_when] - Such as `2027-03-31`, or empty.
 * @property {string} [notice] - What the people it is for would notice.
 * @property {string} [indicator] - The question that it came from.
 * @property {number} [place] - In the order of all; without it, its key. Not in a file.
 *
 * @typedef {object} Sheet
 * @property {"balcony-sheet/1"} format
 * @property {{id: string, version: string, edition?: string}} framework
 * @property {string} form
 * @property {"own" | "others"} perspective
 * @property {string} created - Such as `2026-11-22T09:30:00Z`.
 * @property {string} changed - Likewise.
 * @property {string} work - The piece of work that is answered about.
 * @property {string} team - Who "we" is.
 * @property {Record<string, Given>} answers
 * @property {Record<string, string>} notes - By indicator.
 * @property {Record<string, Given[]>} earlier - Answers that were replaced because the question had changed since.
 * @property {Record<string, string>} context
 * @property {Set<string>} warning_signs - In a file, a list.
 * @property {Record<string, number>} targets - By `lens/dimension`.
 * @property {Record<string, Action>} actions - In a file, a list.
 * @property {string} [looking_back] - When the earlier sheet was last changed that this one answers again, knowing what we know now (METHOD 2.12).
 * @property {boolean} [agreed] - Whether a team has agreed on it: then it is not one person's view.
 *
 * @typedef {[field: string, value: unknown] | [field: string, key: string, value: unknown]} Change - A record and what it says
 *   now; undefined takes it away.
 * @typedef {{id: string, version: string, edition?: string, form: string, revisions: Record<string, number>}} Asked - What the form
 *   asks: indicators with their revision; and in which edition.
 */

/** Where a sheet has what the person calls it: on this device only, never in its file, whatever fields that has. */
export const NAME = Symbol("name");

/** What holds one record for each key. */
export const KEYED = ["answers", "notes", "earlier", "context", "targets", "actions"];

/** @returns {string} This moment, to the second. */
export const now = () => `${new Date().toISOString().slice(0, 19)}Z`;

/**
 * Begin an empty sheet.
 *
 * @param {Asked} asked - What is answered.
 * @returns {Sheet} Without answers.
 */
export function newSheet({ id, version, edition, form }) {
  return sheetOf([
    ["format", "balcony-sheet/1"],
    ["framework", { id, version, edition }],
    ["form", form],
    ["perspective", "own"],
    // To the millisecond: two people may begin in the same second.
    ["created", new Date().toISOString()],
    ["changed", now()],
    ["work", ""],
    ["team", ""],
  ]);
}

/**
 * Put a sheet together.
 *
 * @param {Change[]} records - All that it holds.
 * @returns {Sheet} Neither it nor its keyed parts have a prototype: there, any word is a key like another.
 */
export function sheetOf(records) {
  const sheet = Object.assign(Object.create(null), { warning_signs: new Set() });
  for (const field of KEYED) sheet[field] = Object.create(null);
  for (const record of records) put(sheet, record);
  return sheet;
}

/**
 * Change one record.
 *
 * @param {Sheet} sheet - Changed in place.
 * @param {Change} change - What it says now.
 */
export function put(sheet, change) {
  const [field] = change;
  const value = change.at(-1);
  const key = change.length === 3 ? change[1] : "";
  const all = /** @type {any} */ (sheet);
  if (change.length === 3 && !field) all[NAME] = value;
  else if (field === "warning_signs") sheet.warning_signs[value ? "add" : "delete"](key);
  else if (!KEYED.includes(field)) all[field] = value;
  // A list of actions, as it was saved before each had a record.
  else if (change.length < 3) Object.assign(all[field], value);
  else if (value === undefined) delete all[field][key];
  else all[field][key] = value;
}

/**
 * The changes that an answer makes: an answer to another revision of the question is put aside, not overwritten.
 *
 * @param {Sheet} sheet - Before.
 * @param {string} id - Of the indicator.
 * @param {Given["answer"]} answer - The new one.
 * @param {number} revision - Of the question as it is asked here.
 * @returns {Change[]} For `put`.
 */
export function answering(sheet, id, answer, revision) {
  const before = sheet.answers[id];
  /** @type {Change[]} */
  const changes = [["answers", id, { answer, revision }]];
  if (before && before.revision !== revision) changes.push(["earlier", id, [...(sheet.earlier[id] ?? []), before]]);
  return changes;
}

/**
 * List the answers that count here: to questions that the form asks, as it asks them.
 *
 * @param {Sheet} sheet - Any.
 * @param {Record<string, number>} revisions - The indicators asked, each with its revision.
 * @returns {Record<string, Given["answer"]>} By indicator.
 */
export function answersOf({ answers }, revisions) {
  const counting = Object.keys(revisions).filter((id) => answers[id]?.revision === revisions[id]);
  return Object.fromEntries(counting.map((id) => [id, answers[id].answer]));
}

/**
 * List the action plan.
 *
 * @param {Sheet} sheet - Any.
 * @returns {[key: string, action: Action][]} In order: by place, then by key.
 */
export const actionsOf = ({ actions }) =>
  Object.entries(actions).sort(
    ([a, { place: one = Number(a) }], [b, { place: other = Number(b) }]) => one - other || (a < b ? -1 : 1),
  );

/**
 * Write the sheet's file.
 *
 * @param {Sheet} sheet - Any.
 * @returns {string} JSON, in the format of DESIGN 5; a note on a question without an answer stands in `notes`.
 */
export function fileOf(sheet) {
  const answers = { ...sheet.answers };
  const notes = { ...sheet.notes };
  for (const [id, note] of Object.entries(sheet.notes)) {
    const given = sheet.answers[id]; // which has no prototype: any word is a key like another
    if (!given || given.note !== undefined) continue;
    answers[id] = { ...given, note };
    delete notes[id];
  }
  const { format, framework, form, ...rest } = sheet;
  const actions = actionsOf(sheet).map(([, action]) => ({ ...action, place: undefined }));
  const file = { format, framework, form, ...rest, answers, notes, warning_signs: [...sheet.warning_signs], actions };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/**
 * Name the sheet's file.
 *
 * @param {Sheet} sheet - Any.
 * @returns {string} `<framework>-<form>-<date>.balcony.json`.
 */
export const fileName = ({ framework, form, changed }) =>
  `${framework.id}-${form}-${changed.slice(0, 10)}.balcony.json`;
