/**
 * The assessment page: the form, the run through it, the sheet and the results, wired together. Reads the page and computes nothing.
 */
import { startRun } from "#client/elements.js";
import { Panel } from "#client/panel.js";
import { showResults } from "#client/results.js";
import { score } from "#client/score.js";
import { answering, answersOf, newSheet, now, put } from "#client/sheet.js";
import { say } from "#client/words.js";

const $form = /** @type {HTMLFormElement} */ (document.querySelector("main form"));
const $data = /** @type {HTMLElement} */ (document.getElementById("balcony-data"));
/** @type {import("#client/results.js").PageFramework} */
const framework = JSON.parse($data.textContent ?? "");
const { revisions } = framework;
let sheet = newSheet(framework);

const panel = new Panel({
  framework,
  $form,
  sheet: () => sheet,
  scored,
  write,
  count,
  lay: (other) => {
    sheet = other;
    refresh();
  },
  take: (changes) => {
    for (const change of changes) put(sheet, change);
    refresh();
  },
});

/** @type {HTMLElement} */ ($form.querySelector("[data-print]")).onclick = () => print();
$form.onsubmit = (event) => event.preventDefault();
$form.oninput = ({ target }) => {
  const changes = changesOf(target);
  if (changes.length) write(changes);
};

/**
 * Read what one control says now.
 *
 * @param {EventTarget | null} $control - What changed. `filling.js` is the way back.
 * @returns {import("#client/sheet.js").Change[]} What that changes in the sheet: nothing, if it is no control of a sheet.
 */
