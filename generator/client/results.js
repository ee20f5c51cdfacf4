/**
 * The results: what the framework says of this result, filled into what the page already holds.
 *
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {import("#client/message.js").SpokenLens} SpokenLens
 * @typedef {{next_steps: string[], discuss: string, exercises: Record<string, string>}} Practice What to do about a question.
 * @typedef {import("#client/score.js").Framework & {form: string, levels: string[], lenses: SpokenLens[]}} PageFramework
 * @typedef {Record<string, import("#client/sheet.js").Given["answer"]>} Answers
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 */
import { compare, parse, shown } from "#client/fraction.js";
import { message } from "#client/message.js";
import { say } from "#client/words.js";

/** How many questions are shown as a place to begin. */
const FIRST = 3;

/**
 * Show a result.
 *
 * @param {HTMLElement} $root - The results step.
 * @param {PageFramework} framework - The page's data.
 * @param {Sheet} sheet - What was written.
 * @param {Answers} answers - Those that count.
 * @param {Fields} result - What it came to.
 */
export function showResults($root, framework, sheet, answers, result) {
  const day = new Date(sheet.changed).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  text($root, "[data-scope]", [sheet.work, sheet.team, day].filter(Boolean).join(" · "));
  for (const lens of framework.lenses) showLens($root, lens, result.lenses[lens.id], framework);
  showWarningSigns($root, sheet, result.warning_signs);
  showNext($root, framework, answers);
  showUnsure($root, answers);
}

/** @type {($root: Element, selector: string, words: string) => void} */
function text($root, selector, words) {
  const $element = /** @type {HTMLElement} */ ($root.querySelector(selector));
  $element.textContent = words;
  $element.hidden = !words;
}

/** @type {($root: HTMLElement, lens: SpokenLens, result: Fields, framework: PageFramework) => void} */
function showLens($root, lens, result, framework) {
  const $lens = /** @type {HTMLElement} */ ($root.querySelector(`[data-lens="${lens.id}"]`));
  const whole = new Set(lens.dimensions.filter(({ indicators }) => isWhole(indicators, framework)).map(({ id }) => id));
  $lens.dataset.state = result.state;
  text($lens, "[data-message]", message(lens, result, framework));
  text($lens, "[data-value]", overall(result, framework.levels, whole.size === lens.dimensions.length));
  text($lens, "[data-not-applicable]", notApplicable(lens, result, framework));
  for (const { id } of lens.rule === "profile" ? inOrderOfNeed(lens, result) : lens.dimensions) {
    const $row = /** @type {HTMLElement} */ ($lens.querySelector(`[data-dimension="${id}"]`));
    $row.parentElement?.append($row);
    showDimension($row, result.dimensions[id], whole.has(id), framework);
  }
}

/**
 * The lowest first, whatever is essential and low before it, and what has too few answers last (METHOD 4.4).
 *
 * @type {(lens: SpokenLens, result: Fields) => SpokenLens["dimensions"]}
 */
function inOrderOfNeed({ dimensions }, { state, dimensions: results }) {
  const scored = dimensions.filter(({ id }) => results[id].scored);
  const isFirst = (/** @type {import("#client/score.js").Part} */ part) =>
    state === "essential-low" && Boolean(part.essential);
  scored.sort(
    (a, b) =>
      Number(isFirst(b)) - Number(isFirst(a)) || compare(parse(results[a.id].value), parse(results[b.id].value)),
  );
  return [...scored, ...dimensions.filter((part) => !scored.includes(part))];
}

/**
 * A single answer is an answer and not a score, and part of a dimension is no measure of it: there, a level has no number (METHOD 2.5, 4.1).
 *
 * @type {(indicators: string[], framework: PageFramework) => boolean}
 */
const isWhole = (indicators, framework) =>
  indicators.length > 1 && indicators.every((each) => Object.hasOwn(framework.revisions, each));

/**
 * The level that the rule names for the lens as a whole, where it names one; its number second.
 *
 * @type {(result: Fields, levels: string[], withNumbers: boolean) => string}
 */
function overall(result, levels, withNumbers) {
  if (!result.value) return "";
  const values = { level: levels[result.band - 1], number: result.shown, gap: shown(parse(result.gap)) };
  const before = result.capped_from && levels[result.capped_from - 1];
  if (before) return say("Level: {level}, held down from {before}.", { ...values, before });
  if (!withNumbers) return say("Level: {level}.", values);
  return say("Level: {level} ({number}). Lowest and highest part are {gap} levels apart.", values);
}

