/**
 * A sheet as its records, and what the person calls it: for what saves it, fills the form with it and takes it over.
 *
 * @typedef {import("#client/sheet.js").Change} Change
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 */
import { KEYED, NAME } from "#client/sheet.js";

/**
 * Take a sheet apart.
 *
 * @param {Sheet} sheet - Any.
 * @returns {Change[]} From which `sheetOf` makes the same.
 */
export function recordsOf(sheet) {
  const records = Object.entries(sheet).flatMap(([field, value]) => {
    if (field === "warning_signs") return Array.from(sheet.warning_signs, (sign) => keyed(field, sign, true));
    if (!KEYED.includes(field)) return [/** @type {Change} */ ([field, value])];
    return Object.entries(value).map(([key, each]) => keyed(field, key, each));
  });
  return nameOf(sheet) ? [...records, naming(nameOf(sheet))] : records;
}

/**
 * Tell what the person calls a sheet.
 *
 * @param {Sheet} sheet - Any.
 * @returns {string} Empty, if nothing.
 */
export const nameOf = (sheet) => /** @type {any} */ (sheet)[NAME] ?? "";

/**
 * Name a sheet. No field of a file has such a record.
 *
 * @param {string} name - Empty, for none.
 * @returns {Change} For `put`.
 */
export const naming = (name) => ["", "name", name];

/** @type {(field: string, key: string, value: unknown) => Change} */
const keyed = (field, key, value) => [field, key, value];
