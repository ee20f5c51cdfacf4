/**
 * What the buttons of the results and of the plan do: files, paper and words that people pass on themselves.
 *
 * @typedef {import("#client/panel.js").Panel} Panel
 */
import { calendarOf, undated } from "#client/calendar.js";
import { sayCount } from "#client/counts.js";
import { answerRows, csvOf, planRows } from "#client/csv.js";
import { element, offer } from "#client/elements.js";
import { showMore } from "#client/more.js";
import { pictureFile } from "#client/picture_file.js";
import { showPlan } from "#client/plan.js";
import { scopeOf } from "#client/results.js";
import { actionsOf, fileName } from "#client/sheet.js";
import { say } from "#client/words.js";

/** @type {Record<string, (panel: Panel, $control: HTMLElement) => unknown>} */
const ACTS = {
  result: (panel, $button) =>
    save(panel, $button, "result.json", `${JSON.stringify(panel.desk.scored().result, null, 1)}\n`),
  answers: (panel, $button) =>
    save(panel, $button, "answers.csv", csvOf(answerRows(panel.desk.sheet(), panel.desk.framework, questions()))),
  picture: (panel, $button) => savePicture(panel, $button),
  plan: (panel, $button) => save(panel, $button, "plan.csv", csvOf(planRows(plan(panel)))),
  calendar: saveCalendar,
  more: (panel, $summary) => showMore(panel, /** @type {HTMLElement} */ ($summary.parentElement)),
  async report(panel) {
    await showPlan(panel);
    // If the plan could not be fetched, that has been said.
    if (document.querySelector("#plan [data-targets]")) print();
  },
};

/**
 * Do what a control of the results or of the plan is for.
 *
 * @param {Panel} panel - Of the page.
 * @param {HTMLElement} $control - A button, or what opens.
 */
export function take(panel, $control) {
  ACTS[$control.dataset.button ?? "more"]?.(panel, $control);
}

/** @type {(panel: Panel, $control: HTMLElement, kind: string, text: string, words?: string) => void} */
function save(panel, $control, kind, text, words = "") {
  const name = fileName(panel.desk.sheet()).replace("balcony.json", kind);
  offer(name, text);
  const said = [say("Downloaded as {name}.", { name }), words].filter(Boolean).join(" ");
  panel.tell(said);
  // The banner is read out wherever one is, and may be out of sight.
  document.getElementById("balcony-downloaded")?.remove();
  const $said = Object.assign(element("small", said), { id: "balcony-downloaded", ariaHidden: "true" });
  $control.closest("p")?.append($said);
}

/** Every question of the form, with its section. */
const questions = () =>
  [...document.querySelectorAll("fieldset.question")].map(($question) => ({
    id: $question.id,
    section: $question.closest("[data-step]")?.querySelector("h1")?.textContent ?? "",
    question: $question.querySelector("legend")?.textContent ?? "",
  }));

/** @type {(panel: Panel) => import("#client/sheet.js").Action[]} The lines that say something. */
const plan = ({ desk }) =>
  actionsOf(desk.sheet())
    .map(([, action]) => action)
    .filter(({ place, indicator, ...said }) => Object.values(said).some(Boolean));

/** @type {(panel: Panel, $button: HTMLElement) => void} */
function saveCalendar(panel, $button) {
  const sheet = panel.desk.sheet();
  const actions = plan(panel);
  const title = [sheet.work, sheet.team].filter(Boolean).join(" · ") || document.title;
  const uid = `${sheet.framework.id}-${sheet.created.replace(/\D/g, "")}`;
  const left = undated(actions);
  const forms = {
    one: "{count} line of the plan has no day and is not in it.",
    other: "{count} lines of the plan have no day and are not in it.",
  };
  const words = left ? sayCount(left, forms) : "";
  save(panel, $button, "ics", calendarOf({ actions, title, today: new Date(), uid }), words);
}

/** @type {(panel: Panel, $button: HTMLElement) => void} */
function savePicture(panel, $button) {
  const $lens = /** @type {HTMLElement} */ ($button.closest("[data-lens]"));
  save(panel, $button, `${$lens.dataset.lens}.svg`, pictureFile($lens, scopeOf(panel.desk.sheet())));
}
