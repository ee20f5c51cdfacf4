/**
 * The team's view on the page: what to talk about, each lens, and where people stand on each question.
 *
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {import("#client/message.js").SpokenLens} SpokenLens
 * @typedef {import("#client/score.js").Framework & {form: string, levels: string[], lenses: SpokenLens[]}} Form
 * @typedef {Form & {ranges?: import("#client/benchmark.js").Ranges}} Asked With the ranges of a benchmark, if it has them.
 * @typedef {import("#client/agenda.js").Texts} Texts
 */
import { sayCount } from "#client/counts.js";
import { element, text } from "#client/elements.js";
import { band, parse } from "#client/fraction.js";
import { message } from "#client/message.js";
import { picture } from "#client/picture.js";
import { listed, say } from "#client/words.js";

/** Questions of the list that are shown at once. */
export const FIRST = 7;
const AGREEMENT = {
  close: say("People are close together."),
  "some-spread": say("People differ to some degree."),
  wide: say("People are wide apart."),
};

/** @type {Fields | undefined} What is shown: what was fetched for an earlier view comes too late. */
let latest;

/**
 * Show a team view.
 *
 * @param {HTMLElement} $root - The step.
 * @param {Fields} view - In the format `balcony-team/1`.
 * @param {Asked} framework - The form's data.
 * @param {Texts} texts - The framework's.
 */
export function showTeam($root, view, framework, texts) {
  const { own, others, set_aside } = view.sheets;
  const basis = [
    sayCount(own, { one: "From {count} sheet of the team.", other: "From {count} sheets of the team." }),
    others
      ? sayCount(others, {
          one: "{count} sheet gives the view of others.",
          other: "{count} sheets give the view of others.",
        })
      : "",
    set_aside.length
      ? sayCount(set_aside.length, { one: "{count} is set aside.", other: "{count} are set aside." })
      : "",
    view.mode === "open"
      ? say("Open: everything is shown.")
      : say("Anonymous: nothing about fewer than {minimum} people.", { minimum: view.minimum_group }),
  ];
  text($root, "[data-basis]", basis.filter(Boolean).join(" "));
  showDiscuss($root, view, framework, texts);
  for (const $lens of /** @type {NodeListOf<HTMLElement>} */ ($root.querySelectorAll("[data-lens]")))
    showLens($lens, view, framework);
  for (const $question of /** @type {NodeListOf<HTMLElement>} */ ($root.querySelectorAll("article[data-indicator]")))
    showQuestion($question, view, framework);
  for (const $section of /** @type {NodeListOf<HTMLElement>} */ ($root.querySelectorAll("[data-section]")))
    $section.hidden = ![...$section.querySelectorAll("article")].some(({ hidden }) => !hidden);
  showSigns($root, view);
  latest = view;
  if ($root.querySelector("[data-benchmark]"))
    import("#client/benchmark.js").then(
      ({ showBenchmark }) => latest === view && showBenchmark($root, view, framework.ranges),
      () => {},
    );
}

/** @type {($root: HTMLElement, view: Fields, framework: Asked, texts: Texts) => void} */
function showDiscuss($root, view, framework, { indicators, exercises }) {
  const items = view.discuss.map((/** @type {string} */ id) => {
    const { question, discuss, exercises: ids } = indicators[id];
    const words = [
      element("b", question),
      element("p", standing(view.indicators[id], framework.levels)),
      element("p", discuss),
    ];
    const names = ids.map((each) =>
      say("{name} ({minutes} minutes)", { name: exercises[each].name, minutes: exercises[each].minutes }),
    );
    if (names.length) words.push(element("p", element("small", say("Exercises: {names}.", { names: listed(names) }))));
    const $item = element("li", ...words);
    $item.dataset.indicator = id;
    return $item;
  });
  const [$first, $rest] = $root.querySelectorAll("[data-discuss]");
  $first.replaceChildren(...items.slice(0, FIRST));
  $rest.replaceChildren(...items.slice(FIRST));
  $rest.setAttribute("start", String(FIRST + 1));
  /** @type {HTMLElement} */ ($rest.parentElement).hidden = items.length <= FIRST;
  const few = say(
    "There are too few people for anything to be shown. Gather more sheets, or agree another way to look.",
  );
  text($root, "[data-nothing]", items.length ? "" : few);
}

/**
 * Say where people stand on a question, as far as it may be shown.
 *
 * @param {Fields} found - The indicator's part of the view.
 * @param {string[]} levels - Names of levels.
 * @returns {string} Sentences.
 */
export function standing(found, levels) {
  if (!found.visible) return say("Too few people gave a level for this to be shown.");
  const { lowest, highest, shown: number, agreement, far_apart_voice, some_not_sure, not_sure } = found;
  const ends = { low: levels[lowest - 1], high: levels[highest - 1], number };
  const range =
    lowest === highest ? say("All say {low}.", ends) : say("From {low} to {high}, {number} on average.", ends);
  const words = [
    found.mean ? range : say("Nobody gave a level."),
    agreement ? AGREEMENT[/** @type {keyof typeof AGREEMENT} */ (agreement)] : "",
    far_apart_voice ? say("Some are far apart: hear both.") : "",
  ];
  if (not_sure) words.push(sayCount(not_sure, { one: "{count} could not say.", other: "{count} could not say." }));
  else if (some_not_sure) words.push(say("Somebody could not say."));
  return words.filter(Boolean).join(" ");
}

