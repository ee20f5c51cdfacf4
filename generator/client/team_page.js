/**
 * The team's page: prepare, gather, see, plan the meeting, agree. Wires; what it computes stands in the modules that it names.
 *
 * @typedef {import("#client/seeing.js").Asked} Asked
 * @typedef {import("#client/seeing.js").Texts} Texts
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {{framework: Asked, view: Fields, texts: Texts}} Team What the steps after gathering show.
 */
import { agendaOf, agendaText, LENGTHS, USUAL } from "#client/agenda.js";
import { showAgenda } from "#client/agenda_page.js";
import { agreedSheet, leadTo, progress, showAgreeing } from "#client/agreeing.js";
import { button, copy } from "#client/controls.js";
import { sayCount } from "#client/counts.js";
import { element, offer, startRun } from "#client/elements.js";
import { dressed } from "#client/fetched.js";
import { Gathering, usualForm } from "#client/gathering.js";
import { showHandout } from "#client/handout.js";
import { invitation } from "#client/invitation.js";
import { showOne } from "#client/one.js";
import { pictureFile } from "#client/picture_file.js";
import { showTeam } from "#client/seeing.js";
import { fileName, fileOf } from "#client/sheet.js";
import { teamView } from "#client/team_view.js";
import { say } from "#client/words.js";

const $form = /** @type {HTMLFormElement} */ (document.querySelector("main form"));
/** @type {{forms: Record<string, Asked>, texts: Texts}} */
const { forms, texts } = JSON.parse(document.getElementById("balcony-data")?.textContent ?? "");
const [{ version }] = Object.values(forms);
const gathering = new Gathering(version);

/** @type {(selector: string, $root?: ParentNode) => any} */
const one = (selector, $root = $form) => $root.querySelector(selector);

/** @type {(name: string) => string} What a control of the page says. */
const said = (name) => String(new FormData($form).get(name) ?? "").trim();

const scope = () => [said("work"), said("team")].filter(Boolean).join(" · ");

/** @type {() => Team} As everything is now. */
function team() {
  const framework = forms[said("form")];
  const mode = /** @type {"anonymous" | "open"} */ (said("mode"));
  const sheets = /** @type {any[]} */ (gathering.taken.map(({ sheet }) => sheet));
  const by = said("by") || undefined;
  const how = { mode, minimum_group: Number(said("minimum_group")), set_aside: gathering.aside, by };
  return { framework, view: teamView(/** @type {any} */ (framework), sheets, how), texts };
}

// Prepare

/** The smallest group is within what the framework allows, or the page says so and nothing is shown. */
function isAllowed() {
  const $minimum = /** @type {HTMLInputElement} */ (one("[name=minimum_group]"));
  const $error = one("#balcony-minimum-error");
  const words = say("The smallest group can be from {min} to {max} people.", { min: $minimum.min, max: $minimum.max });
  $error.textContent = $minimum.checkValidity() ? "" : words;
  $error.hidden = $minimum.checkValidity();
  return $minimum.checkValidity();
}
one("[name=minimum_group]").onchange = isAllowed;

async function invite() {
  if (!isAllowed()) return one("[name=minimum_group]").focus();
  const link = one(`a[data-form="${said("form")}"]`);
  const words = {
    team: said("team"),
    work: said("work"),
    day: said("day"),
    mode: said("mode"),
    minimum: said("minimum_group"),
    others: said("others"),
  };
  one("#balcony-invitation").value = await invitation(forms[said("form")], link, words);
  one("[data-invitation]").hidden = false;
}

/** @type {($button: HTMLElement, $area: HTMLTextAreaElement) => Promise<void>} */
async function copied($button, $area) {
  const words = await copy($area);
  one("[role=status]", /** @type {ParentNode} */ ($button.parentElement)).textContent = words;
}

// Gather

/** @type {(work: Promise<void>) => Promise<void>} */
async function gather(work) {
  await work;
  showGathered();
  // Sheets may be dropped while another step is open.
  if (isAllowed()) BEFORE[String($form.dataset.at)]?.();
}

/** Whether somebody has chosen the form by hand. */
let isChosen = false;
/** How many people are listed before the rest is folded. */
const LISTED = 12;

function showGathered() {
  const { taken, aside } = gathering;
  tell(sayCount(taken.length, { one: "{count} sheet takes part.", other: "{count} sheets take part." }));
  const isUsual = taken.length > 0 && !isChosen;
  if (isUsual) one(`[name=form][value="${usualForm(forms, taken)}"]`).checked = true;
  one("[data-usual]").textContent = isUsual
    ? say("Chosen after the sheets that take part. You can choose another.")
    : "";
  const $people = one("[data-people]");
  $people.hidden = !taken.length;
  one("h3", $people).textContent = sayCount(taken.length, {
    one: "{count} sheet takes part",
    other: "{count} sheets take part",
  });
  const $rest = one("details", $people);
  $rest.hidden = taken.length <= LISTED;
  one("summary", $rest).textContent = say("The others: {count}", { count: taken.length - LISTED });
  const [$first, $others] = $people.querySelectorAll("ul");
  $first.replaceChildren(...taken.slice(0, LISTED).map(person));
  $others.replaceChildren(...taken.slice(LISTED).map(person));
  one("[data-once]").hidden = said("mode") === "open";
  const $aside = one("[data-aside]");
  $aside.hidden = !aside.length;
  one("ul", $aside).replaceChildren(...aside.map(({ file, reason }) => element("li", element("b", file), " ", reason)));
  if (taken.length) window.onbeforeunload = (event) => event.preventDefault();
}

