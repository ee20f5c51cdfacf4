/**
 * From result to act: targets, the shortlist that follows from them, and the plan. Fetched when somebody goes there.
 *
 * @typedef {import("#client/panel.js").Panel} Panel
 * @typedef {import("#client/results.js").PageFramework} PageFramework
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {import("#client/sheet.js").Action} Action
 * @typedef {import("#client/shortlist.js").Entry} Entry
 * @typedef {import("#client/shortlist.js").Aim} Aim
 * @typedef {{next_steps: string[], discuss: string, exercises: Record<string, string>}} Practice What to do about a question.
 */
import { unseen } from "#client/controls.js";
import { element, link, text } from "#client/elements.js";
import { dressed, fetched } from "#client/fetched.js";
import { compare, fraction, parse } from "#client/fraction.js";
import { lensName, prepare } from "#client/report.js";
import { scopeOf } from "#client/results.js";
import { actionsOf } from "#client/sheet.js";
import { aimsOf, shortlist } from "#client/shortlist.js";
import { listed, say } from "#client/words.js";

/** Entries of the shortlist that are shown at once. */
const FIRST = 5;
const $step = /** @type {HTMLElement} */ (document.getElementById("plan"));
const $body = /** @type {HTMLElement} */ ($step.querySelector("div"));

/** @type {($root: ParentNode, selector: string) => any} */
const one = ($root, selector) => $root.querySelector(selector);

/** @type {(name: string) => any} A copy of one of the step's templates. */
const copyOf = (name) => one($body, `[data-template=${name}]`).content.firstElementChild.cloneNode(true);

/**
 * Show the step as the sheet is now.
 *
 * @param {Panel} panel - Of the page.
 */
export async function showPlan(panel) {
  text($step, "[data-scope]", scopeOf(panel.desk.sheet()));
  if (!$body.firstChild) {
    const [html] = await Promise.all([fetched("plan"), dressed()]);
    if (!html) return panel.offline();
    $body.innerHTML ||= html;
    listen(panel);
  }
  const { headline, others } = lensesOf(panel);
  const [$headline, $others] = $body.querySelectorAll("[data-targets]");
  $headline.replaceChildren(...headline.map((each) => targetsOf(panel, each)));
  $others.replaceChildren(...others.map((each) => targetsOf(panel, each)));
  /** @type {HTMLElement} */ ($others.parentElement).hidden = !others.length;
  showActions(panel);
  await showShortlist(panel);
}

/** @type {(panel: Panel) => {headline: any[], others: any[]}} The lenses as results show them. */
function lensesOf({ desk }) {
  const $lenses = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#results [data-lens]")]);
  const lenses = $lenses.map(($lens) => ({
    ...desk.framework.lenses.find(({ id }) => id === $lens.dataset.lens),
    name: $lens.querySelector("h2, h3")?.textContent,
    isHeadline: !$lens.closest("details"),
  }));
  return {
    headline: lenses.filter(({ isHeadline }) => isHeadline),
    others: lenses.filter(({ isHeadline }) => !isHeadline),
  };
}

/** @type {(panel: Panel, lens: any) => HTMLElement} */
function targetsOf(panel, lens) {
  const { desk } = panel;
  const { levels } = desk.framework;
  const { result } = desk.scored();
  const $rows = lens.dimensions.map((/** @type {{id: string, name: string}} */ { id, name }) => {
    const $row = copyOf("target");
    const key = `${lens.id}/${id}`;
    const { scored, value, band } = result.lenses[lens.id].dimensions[id];
    const values = { name, level: scored ? levels[band - 1] : say("too few answers") };
    one($row, "span").textContent = say("{name}, now: {level}", values);
    const $select = one($row, "select");
    $select.value = desk.sheet().targets[key] ?? "";
    const remark = () => {
      const target = Number($select.value);
      const there = say("You are there already. Ask what keeps you there.");
      const waits = say("This waits for more answers.");
      const isAbove = scored && compare(fraction(target), parse(value)) > 0;
      one($row, "small").textContent = !target || isAbove ? "" : scored ? there : waits;
    };
    remark();
    $select.onchange = () => {
      desk.write([["targets", key, Number($select.value) || undefined]]);
      remark();
      showShortlist(panel);
    };
    return $row;
  });
  return element("fieldset", element("legend", lens.name), ...$rows);
}

