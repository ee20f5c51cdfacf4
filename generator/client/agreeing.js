/**
 * The sheet that a team agrees on: a level and a note for each question that it settles, kept while the page is open.
 *
 * @typedef {import("#client/team_page.js").Team} Team
 * @typedef {import("#client/sheet.js").Asked} Asked
 * @typedef {import("#client/sheet.js").Given["answer"]} Answer
 */
import { encode } from "#client/code.js";
import { element } from "#client/elements.js";
import { FIRST, standing } from "#client/seeing.js";
import { answering, fileOf, newSheet, now, put } from "#client/sheet.js";
import { say } from "#client/words.js";

/** What has been settled, by question, of whatever form. @type {Map<string, {answer: string, note: string}>} */
const settled = new Map();
/** One sheet, however often it is handed out. */
const created = new Date().toISOString();
let links = 0;

/**
 * Show each question with the levels to choose from and a note to write: the first to talk about, and the others folded, in the
 * form's order.
 *
 * @param {HTMLElement} $root - Where.
 * @param {Team} team - As it is now.
 * @param {() => void} onChange - Called at once, and whenever something is settled.
 */
export function showAgreeing($root, team, onChange) {
  const ids = Object.keys(team.view.indicators);
  const first = team.view.discuss.slice(0, FIRST);
  const others = ids.filter((id) => !first.includes(id));
  const $others = element(
    "details",
    element("summary", say("The other questions ({count})", { count: others.length })),
  );
  // Without a list to talk about, all are there to be seen; and what was open stays open.
  $others.open = !first.length || Boolean($root.querySelector("details[open]"));
  $others.append(...others.map((id) => question(id, team)));
  $root.replaceChildren(
    ...first.map((/** @type {string} */ id) => question(id, team)),
    ...(others.length ? [$others] : []),
  );
  $root.oninput = ({ target }) => {
    const { value, name, type } = /** @type {HTMLInputElement} */ (target);
    const [, id] = name.split(".");
    const { answer = "", note = "" } = settled.get(id) ?? {};
    settled.set(id, type === "radio" ? { answer: value, note } : { answer, note: value });
    window.onbeforeunload = (event) => event.preventDefault();
    onChange();
  };
  onChange();
}

/** @type {(id: string, team: Team) => HTMLElement} */
function question(id, { view, framework, texts }) {
  const { question, levels, not_applicable: who } = texts.indicators[id];
  const { answer = "", note = "" } = settled.get(id) ?? {};
  const choice = (/** @type {string} */ value, /** @type {string} */ title, /** @type {string} */ words) => {
    const $radio = Object.assign(element("input"), { type: "radio", name: `agree.${id}`, value });
    // An attribute: a radio button that is checked in a form takes the mark from its namesakes.
    $radio.toggleAttribute("checked", value === answer);
    const $choice = element("label", $radio, element("span", element("b", title), " ", words));
    $choice.className = "choice";
    return $choice;
  };
  const $note = Object.assign(element("textarea"), { name: `note.${id}`, value: note, rows: 2, maxLength: 2000 });
  const $question = element(
    "fieldset",
    element("legend", question),
    element("p", standing(view.indicators[id], framework.levels)),
    ...framework.levels.map((name, at) => choice(String(at + 1), name, levels[at])),
    Object.assign(element("p", say("or")), { className: "or" }),
    choice("not-sure", say("Not sure"), say("It applies to us, but we cannot say.")),
    ...(who ? [choice("not-applicable", say("Not applicable"), say("Only for {who}.", { who }))] : []),
    choice("", say("Not settled"), say("We leave it open.")),
    element("p", element("label", say("Note (optional). Do not name people or describe cases."), $note)),
  );
  $question.className = "question";
  $question.dataset.indicator = id;
  return $question;
}

/**
 * Say how far the team has come.
 *
 * @param {Asked} asked - The form.
 * @returns {string} Such as `5 of 40 settled`.
 */
export function progress({ revisions }) {
  const ids = Object.keys(revisions);
  return say("{count} of {of} settled", { count: ids.filter((id) => settled.get(id)?.answer).length, of: ids.length });
}

/**
 * Make the agreed sheet.
 *
 * @param {Asked} asked - The form.
 * @param {string} work - What it is about.
 * @param {string} team - Whose it is.
 * @returns {import("#client/sheet.js").Sheet} With what has been settled.
 */
export function agreedSheet(asked, work, team) {
  const sheet = Object.assign(newSheet(asked), { agreed: true, created, work, team, changed: now() });
  for (const [id, { answer, note }] of settled) {
    if (!Object.hasOwn(asked.revisions, id)) continue;
    const given = /** @type {Answer} */ (Number(answer) || answer);
    if (answer) for (const change of answering(sheet, id, given, asked.revisions[id])) put(sheet, change);
    if (note) put(sheet, ["notes", id, note]);
  }
  return sheet;
}

/**
 * Let a link open the agreed sheet in its form. Browsers send nothing that follows the `#` of an address.
 *
 * @param {HTMLAnchorElement} $link - Hidden, where the browser cannot make it.
 * @param {string} form - The form's address.
 * @param {import("#client/sheet.js").Sheet} sheet - The agreed one.
 */
export async function leadTo($link, form, sheet) {
  const mine = ++links;
  const code = await encode(fileOf(sheet)).catch(() => "");
  if (mine !== links) return; // what was settled since has a link of its own
  $link.href = `${form}#sheet=${code}`;
  $link.hidden = !code;
}