/** @type {(lens: SpokenLens, result: Fields, framework: PageFramework) => string} */
function notApplicable({ dimensions }, result, { revisions }) {
  const of = dimensions.flatMap((part) => part.indicators.filter((id) => Object.hasOwn(revisions, id))).length;
  const count = of - dimensions.reduce((sum, { id }) => sum + result.dimensions[id].applicable, 0);
  // METHOD 2.4: when more than a third of a lens does not apply, the page says so.
  return count * 3 > of
    ? say("{count} of the {of} questions behind this lens do not apply to you.", { count, of })
    : "";
}

/**
 * Level names first, numbers second (METHOD 2.6).
 *
 * @type {($row: HTMLElement, dimension: Fields, withNumbers: boolean, framework: PageFramework) => void}
 */
function showDimension($row, dimension, withNumbers, { levels, top }) {
  const $cell = /** @type {HTMLElement} */ ($row.lastElementChild);
  $row.dataset.state = dimension.scored ? "scored" : dimension.reason;
  if (!dimension.scored) {
    $cell.textContent = say(dimension.reason === "nothing-applies" ? "Does not apply to you" : "Too few answers");
    return;
  }
  const alike = dimension.lowest === dimension.highest;
  const range = alike ? "{number}, all answers {lowest}" : "{number}, from answers {lowest} to {highest}";
  $cell.replaceChildren(strong(levels[dimension.band - 1]), track(dimension, top));
  if (withNumbers) $cell.append(small(say(range, { number: dimension.shown, ...named(dimension, levels) })));
  if (dimension.could_be_from)
    $cell.append(small(say("Could be {from} to {to}, once all is answered", couldBe(dimension))));
}

/** @type {(dimension: Fields, levels: string[]) => {lowest: string, highest: string}} */
const named = ({ lowest, highest }, levels) => ({ lowest: levels[lowest - 1], highest: levels[highest - 1] });

/** @type {(dimension: Fields) => {from: string, to: string}} */
const couldBe = ({ could_be_from, could_be_to }) => ({
  from: shown(parse(could_be_from)),
  to: shown(parse(could_be_to)),
});

/** @type {(words: string) => HTMLElement} */
const strong = (words) => Object.assign(document.createElement("strong"), { textContent: words });

/** @type {(words: string) => HTMLElement} */
const small = (words) => Object.assign(document.createElement("small"), { textContent: words });

/**
 * A bar beside the words, which say all of it.
 *
 * @type {(dimension: Fields, top: number) => HTMLElement}
 */
function track({ value }, top) {
  const $track = document.createElement("span");
  $track.className = "track";
  $track.setAttribute("aria-hidden", "true");
  const { n, d } = parse(value);
  $track.style.setProperty("--value", String((Number(n) / Number(d) - 1) / (top - 1)));
  $track.style.setProperty("--steps", String(top - 1));
  return $track;
}

/** @type {($root: HTMLElement, sheet: Sheet, result: Fields) => void} */
function showWarningSigns($root, sheet, { ticked, of, band }) {
  const $signs = /** @type {HTMLElement} */ ($root.querySelector("[data-warning-signs]"));
  $signs.hidden = !ticked;
  $signs.dataset.state = band;
  const count = { ticked, of };
  const many = say(
    "You ticked {ticked} of {of}, which is many. Talk about this before anything else on this page.",
    count,
  );
  text($signs, "[data-message]", band === "many" ? many : say("You ticked {ticked} of {of}.", count));
  for (const $sign of /** @type {NodeListOf<HTMLElement>} */ ($signs.querySelectorAll("[data-sign]"))) {
    const id = String($sign.dataset.sign);
    $sign.hidden = !sheet.warning_signs.has(id);
    if (!$sign.hidden) fetched("signs").then((whys) => text($sign, "span", whys?.[id] ?? ""));
  }
}

/**
 * The questions with the lowest levels; of equals, those that feed most of the lenses shown, then those asked first.
 *
 * @type {(framework: PageFramework, answers: Answers) => string[]}
 */