/** @type {(panel: Panel) => Promise<unknown>} */
function showShortlist(panel) {
  const { framework, scored, sheet } = panel.desk;
  const { answers, result } = scored();
  const { targets } = sheet();
  const aims = aimsOf(framework, targets, result);
  const isThere = !aims.length && isMeasured(framework, targets, result);
  const entries = isThere ? [] : shortlist(framework, answers, aims);
  const lowest = Object.keys(targets).length
    ? say(
        "None of your targets can be held against these answers yet. So these are your lowest questions, those first that feed most lenses.",
      )
    : say("Without targets, these are your lowest questions, those first that feed most lenses.");
  const reached = say(
    "You are at or above every target that can be held against these answers. Set one higher, or work on keeping what you have.",
  );
  const furthest = say("By the distance to where you need to be: for each part, its lowest question below the target.");
  const why = aims.length ? furthest : isThere ? reached : lowest;
  const none = say("There is nothing to work on before a question is answered with a level.");
  text($body, "[data-why]", Object.values(answers).some(Number) ? why : none);
  const $entries = entries.slice(0, aims.length ? entries.length : FIRST).map((each) => entryOf(panel, each));
  const rest = $entries.slice(FIRST);
  one($body, "[data-shortlist]").replaceChildren(...$entries.slice(0, FIRST));
  const $rest = one($body, "[data-rest]");
  $rest.hidden = !rest.length;
  one($rest, "summary").textContent = say("Show {count} more", { count: rest.length });
  one($rest, "ol").replaceChildren(...rest);
  showPlanned(panel);
  return Promise.all(entries.slice(0, $entries.length).map((each, at) => showPractice(panel, $entries[at], each)));
}

/**
 * Whether a part that has a target has a value: targets for parts with too few answers, or of another form, wait.
 *
 * @type {(framework: PageFramework, targets: Record<string, number>, result: Fields) => boolean}
 */
function isMeasured(framework, targets, result) {
  return framework.lenses.some(({ id, dimensions }) =>
    dimensions.some((part) => targets[`${id}/${part.id}`] && result.lenses[id].dimensions[part.id].scored),
  );
}

/** @type {(panel: Panel, entry: Entry) => HTMLElement} */
function entryOf(panel, { id, level, aims }) {
  const { levels } = panel.desk.framework;
  const $entry = copyOf("entry");
  const $question = /** @type {HTMLElement} */ (document.getElementById(id));
  $entry.dataset.indicator = id;
  one($entry, "h3").append(link(id));
  text(
    $entry,
    "[data-aims]",
    aims.length ? say("For {aims}.", { aims: listed(aims.map((aim) => aimed(panel, aim))) }) : "",
  );
  const said = one($question, `input[value="${level}"] + span`)?.lastChild.textContent.trim();
  text($entry, "[data-at]", say("You said {level}: {text}", { level: levels[level - 1], text: said }));
  one($entry, "details").append(one($question, "details ul").cloneNode(true));
  one($entry, "details ul").remove();
  one($entry, "button").append(unseen(say(": {issue}", { issue: one($entry, "h3").textContent })));
  return $entry;
}

/** @type {(panel: Panel, aim: Aim) => string} */
function aimed({ desk }, { lens, dimension, target }) {
  const { framework, scored } = desk;
  const part = framework.lenses.find(({ id }) => id === lens)?.dimensions.find(({ id }) => id === dimension);
  const from = framework.levels[scored().result.lenses[lens].dimensions[dimension].band - 1];
  const to = framework.levels[target - 1];
  const words = { name: part?.name ?? dimension, of: lensName(lens), from, to };
  return from === to
    ? say("{name} in {of} (close to {to})", words)
    : say("{name} in {of} (from {from} to {to})", words);
}

/** @type {(panel: Panel, $entry: HTMLElement, entry: Entry) => Promise<void>} */
async function showPractice(panel, $entry, { id, level }) {
  /** @type {Practice | undefined} */
  const practice = await fetched(`practice/${id}`);
  const step = practice?.next_steps[level - 1];
  const missing = say("This could not be fetched. Open this step again once you are online.");
  one($entry, "[data-step] span").textContent = step ?? missing;
  text($entry, "[data-discuss] span", practice?.discuss ?? "");
  const exercises = Object.entries(practice?.exercises ?? {}).map(([each, name]) => exerciseLink(each, name));
  one($entry, "[data-exercises]").hidden = !exercises.length;
  one($entry, "[data-exercises] span").append(...exercises.flatMap((each, at) => (at ? [", ", each] : [each])));
  one($entry, "button").onclick = () => {
    const issue = one($entry, "h3").textContent;
    const key = add(panel, { issue, commitment: step ?? "", indicator: id });
    tell(say("Added to the plan: {issue}", { issue }));
    one($body, `[data-key="${key}"] textarea`).focus();
  };
}

/** @type {(id: string, name: string) => HTMLElement} The page's own link has the address; in a single file there may be none. */
function exerciseLink(id, name) {
  const $link = one(one($step, "template[data-exercise]").content, "a").cloneNode();
  const folder = $link.getAttribute("href");
  if (folder) $link.setAttribute("href", `${folder}${id}/`);
  $link.textContent = name;
  return $link;
}

// The plan

/** @type {(words: string) => void} */
function tell(words) {
  one($body, "[data-said]").textContent = words;
}

/** @type {(panel: Panel, action: Action) => string} The key of the new one. */
function add(panel, action) {
  const { desk } = panel;
  const places = actionsOf(desk.sheet()).map(([key, { place = Number(key) }]) => place);
  const key = Math.random().toString(36).slice(2);
  desk.write([["actions", key, { ...action, place: Math.max(-1, ...places) + 1 }]]);
  showActions(panel);
  return key;
}

