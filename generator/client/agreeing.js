/**
 * The sheet that a team agrees on: a level and a note for each question that it settles, kept while the page is open.
 *
 * @typedef {import("#client/team_page.js").Team} Team
 * @typedef {import("#client/sheet.js").Asked} Asked
 * @typedef {import("#client/sheet.js").Given["answer"]} Answer
 */
import { element } from "#client/elements.js";
import { standing } from "#client/seeing.js";
import { answering, newSheet, now, put } from "#client/sheet.js";
import { say } from "#client/words.js";

/** What has been settled, by question. @type {Map<string, {answer: string, note: string}>} */
const settled = new Map();

/**
 * Show each question, those to talk about first, with a level to choose and a note to write.
 *
 * @param {HTMLElement} $root - Where.
 * @param {Team} team - As it is now.
 */
export function showAgreeing($root, { view, framework, texts }) {
  const rest = Object.keys(view.indicators).filter((id) => !view.discuss.includes(id));
  $root.replaceChildren(
    ...[...view.discuss, ...rest].map((id) => {
      const $select = choice(framework.levels);
      const $note = element("textarea");
      const found = settled.get(id);
      $select.value = found?.answer ?? "";
      Object.assign($note, { value: found?.note ?? "", rows: 2, maxLength: 2000 });
      const keep = () => {
        settled.set(id, { answer: $select.value, note: $note.value });
        window.onbeforeunload = (event) => event.preventDefault();
      };
      $select.onchange = keep;
      $note.oninput = keep;
      const $question = element(
        "fieldset",
        element("legend", texts.indicators[id].question),
        element("p", standing(view.indicators[id], framework.levels)),
        element("p", element("label", say("We agree on:"), " ", $select)),
        element("p", element("label", say("Note (optional)"), $note)),
      );
      $question.className = "question";
      $question.dataset.indicator = id;
      return $question;
    }),
  );
}

/** @type {(levels: string[]) => HTMLSelectElement} */
function choice(levels) {
  const $select = element("select", new Option(say("Not settled"), ""));
  $select.append(
    ...levels.map((name, at) => new Option(name, String(at + 1))),
    new Option(say("Not sure"), "not-sure"),
  );
  return $select;
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
  const sheet = Object.assign(newSheet(asked), { work, team, changed: now() });
  for (const [id, { answer, note }] of settled) {
    if (!Object.hasOwn(asked.revisions, id)) continue;
    const given = /** @type {Answer} */ (Number(answer) || answer);
    if (answer) for (const change of answering(sheet, id, given, asked.revisions[id])) put(sheet, change);
    if (note) put(sheet, ["notes", id, note]);
  }
  return sheet;
}
