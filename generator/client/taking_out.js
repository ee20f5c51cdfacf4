/**
 * What the buttons of the results and of the plan do: files, paper and words that people pass on themselves.
 *
 * @typedef {import("#client/panel.js").Panel} Panel
 */
import { calendarOf, undated } from "#client/calendar.js";
import { sayCount } from "#client/counts.js";
import { answerRows, csvOf, planRows } from "#client/csv.js";
import { showMore } from "#client/more.js";
import { offer } from "#client/panel.js";
import { showPlan } from "#client/plan.js";
import { scopeOf } from "#client/results.js";
import { actionsOf, fileName } from "#client/sheet.js";
import { say } from "#client/words.js";

/** @type {Record<string, (panel: Panel, $control: HTMLElement) => unknown>} */
const ACTS = {
  result: (panel) => save(panel, "result.json", `${JSON.stringify(panel.desk.scored().result, null, 1)}\n`),
  answers: (panel) =>
    save(panel, "answers.csv", csvOf(answerRows(panel.desk.sheet(), panel.desk.framework, questions()))),
  picture: (panel, $button) => savePicture(panel, /** @type {HTMLElement} */ ($button.closest("[data-lens]"))),
  plan: (panel) => save(panel, "plan.csv", csvOf(planRows(plan(panel)))),
  calendar: saveCalendar,
  more: (panel, $summary) => showMore(panel, /** @type {HTMLElement} */ ($summary.parentElement)),
  async report(panel) {
    await showPlan(panel);
    print();
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

/** @type {(panel: Panel, kind: string, text: string) => void} */
function save(panel, kind, text) {
  const name = fileName(panel.desk.sheet()).replace("balcony.json", kind);
  offer(name, text);
  panel.tell(say("Downloaded as {name}.", { name }));
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

/** @type {(panel: Panel) => void} */
function saveCalendar(panel) {
  const sheet = panel.desk.sheet();
  const actions = plan(panel);
  const title = [sheet.work, sheet.team].filter(Boolean).join(" · ") || document.title;
  const uid = `${sheet.framework.id}-${sheet.created.replace(/\D/g, "")}`;
  save(panel, "ics", calendarOf({ actions, title, today: new Date(), uid }));
  const left = undated(actions);
  if (left)
    panel.tell(
      sayCount(
        left,
        "The calendar file is downloaded. {count} line of the plan has no day and is not in it.",
        "The calendar file is downloaded. {count} lines of the plan have no day and are not in it.",
      ),
    );
}

/**
 * The pictures of a lens as one file, which needs nothing of this page: with its heading, and colours in place of their names.
 *
 * @type {(panel: Panel, $lens: HTMLElement) => void}
 */
function savePicture(panel, $lens) {
  const pictures = [...$lens.querySelectorAll("[data-picture] svg")];
  const styles = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => styles.getPropertyValue(`--balcony-${name}`).trim();
  const sizes = pictures.map(($svg) => /** @type {SVGSVGElement} */ ($svg).viewBox.baseVal);
  const gap = 32;
  const $file = pictures[0].cloneNode();
  if (!($file instanceof SVGSVGElement)) return;
  const width = sizes.reduce((sum, size) => sum + size.width + gap, gap);
  const height = Math.max(...sizes.map((size) => size.height)) + 3 * gap;
  const lines = [$lens.querySelector("h2, h3")?.textContent ?? "", scopeOf(panel.desk.sheet())];
  const attributes = {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    color: colour("ink"),
    "font-family": "sans-serif",
  };
  for (const [name, value] of Object.entries(attributes)) $file.setAttribute(name, String(value));
  $file.append(
    drawn("rect", { width, height, fill: colour("paper"), stroke: "none" }),
    ...lines.map((words, at) => {
      /** @type {Record<string, number>} */
      const look = at ? { "font-size": 12 } : { "font-size": 17, "font-weight": 700 };
      return drawn("text", { x: gap, y: gap + at * 20, fill: "currentColor", stroke: "none", ...look }, words);
    }),
  );
  let x = gap;
  for (const [at, $svg] of pictures.entries()) {
    const $copy = /** @type {SVGSVGElement} */ ($svg.cloneNode(true));
    for (const [name, value] of Object.entries({ x, y: 2 * gap, ...size(sizes[at]) }))
      $copy.setAttribute(name, String(value));
    $file.append($copy);
    x += sizes[at].width + gap;
  }
  const text = new XMLSerializer().serializeToString($file);
  save(
    panel,
    `${$lens.dataset.lens}.svg`,
    text.replace(/var\(--balcony-([\w-]+)\)/g, (_, name) => colour(name)),
  );
}

/** @type {(of: DOMRect) => {width: number, height: number}} */
const size = ({ width, height }) => ({ width, height });

/** @type {(name: string, attributes: Record<string, string | number>, words?: string) => SVGElement} */
function drawn(name, attributes, words = "") {
  const $element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) $element.setAttribute(key, String(value));
  $element.textContent = words;
  return $element;
}