/** @type {(panel: Panel) => void} */
function showActions(panel) {
  const all = actionsOf(panel.desk.sheet());
  one($body, "[data-empty]").hidden = all.length > 0;
  const $at = /** @type {any} */ (document.activeElement);
  const key = $at?.closest("[data-actions] [data-key]")?.dataset.key;
  one($body, "[data-actions]").replaceChildren(...all.map(([each], at) => actionOf(panel, each, at, all.length)));
  showPlanned(panel);
  // What another tab changes must not stop anybody who is writing here.
  const $again = key && $at.dataset.field && one($body, `[data-key="${key}"] [data-field="${$at.dataset.field}"]`);
  $again?.focus();
  if ($again && $at.type !== "date") $again.setSelectionRange($at.selectionStart, $at.selectionEnd);
}

/** @type {(panel: Panel) => void} Say of each entry of the shortlist whether it is in the plan. */
function showPlanned(panel) {
  const lines = actionsOf(panel.desk.sheet()).map(([, { indicator }]) => indicator);
  for (const $entry of $body.querySelectorAll("li[data-indicator]")) {
    const line = lines.indexOf(/** @type {HTMLElement} */ ($entry).dataset.indicator) + 1;
    one($entry, "[data-planned]").textContent = line ? say("In the plan: line {line}.", { line }) : "";
  }
}

/** @type {(panel: Panel, key: string, at: number, of: number) => HTMLElement} */
function actionOf(panel, key, at, of) {
  const { desk } = panel;
  const $action = copyOf("action");
  const number = at + 1;
  $action.dataset.key = key;
  one($action, "legend").textContent = say("Line {number} of {of}", { number, of });
  for (const $control of $action.querySelectorAll("[data-field]")) {
    const { field } = $control.dataset;
    const read = () => /** @type {any} */ (desk.sheet().actions[key])?.[field] ?? "";
    $control.value = read();
    $control.oninput = () => {
      desk.write([["actions", key, { ...desk.sheet().actions[key], [field]: $control.value }]]);
      if (field === "by_when") remark();
    };
  }
  const remark = () => {
    const day = desk.sheet().actions[key]?.by_when;
    // While a year is typed, it has fewer digits: 0002, 0020, 0203.
    const isPast = day && day > "1" && day < new Date().toLocaleDateString("sv");
    one($action, "small").textContent = isPast
      ? say("This day has passed. Say what became of it, or choose another.")
      : "";
  };
  remark();
  for (const $button of $action.querySelectorAll("[data-move]")) {
    const by = Number($button.dataset.move);
    $button.disabled = at + by < 0 || at + by >= of;
    $button.append(unseen(say(": line {number}", { number })));
    $button.onclick = () => move(panel, at, by);
  }
  const $remove = one($action, "[data-remove]");
  $remove.append(unseen(say(": line {number}", { number })));
  $remove.onclick = () => remove(panel, key, at);
  return $action;
}

/** @type {(panel: Panel, at: number, by: number) => void} */
function move(panel, at, by) {
  const all = actionsOf(panel.desk.sheet());
  const [moved] = all.splice(at, 1);
  all.splice(at + by, 0, moved);
  // Only what has another place now: another tab may be writing in the others.
  const placed = all.map(([key, action], place) => ({ key, place, action, before: action.place ?? Number(key) }));
  panel.desk.write(
    placed
      .filter(({ place, before }) => place !== before)
      .map(({ key, place, action }) => ["actions", key, { ...action, place }]),
  );
  showActions(panel);
  tell(say("Now line {number} of {of}.", { number: at + by + 1, of: all.length }));
  const $buttons = [...$body.querySelectorAll(`[data-key="${moved[0]}"] [data-move]`)];
  const $same = /** @type {HTMLButtonElement} */ (one($body, `[data-key="${moved[0]}"] [data-move="${by}"]`));
  /** @type {HTMLButtonElement} */ ($same.disabled ? $buttons.find(($each) => $each !== $same) : $same)?.focus();
}

/** @type {(panel: Panel, key: string, at: number) => void} */
function remove(panel, key, at) {
  const { desk } = panel;
  const action = desk.sheet().actions[key];
  desk.write([["actions", key, undefined]]);
  showActions(panel);
  const heading = one($body, "#balcony-actions");
  heading.focus();
  panel.tell(say("Line {number} was removed from the plan.", { number: at + 1 }), say("Bring it back"), () => {
    desk.write([["actions", key, action]]);
    showActions(panel);
    heading.focus();
  });
}

/** @type {(panel: Panel) => void} */
function listen(panel) {
  panel.desk.$form.dataset.planned = "";
  addEventListener("beforeprint", () => prepare(panel));
  one($body, "[data-button=add]").onclick = () => {
    const key = add(panel, {});
    one($body, `[data-key="${key}"] textarea`).focus();
  };
}