/** @type {($lens: HTMLElement, view: Fields, framework: Asked) => void} */
function showLens($lens, view, framework) {
  const id = String($lens.dataset.lens);
  const lens = /** @type {SpokenLens | undefined} */ (framework.lenses.find((each) => each.id === id));
  $lens.hidden = !lens;
  if (!lens) return;
  const found = view.lenses[id];
  const dimensions = Object.fromEntries(lens.dimensions.map((part) => [part.id, scored(found.dimensions[part.id])]));
  const result = { ...found, dimensions };
  const few = say("Too few people answered the questions behind this lens.");
  $lens.dataset.state = found.state ?? "hidden";
  text($lens, "[data-message]", found.state ? message(lens, result, framework) : few);
  text($lens, "[data-value]", "");
  for (const part of lens.dimensions) {
    const $row = /** @type {HTMLElement} */ ($lens.querySelector(`[data-dimension="${part.id}"]`));
    const each = found.dimensions[part.id];
    $row.dataset.state = each.value ? "scored" : each.reason;
    $row.lastElementChild?.replaceChildren(...cell(each, framework.levels));
  }
  const rows = lens.dimensions.map(({ id: part, name }) => {
    const { value, shown: number, band } = found.dimensions[part];
    const label = value ? `${framework.levels[band - 1]} ${number}` : say("Not shown");
    return { id: part, name, label, ...(value && { value }) };
  });
  const level = framework.levels[(found.band ?? found.typical_band) - 1];
  const title = say("{name}: a picture of the table below", { name: $lens.querySelector("h2, h3")?.textContent ?? "" });
  const drawn = found.state ? picture({ ...framework, ...lens, title, rows, result, level }) : [];
  /** @type {HTMLElement} */ ($lens.querySelector("[data-picture]")).innerHTML = drawn.join("");
  /** @type {HTMLElement} */ ($lens.querySelector("[data-button=picture]")).hidden = !drawn.length;
}

/** @type {(found: Fields) => Fields} A team's dimension as a rule's message wants it. */
const scored = ({ value, band, shown: number }) =>
  value ? { scored: true, value, band, shown: number } : { scored: false, reason: "hidden" };

/**
 * What a cell says of a dimension.
 *
 * @param {Fields} found - The dimension's part of the view.
 * @param {string[]} levels - Names of levels.
 * @returns {(string | Node)[]} The level, the number and how many people, or why not.
 */
export function cell(found, levels) {
  if (!found.value) return [found.visible ? say("Nobody has enough answers") : say("Too few people answered")];
  const people = sayCount(
    found.people_scored,
    { one: "{number}, from {count} person", other: "{number}, from {count} people" },
    {
      number: found.shown,
    },
  );
  const words = [element("strong", levels[found.band - 1]), element("small", people)];
  const { others } = found;
  if (others?.finding)
    words.push(
      element(
        "small",
        say("Others see {others}. {finding}", { others: others.others_shown, finding: FINDINGS[others.finding] }),
      ),
    );
  return words;
}

/** @type {Record<string, string>} Always "possible" (METHOD 2.11). */
const FINDINGS = {
  "possible-blind-spot": say("A possible blind spot."),
  "possible-hidden-strength": say("A possible hidden strength."),
  "no-clear-difference": say("No clear difference."),
};

/** @type {($question: HTMLElement, view: Fields, framework: Asked) => void} */
function showQuestion($question, view, framework) {
  const found = view.indicators[String($question.dataset.indicator)];
  $question.hidden = !found;
  if (!found) return;
  text($question, "[data-stand]", standing(found, framework.levels));
  const counts = found.counts?.map((/** @type {number} */ count, /** @type {number} */ at) =>
    say("{level}: {count}", { level: framework.levels[at], count }),
  );
  text($question, "[data-counts]", counts ? counts.join(" · ") : "");
  const drawn = found.mean ? picture(drawingOf(found, framework)) : [];
  /** @type {HTMLElement} */ ($question.querySelector("[data-picture]")).innerHTML = drawn.join("");
}

/**
 * Where people stand on one question, as a drawing: the mean, and the range striped.
 *
 * @param {Fields} found - The indicator's part of the view, with a mean.
 * @param {Asked} framework - The form's data.
 * @returns {import("#client/picture.js").Drawing} For `picture`.
 */
export function drawingOf({ mean, lowest, highest }, { levels, top, settings }) {
  const row = { id: "", name: say("On average"), label: levels[band(parse(mean)) - 1], value: mean };
  const title = say("A picture of the words below");
  const range = /** @type {[string, string]} */ ([String(lowest), String(highest)]);
  return { title, rule: "spread", rows: [{ ...row, range }], result: {}, top, settings };
}

/** @type {($root: HTMLElement, view: Fields) => void} */
function showSigns($root, { warning_signs, minimum_group }) {
  const $signs = /** @type {NodeListOf<HTMLElement>} */ ($root.querySelectorAll("[data-sign]"));
  for (const $sign of $signs) {
    const found = warning_signs[String($sign.dataset.sign)];
    $sign.hidden = !found?.ticked && !found?.reached_minimum_group;
    const many = say("At least {count} people ticked it.", { count: minimum_group });
    const counted = sayCount(found?.ticked, { one: "{count} person ticked it.", other: "{count} people ticked it." });
    text($sign, "span", found?.ticked ? counted : many);
  }
  const $none = /** @type {HTMLElement | null} */ ($root.querySelector("[data-no-sign]"));
  if ($none) $none.hidden = [...$signs].some(({ hidden }) => !hidden);
}
