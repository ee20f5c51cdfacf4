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
import { element, scopeOf } from "#client/results.js";
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
  const one = "{count} line of the plan has no day and is not in it.";
  const words = left ? sayCount(left, one, "{count} lines of the plan have no day and are not in it.") : "";
  save(panel, $button, "ics", calendarOf({ actions, title, today: new Date(), uid }), words);
}

/**
 * The pictures of a lens as one file, which needs nothing of this page: with its heading, and colours in place of their names.
 *
 * @type {(panel: Panel, $button: HTMLElement) => void}
 */
function savePicture(panel, $button) {
  const $lens = /** @type {HTMLElement} */ ($button.closest("[data-lens]"));
  const pictures = [...$lens.querySelectorAll("[data-picture] svg")];
  const styles = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => styles.getPropertyValue(`--balcony-${name}`).trim();
  const sizes = pictures.map(($svg) => /** @type {SVGSVGElement} */ ($svg).viewBox.baseVal);
  const gap = 32;
  const line = 20;
  const $file = pictures[0].cloneNode();
  if (!($file instanceof SVGSVGElement)) return;
  const width = sizes.reduce((sum, size) => sum + size.width + gap, gap);
  const name = $lens.querySelector("h2, h3")?.textContent ?? "";
  const scope = scopeOf(panel.desk.sheet());
  const heading = lines(name, 700, 17, width - 2 * gap);
  const below = lines(scope, 400, 12, width - 2 * gap);
  const top = (heading.length + below.length) * line + gap;
  const height = Math.max(...sizes.map((size) => size.height)) + top + gap;
  const attributes = {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    color: colour("ink"),
    "font-family": "sans-serif",
  };
  for (const [name, value] of Object.entries(attributes)) $file.setAttribute(name, String(value));
  $file.append(
    drawn("title", {}, [name, scope].join(" · ")),
    drawn("rect", { width, height, fill: colour("paper"), stroke: "none" }),
    written(heading, gap, gap, { "font-size": 17, "font-weight": 700 }),
    written(below, gap, gap + heading.length * line, { "font-size": 12 }),
  );
  let x = gap;
  for (const [at, $svg] of pictures.entries()) {
    const $copy = /** @type {SVGSVGElement} */ ($svg.cloneNode());
    $copy.innerHTML = $svg.innerHTML.replace(/var\(--balcony-([\w-]+)\)/g, (_, each) => colour(each));
    // It speaks of the table that is below it on the page.
    $copy.querySelector("title")?.remove();
    for (const [key, value] of Object.entries({ x, y: top, ...size(sizes[at]) }))
      $copy.setAttribute(key, String(value));
    $file.append($copy);
    x += sizes[at].width + gap;
  }
  const text = new XMLSerializer().serializeToString($file);
  // A name may hold what XML has no place for.
  save(
    panel,
    $button,
    `${$lens.dataset.lens}.svg`,
    text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ""),
  );
}

/** @type {(words: string, weight: number, size: number, width: number) => string[]} Words in lines that fit, be they one long word. */
function lines(words, weight, size, width) {
  const brush = document.createElement("canvas").getContext("2d");
  if (!brush) return [words];
  brush.font = `${weight} ${size}px sans-serif`;
  const all = [""];
  for (const letter of words) {
    const last = all[all.length - 1];
    const at = last.lastIndexOf(" ") + 1 || last.length;
    if (brush.measureText(last + letter).width <= width) all[all.length - 1] += letter;
    else all.splice(-1, 1, last.slice(0, at), last.slice(at) + letter);
  }
  return all;
}

/** @type {(lines: string[], x: number, y: number, look: Record<string, number>) => SVGElement} */
function written(lines, x, y, look) {
  const $text = drawn("text", { fill: "currentColor", stroke: "none", ...look });
  $text.append(...lines.map((words, at) => drawn("tspan", { x, y: y + at * 20 }, words)));
  return $text;
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
