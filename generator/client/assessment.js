/**
 * The assessment page: the form, the run through it, and the results, wired together. Knows the page and computes nothing.
 */
import { showResults } from "#client/results.js";
import { startRun } from "#client/run.js";
import { score } from "#client/score.js";
import { answersOf, newSheet, takeOver } from "#client/sheet.js";
import { say } from "#client/words.js";

const $form = /** @type {HTMLFormElement} */ (document.querySelector("main form"));
const $data = /** @type {HTMLElement} */ (document.getElementById("balcony-data"));
/** @type {import("#client/results.js").PageFramework} */
const framework = JSON.parse($data.textContent ?? "");
const sheet = newSheet(framework);

$form.addEventListener("submit", (event) => event.preventDefault());
$form.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return;
  takeOver(sheet, target, framework.indicators);
  showProgress();
});

/** Say how many questions are answered, wherever the page shows it. */
function showProgress() {
  const answered = Object.keys(sheet.answers).length;
  const words = say("{answered} of {of} answered", { answered, of: framework.asked.length });
  for (const $each of document.querySelectorAll("[data-progress]")) $each.textContent = words;
}

/** Say of each section whether it is begun and done. */
function showTasks() {
  for (const $status of /** @type {NodeListOf<HTMLElement>} */ ($form.querySelectorAll("[data-status]"))) {
    const $section = /** @type {HTMLElement} */ (document.getElementById(String($status.dataset.status)));
    const ids = [...$section.querySelectorAll("fieldset.question")].map(({ id }) => id);
    if (!ids.length) continue;
    const answered = ids.filter((id) => Object.hasOwn(sheet.answers, id)).length;
    const begun = answered ? say("In progress") : say("Not yet started");
    $status.textContent = answered === ids.length ? say("Completed") : begun;
  }
}

/** Show every answer beside its question. */
function showAnswers() {
  for (const $row of /** @type {NodeListOf<HTMLElement>} */ ($form.querySelectorAll("[data-check]"))) {
    const id = String($row.dataset.check);
    const $chosen = document.getElementById(id)?.querySelector("input:checked + span b");
    const $answer = /** @type {HTMLElement} */ ($row.querySelector("dd"));
    $answer.textContent = $chosen?.textContent ?? say("Not answered");
  }
}

/** @type {Record<string, () => void>} What a step shows is brought up to date when it is opened. */
const BEFORE = {
  start: showTasks,
  check: showAnswers,
  results: () => {
    const result = score(framework, {
      form: framework.form,
      answers: answersOf(sheet),
      warning_signs: sheet.warning_signs,
    });
    showResults(/** @type {HTMLElement} */ (document.getElementById("results")), framework, sheet, result);
  },
};

showProgress();
startRun($form, (step) => BEFORE[step]?.());
