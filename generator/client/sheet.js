/**
 * The sheet that is being filled in: what the form's controls say, in the shape of DESIGN 5.
 *
 * @typedef {object} Given
 * @property {number | "not-sure" | "not-applicable"} answer
 * @property {number} revision
 * @property {string} [note]
 *
 * @typedef {object} Sheet
 * @property {"balcony-sheet/1"} format
 * @property {{id: string, version: string}} framework
 * @property {string} form
 * @property {"own" | "others"} perspective
 * @property {string} work - The piece of work that is answered about.
 * @property {string} team - Who "we" is.
 * @property {Record<string, Given>} answers
 * @property {Record<string, string>} context
 * @property {string[]} warning_signs
 */

/**
 * Begin an empty sheet.
 *
 * @param {{id: string, version: string, form: string}} framework - What is answered.
 * @returns {Sheet} Without answers.
 */
export function newSheet({ id, version, form }) {
  return {
    format: "balcony-sheet/1",
    framework: { id, version },
    form,
    perspective: "own",
    work: "",
    team: "",
    answers: {},
    context: {},
    warning_signs: [],
  };
}

/**
 * Take over what one control of the form says now.
 *
 * @param {Sheet} sheet - Changed in place.
 * @param {HTMLInputElement | HTMLTextAreaElement} $control - The control that changed.
 * @param {Record<string, {revision: number}>} indicators - Those that the form asks.
 */
export function takeOver(sheet, $control, indicators) {
  const { name, value, form: $form } = $control;
  const [head, tail] = name.split(".");
  if (head === "scope") sheet[/** @type {"work" | "team"} */ (tail)] = value;
  else if (head === "context") sheet.context[tail] = value;
  else if (name === "warning_signs") tick(sheet, value, /** @type {HTMLInputElement} */ ($control).checked);
  else if (Object.hasOwn(indicators, head)) answer(sheet, head, /** @type {HTMLFormElement} */ ($form), indicators);
}

/** @type {(sheet: Sheet, sign: string, ticked: boolean) => void} */
function tick(sheet, sign, ticked) {
  sheet.warning_signs = sheet.warning_signs.filter((each) => each !== sign);
  if (ticked) sheet.warning_signs.push(sign);
}

/**
 * The answer and the note, whichever was given first. A note without an answer waits in its field: a blank is an absent key.
 *
 * @type {(sheet: Sheet, id: string, $form: HTMLFormElement, indicators: Record<string, {revision: number}>) => void}
 */
function answer(sheet, id, $form, indicators) {
  const { value } = /** @type {RadioNodeList} */ ($form.elements.namedItem(id));
  const note = /** @type {HTMLTextAreaElement} */ ($form.elements.namedItem(`${id}.note`)).value;
  if (!value) return;
  const given = Number(value) || /** @type {"not-sure" | "not-applicable"} */ (value);
  sheet.answers[id] = { answer: given, revision: indicators[id].revision, ...(note && { note }) };
}

/**
 * List the answers alone, as scoring takes them.
 *
 * @param {Sheet} sheet - Any.
 * @returns {Record<string, import("#client/score.js").Answer>} By indicator.
 */
export function answersOf(sheet) {
  return Object.fromEntries(Object.entries(sheet.answers).map(([id, given]) => [id, given.answer]));
}