/** @type {(taken: import("#client/gathering.js").Taken) => HTMLElement} */
function person(taken) {
  const { file, sheet, about, doubt } = taken;
  const other = sheet.form !== said("form") && say("Another form: it takes part with the questions that both ask.");
  const $away = button(say("Take away"), file);
  $away.onclick = () => {
    const at = gathering.taken.indexOf(taken);
    gathering.remove(taken);
    showGathered();
    const $next = one("[data-people]").querySelectorAll("button");
    ($next[Math.min(at, $next.length - 1)] ?? one("#balcony-sheets")).focus();
  };
  return element("li", element("b", file), " ", [about, other, doubt].filter(Boolean).join(" "), " ", $away);
}

/** @type {(words: string) => void} */
const tell = (words) => {
  one("[data-gathered]").textContent = words;
};

/** @type {($files: HTMLInputElement, files: File[]) => void} */
function takeIn($files, files) {
  const none = say("There is no sheet in it: their names end in .json.");
  if (!files.length) tell(none);
  else gather(gathering.addFiles(files, (done, of) => tell(say("{done} of {of} read.", { done, of }))));
  $files.value = "";
}
one("#balcony-sheets").onchange = (/** @type {any} */ { target }) => takeIn(target, [...target.files]);
// Not in the page itself: browsers know the attribute, and HTML does not yet.
one("#balcony-folder").webkitdirectory = true;
one("#balcony-folder").onchange = (/** @type {any} */ { target }) =>
  takeIn(
    target,
    [...target.files].filter(({ name }) => name.endsWith(".json")),
  );
$form.addEventListener("dragover", (event) => event.preventDefault());
$form.addEventListener("drop", (event) => {
  event.preventDefault();
  takeIn(one("#balcony-sheets"), [...(event.dataTransfer?.files ?? [])]);
});

async function takeCodes() {
  const $codes = one("#balcony-codes");
  const left = await gathering.addCodes($codes.value, forms, said("part"));
  $codes.value = left;
  showGathered();
}
// A click and no change: somebody may choose what the page has chosen. The keys of a keyboard click, too.
for (const $each of $form.querySelectorAll("[name=form], [name=mode]"))
  $each.addEventListener("click", () => {
    isChosen ||= $each.getAttribute("name") === "form";
    if (gathering.taken.length) showGathered();
  });

// See, meet, agree

/** @type {Record<string, () => void>} What a step shows is brought up to date when it is opened. */
const BEFORE = {
  view: () => {
    const { framework, view } = team();
    showTeam(one("#view"), view, framework, texts);
    showHandout(one("#view"), { view, framework, texts });
    compare();
  },
  agenda: () => {
    const made = agenda();
    showAgenda(one("[data-agenda]"), made);
    one("#balcony-agenda").value = agendaText(made);
  },
  one: () => showOne(one("#one"), team()),
  agree: () => showAgreeing(one("[data-agree]"), team(), showAgreed),
};

/** Parts of the team, as they are by the time that what shows them is there. */
const compare = () =>
  said("by") || one("[data-cut]")
    ? import("#client/subgroups_page.js").then(({ showSubgroups }) => showSubgroups(one("[data-subgroups]"), team()))
    : undefined;
one("[name=by]").onchange = compare;

const agreed = () => agreedSheet(forms[said("form")], said("work"), said("team"));

function showAgreed() {
  const form = said("form");
  for (const $each of $form.querySelectorAll("[data-settled]")) $each.textContent = progress(forms[form]);
  leadTo(one("[data-results]"), one(`a[data-form="${form}"]`).href, agreed());
}

const agenda = () => agendaOf({ ...team(), minutes: Number(said("minutes")), start: said("begins") || undefined });

/** @type {Record<string, ($button: HTMLElement) => unknown>} */
const ACTS = {
  invite,
  copy: ($button) => copied($button, one("#balcony-invitation")),
  codes: takeCodes,
  json: () => offer(`${forms[said("form")].id}-team.json`, `${JSON.stringify(team().view, null, 1)}\n`),
  picture: ($button) => {
    const $lens = /** @type {HTMLElement} */ ($button.closest("[data-lens]"));
    const svg = pictureFile($lens, scope());
    if (svg) offer(`${$lens.dataset.lens}.svg`, svg);
  },
  print: () => print(),
  everything: () => {
    one("#view").toggleAttribute("data-everything", true);
    addEventListener("afterprint", () => one("#view").toggleAttribute("data-everything", false), { once: true });
    print();
  },
  "copy-agenda": ($button) => copied($button, one("#balcony-agenda")),
  full: () =>
    one("#one")
      .requestFullscreen?.()
      .catch(() => {}),
  agreed: () => {
    const sheet = agreed();
    offer(fileName(sheet).replace(/(\.balcony)/, "-agreed$1"), fileOf(sheet));
  },
};
$form.addEventListener("submit", (event) => event.preventDefault());
$form.addEventListener("click", ({ target }) => {
  const $button = target instanceof Element && target.closest("[data-button]");
  if ($button instanceof HTMLElement) ACTS[String($button.dataset.button)]?.($button);
});
one("[data-lengths]").append(
  ...Object.keys(LENGTHS).map((minutes) => {
    const $radio = Object.assign(element("input"), { type: "radio", name: "minutes", value: minutes });
    $radio.toggleAttribute("checked", minutes === USUAL);
    const $length = element("label", $radio, element("span", say("{minutes} minutes", { minutes })));
    $length.className = "choice";
    return $length;
  }),
);
const $times = /** @type {NodeListOf<HTMLElement>} */ ($form.querySelectorAll("[name=minutes], [name=begins]"));
for (const $time of $times) $time.onchange = () => BEFORE.agenda();

dressed();
startRun($form, (step) => {
  for (const $scope of $form.querySelectorAll("[data-scope]")) $scope.textContent = scope();
  if (step in BEFORE && !isAllowed()) location.replace("#balcony-minimum");
  else BEFORE[step]?.();
});
