/**
 * A sheet shown in the form's controls. Fetched with what brings a sheet from elsewhere.
 *
 * @typedef {import("#client/sheet.js").Change} Change
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 */
import { recordsOf } from "#client/records.js";
import { answersOf } from "#client/sheet.js";

/**
 * Show a whole sheet in the form.
 *
 * @param {HTMLFormElement} $form - Its controls.
 * @param {Sheet} sheet - What they are to say. Answers that do not count here are not shown as chosen.
 * @param {Record<string, number>} revisions - The indicators asked, each with its revision.
 */
export function fillIn($form, sheet, revisions) {
  $form.reset();
  const counting = answersOf(sheet, revisions);
  for (const change of recordsOf(sheet)) {
    const [field, id] = change;
    if (field !== "answers" || Object.hasOwn(counting, String(id))) showChange($form, change);
  }
}

/**
 * Show one record in the form.
 *
 * @param {HTMLFormElement} $form - Its controls.
 * @param {Change} change - A record without a control is passed over.
 */
export function showChange($form, change) {
  const [field, key] = change;
  const value = change.at(-1);
  if (field === "answers") check($form, String(key), String(/** @type {any} */ (value).answer));
  else if (field === "context") check($form, `context.${key}`, String(value));
  else if (field === "warning_signs") check($form, field, String(key), Boolean(value));
  else write($form, field === "notes" ? `${key}.note` : `scope.${field}`, value);
}

/** @type {($form: HTMLFormElement, name: string, value: string, checked?: boolean) => void} */
function check($form, name, value, checked = true) {
  const found = $form.elements.namedItem(name);
  const all = /** @type {HTMLInputElement[]} */ (found instanceof RadioNodeList ? [...found] : [found]);
  for (const $input of all.filter((each) => each?.value === value)) $input.checked = checked;
}

/** @type {($form: HTMLFormElement, name: string, value: unknown) => void} */
function write($form, name, value) {
  const $control = $form.elements.namedItem(name);
  if (!($control instanceof HTMLInputElement || $control instanceof HTMLTextAreaElement)) return;
  // Only now: a field of a file that has no control may be anything, even what cannot be told as text.
  $control.value = String(value ?? "");
  const $details = $control.closest("details");
  // What somebody wrote is not to be overlooked.
  if ($details && $control.value) $details.open = true;
}
