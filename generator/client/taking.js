/**
 * A sheet from elsewhere, taken over into this form: another version's, another form's, a file's. Nothing in it is dropped.
 *
 * @typedef {import("#client/sheet.js").Asked} Asked
 * @typedef {import("#client/sheet.js").Given} Given
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 */
import { recordsOf } from "#client/records.js";
import { newSheet, sheetOf } from "#client/sheet.js";

/**
 * Go on with a sheet that was read from a file, or saved by another version, in the form and version of this page.
 *
 * @param {Sheet} file - As `reading.js` gives it.
 * @param {Asked & {top?: number}} asked - What is asked here.
 * @param {Record<string, {formerly?: string[], not_applicable?: true}>} [indicators] - What the framework asks.
 * @returns {Sheet} With all that the file holds. Answers, notes and actions follow an indicator to its new id. An answer that
 *   cannot be given here is put aside.
 */
export function takenOver(file, asked, indicators = {}) {
  const { id, version, edition, form, revisions, top = Infinity } = asked;
  const sheet = sheetOf([...recordsOf(newSheet(asked)), ...recordsOf(file)]);
  Object.assign(sheet, { framework: { ...file.framework, id, version, edition }, form });
  // In a file, the order of the list counts, whatever place an action says it has.
  if (Array.isArray(file.actions))
    for (const [key, action] of Object.entries(sheet.actions)) sheet.actions[key] = { ...action, place: Number(key) };
  for (const [now_, { formerly = [] }] of Object.entries(indicators)) {
    for (const [key, action] of Object.entries(sheet.actions))
      if (formerly.includes(String(action.indicator))) sheet.actions[key] = { ...action, indicator: now_ };
    for (const all of /** @type {Record<string, unknown>[]} */ ([sheet.answers, sheet.notes, sheet.earlier])) {
      const before = formerly.find((each) => all[each]);
      if (!before || all[now_]) continue;
      all[now_] = all[before];
      delete all[before];
    }
  }
  for (const each of Object.keys(revisions).filter((id_) => sheet.answers[id_])) {
    const { note = "", ...given } = sheet.answers[each];
    const counts = given.revision === revisions[each];
    const mayNotApply = !Object.hasOwn(indicators, each) || indicators[each].not_applicable;
    const isOffered = typeof given.answer === "number" ? given.answer > 0 && given.answer <= top : mayNotApply;
    if (counts && !isOffered && given.answer !== "not-sure") {
      sheet.earlier[each] = [...(sheet.earlier[each] ?? []), sheet.answers[each]];
      delete sheet.answers[each];
      continue;
    }
    // An answer to other words keeps a note of its own, be it empty: a new note is about the question as it is asked now.
    sheet.answers[each] = counts ? given : { ...given, note };
    if (counts && note) sheet.notes[each] = [note, sheet.notes[each]].filter(Boolean).join("\n");
  }
  return sheet;
}

/**
 * List what the sheet keeps and this form cannot count.
 *
 * @param {Sheet} sheet - Any.
 * @param {Record<string, number>} revisions - The indicators asked, each with its revision.
 * @returns {[id: string, given: Given][]} Answers to other questions, and to these in other words.
 */
export function keptOf({ answers, earlier }, revisions) {
  return [
    ...Object.entries(answers).filter(([id, { revision }]) => revision !== revisions[id]),
    ...Object.entries(earlier).flatMap(([id, all]) => all.map((given) => /** @type {[string, Given]} */ ([id, given]))),
  ];
}