function whereToBegin({ revisions, lenses }, answers) {
  const feeds = (/** @type {string} */ id) =>
    lenses.filter(({ dimensions }) => dimensions.some((part) => part.indicators.includes(id))).length;
  const levelled = Object.keys(revisions).filter((id) => typeof answers[id] === "number");
  const level = (/** @type {string} */ id) => Number(answers[id]);
  return levelled.sort((a, b) => level(a) - level(b) || feeds(b) - feeds(a)).slice(0, FIRST);
}

/** @type {($root: HTMLElement, framework: PageFramework, answers: Answers) => void} */
function showNext($root, { levels, ...framework }, answers) {
  const $template = /** @type {HTMLTemplateElement} */ ($root.querySelector("template[data-entry]"));
  const $next = /** @type {HTMLElement} */ ($root.querySelector("[data-next]"));
  const entries = whereToBegin({ levels, ...framework }, answers).map((id) => {
    const $copy = /** @type {DocumentFragment} */ ($template.content.cloneNode(true));
    const $entry = /** @type {HTMLElement} */ ($copy.firstElementChild);
    fillEntry($entry, id, levels, Number(answers[id]));
    showPractice($entry, id, Number(answers[id]));
    return $entry;
  });
  $next.hidden = !entries.length;
  $next.querySelector("div")?.replaceChildren(...entries);
}

/** @type {($entry: HTMLElement, id: string, levels: string[], level: number) => void} */
function fillEntry($entry, id, levels, level) {
  const $question = /** @type {HTMLElement} */ (document.getElementById(id));
  $entry.dataset.indicator = id;
  text($entry, "h3", $question.querySelector("legend")?.textContent ?? id);
  text($entry, ".at", say("You said {level}: {text}", { level: levels[level - 1], text: levelText($question, level) }));
  const $evidence = $question.querySelector("details ul")?.cloneNode(true);
  if ($evidence) $entry.querySelector("h4")?.after($evidence);
}

/** @type {($entry: HTMLElement, id: string, level: number) => Promise<void>} */
async function showPractice($entry, id, level) {
  /** @type {Practice | undefined} */
  const practice = await fetched(`practice/${id}`);
  const missing = say("This could not be fetched. Open the results again once you are online.");
  text($entry, ".step span", practice?.next_steps[level - 1] ?? missing);
  text($entry, ".discuss span", practice?.discuss ?? "");
  linkExercises(/** @type {HTMLElement} */ ($entry.querySelector(".exercises")), practice?.exercises ?? {});
}

/**
 * What the framework says of one thing is fetched when it is wanted: most of it never is.
 *
 * @type {(name: string) => Promise<any>}
 */
const fetched = (name) =>
  import(`#framework/${name}.js`).then(
    (module) => module.default,
    () => undefined,
  );

/**
 * One link for each exercise, made from the one that the page brings.
 *
 * @type {($exercises: HTMLElement, exercises: Record<string, string>) => void}
 */
function linkExercises($exercises, exercises) {
  const $first = /** @type {HTMLAnchorElement} */ ($exercises.querySelector("a"));
  $exercises.hidden = !Object.keys(exercises).length;
  const $links = Object.entries(exercises).map(([id, name]) => {
    const $link = /** @type {HTMLAnchorElement} */ ($first.cloneNode());
    // In the single file there is nowhere to lead to.
    const folder = $first.getAttribute("href");
    if (folder) $link.setAttribute("href", `${folder}${id}/`);
    $link.textContent = name;
    return $link;
  });
  $first.replaceWith(...$links);
}

/** @type {($question: HTMLElement, level: number) => string} */
const levelText = ($question, level) =>
  $question.querySelector(`input[value="${level}"] + span`)?.lastChild?.textContent?.trim() ?? "";

/** @type {($root: HTMLElement, answers: Answers) => void} */
function showUnsure($root, answers) {
  const $unsure = /** @type {HTMLElement} */ ($root.querySelector("[data-unsure]"));
  const ids = Object.keys(answers).filter((id) => answers[id] === "not-sure");
  $unsure.hidden = !ids.length;
  const items = ids.map((id) => {
    const $item = document.createElement("li");
    $item.dataset.indicator = id;
    $item.textContent = document.getElementById(id)?.querySelector("legend")?.textContent ?? id;
    return $item;
  });
  $unsure.querySelector("ul")?.replaceChildren(...items);
}