function changesOf($control) {
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

/**
 * Change the sheet, and keep what has changed.
 *
 * @param {import("#client/sheet.js").Change[]} changes - By the person, on this page.
 */
function write(changes) {
  changes.push(["changed", now()]);
  for (const change of changes) put(sheet, change);
  panel.changed(changes);
  showProgress();
}

// Within a question, the digits choose its levels; nothing moves.
$form.onkeydown = ({ target, key, altKey, ctrlKey, metaKey }) => {
  if (!(target instanceof HTMLInputElement) || target.type !== "radio" || altKey || ctrlKey || metaKey) return;
  const $radio = target.closest(".question")?.querySelector(`input[value="${CSS.escape(key)}"]`);
  if (!/^\d$/.test(key) || !($radio instanceof HTMLInputElement)) return;
  $radio.focus();
  $radio.click();
};

/** Sections whose blanks were pointed out: once is enough. @type {Set<Element>} */
const pointedOut = new Set();
$form.addEventListener("click", (event) => {
  const { target } = event;
  const $section = target instanceof Element && target.matches(".onward .button") && target.closest("[data-step]");
  if (!$section || pointedOut.has($section)) return;
  const given = answersOf(sheet, revisions);
  const blank = questionsOf($section).filter(({ id }) => !Object.hasOwn(given, id));
  if (!blank.length) return;
  pointedOut.add($section);
  event.preventDefault();
  // Without a network they are not pointed out, and the next Continue goes on.
  import("#client/blanks.js").then(
    ({ pointOut }) => pointOut(blank),
    () => {},
  );
});

/** @type {($section: Element) => Element[]} */
function questionsOf($section) {
  return [...$section.querySelectorAll("fieldset.question")];
}

/** @type {(of: import("#client/sheet.js").Sheet) => string} */
function count(of) {
  const answered = Object.keys(answersOf(of, revisions)).length;
  return say("{answered} of {of} answered", { answered, of: Object.keys(revisions).length });
}

/** Say how many questions are answered, wherever the page shows it. */
function showProgress() {
  const words = count(sheet);
  for (const $each of document.querySelectorAll("[data-progress]")) $each.textContent = words;
}

/** Say of each section whether it is begun and done. */
function showTasks() {
  const given = answersOf(sheet, revisions);
  for (const $status of /** @type {NodeListOf<HTMLElement>} */ ($form.querySelectorAll("[data-status]"))) {
    const $section = /** @type {HTMLElement} */ (document.getElementById(String($status.dataset.status)));
    const ids = questionsOf($section).map(({ id }) => id);
    if (!ids.length) continue;
    const answered = ids.filter((id) => Object.hasOwn(given, id)).length;
    const begun = answered ? say("In progress") : say("Not yet started");
    $status.textContent = answered === ids.length ? say("Completed") : begun;
  }
}

/** @type {($question: Element, $template: DocumentFragment) => Node} */
function rowOf($question, $template) {
  const $copy = /** @type {HTMLElement} */ ($template.cloneNode(true).firstChild);
  const [$asked, $answer, $change] = $copy.children;
  const $link = /** @type {HTMLAnchorElement} */ ($change.firstChild);
  const note = sheet.notes[$question.id];
  $copy.dataset.check = $question.id;
  $asked.textContent = $question.querySelector("legend")?.textContent ?? "";
  $answer.textContent = $question.querySelector("input:checked + span b")?.textContent ?? say("Not answered");
  if (note) $answer.append(Object.assign(document.createElement("small"), { textContent: note }));
  $link.href = `#${$question.id}`;
  $link.lastElementChild?.append(` ${$asked.textContent}`);
  return $copy;
}

/** Show every answer and note beside its question, and apart from them what is kept and not counted. */
function showAnswers() {
  const $check = /** @type {HTMLElement} */ (document.getElementById("check"));
  const $row = /** @type {HTMLTemplateElement} */ ($check.querySelector("template")).content;
  for (const $list of $check.querySelectorAll("dl")) {
    const $section = /** @type {HTMLElement} */ (document.getElementById(String($list.dataset.section)));
    $list.replaceChildren(...questionsOf($section).map(($question) => rowOf($question, $row)));
  }
  const counting = Object.keys(answersOf(sheet, revisions)).length;
  const $kept = /** @type {HTMLElement} */ ($check.querySelector("[data-kept]"));
  $kept.hidden = counting === Object.keys(sheet.answers).length && !Object.keys(sheet.earlier).length;
  if (!$kept.hidden) panel.later(import("#client/kept.js"), ({ showKept }) => showKept($kept, framework, sheet));
}

/** Score the sheet as it is now. */
function scored() {
  const answers = answersOf(sheet, revisions);
  return {
    answers,
    result: score(framework, { form: framework.form, answers, warning_signs: [...sheet.warning_signs] }),
  };
}

/** Whether there is, or was, anything to say beside the results. */
let hasRemarks = false;
const $results = /** @type {HTMLElement} */ (document.getElementById("results"));
$form.addEventListener("click", ({ target }) => {
  const $control = target instanceof Element && target.closest("[data-button], [data-more] > summary");
  if ($control instanceof HTMLElement)
    panel.later(import("#client/taking_out.js"), ({ take }) => take(panel, $control));
});

/** @type {Record<string, () => void>} What a step shows is brought up to date when it is opened. */
const BEFORE = {
  start: showTasks,
  check: showAnswers,
  results: () => {
    const { answers, result } = scored();
    showResults($results, framework, sheet, result);
    const isPlain = Object.values(answers).filter(Number).length === Object.keys(revisions).length;
    hasRemarks ||= !isPlain || sheet.warning_signs.size > 0 || Object.keys(sheet.context).length > 0;
    if (hasRemarks)
      panel.later(import("#client/remarks.js"), (all) => all.showRemarks($results, framework, sheet, answers, result));
    for (const show of panel.beside) show();
  },
  plan() {
    this.results();
    panel.later(import("#client/plan.js"), ({ showPlan }) => showPlan(panel));
  },
};

let shown = "start";

/** Bring what is in view up to date. */
function refresh() {
  showProgress();
  BEFORE[shown]?.();
}

startRun($form, (step) => {
  shown = step;
  panel.show(step);
  refresh();
});
panel.start();
