/**
 * What the form's controls say. `filling.js` is the way back.
 *
 * @typedef {import("#client/sheet.js").Change} Change
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 */
import { answering } from "#client/sheet.js";

/**
 * Read what one control says now.
 *
 * @param {Sheet} sheet - As it was.
 * @param {EventTarget | null} $control - What changed.
 * @param {Record<string, number>} revisions - The indicators asked, each with its revision.
 * @returns {Change[]} What that changes in the sheet: nothing, if it is no control of a sheet.
 */
export function changesOf(sheet, $control, revisions) {
  if (!($control instanceof HTMLInputElement || $control instanceof HTMLTextAreaElement)) return [];
  const { name, value, type } = $control;
  const [head, tail] = name.split(".");
  if (type === "textarea" && tail === "note") return [["notes", head, value || undefined]];
  if (type === "text" && head === "scope") return [[tail, value]];
  if (type === "checkbox" && name === "warning_signs")
    return [["warning_signs", value, /** @type {HTMLInputElement} */ ($control).checked || undefined]];
  if (type !== "radio") return [];
  if (tail) return [[head, tail, value]];
  const answer = Number(value) || /** @type {"not-sure" | "not-applicable"} */ (value);
  return answering(sheet, name, answer, revisions[name]);
}
