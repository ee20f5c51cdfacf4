/**
 * The team's page: prepare, gather, see, plan the meeting, agree. Wires; what it computes stands in the modules that it names.
 *
 * @typedef {import("#client/seeing.js").Asked} Asked
 * @typedef {import("#client/seeing.js").Texts} Texts
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {{framework: Asked, view: Fields, texts: Texts}} Team What the steps after gathering show.
 */
import { agendaOf, agendaText } from "#client/agenda.js";
import { showAgenda } from "#client/agenda_page.js";
import { agreedSheet, showAgreeing } from "#client/agreeing.js";
import { button, copy } from "#client/controls.js";
import { sayCount } from "#client/counts.js";
import { element, offer } from "#client/elements.js";
import { dressed } from "#client/fetched.js";
import { Gathering } from "#client/gathering.js";
import { invitation } from "#client/invitation.js";
import { showOne } from "#client/one.js";
import { pictureFile } from "#client/picture_file.js";
import { startRun } from "#client/run.js";
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
  const how = { mode, minimum_group: Number(said("minimum_group")), set_aside: gathering.aside };
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

function showGathered() {
  const { taken, aside } = gathering;
  tell(sayCount(taken.length, "{count} sheet takes part.", "{count} sheets take part."));
  const $people = one("[data-people]");
  $people.hidden = !taken.length;
  one("h3", $people).textContent = sayCount(taken.length, "{count} sheet takes part", "{count} sheets take part");
  one("ul", $people).replaceChildren(
    ...taken.map((each) => {
      const $away = button(say("Take away"), each.file);
      $away.onclick = () => {
        const at = gathering.taken.indexOf(each);
        gathering.remove(each);
        showGathered();
        const $next = $people.querySelectorAll("button");
        ($next[Math.min(at, $next.length - 1)] ?? one("#balcony-sheets")).focus();
      };
      const other =
        each.sheet.form === said("form") ? "" : say("Another form: it takes part with the questions that both ask.");
      return element("li", [each.file, each.remark, other].filter(Boolean).join(" – "), " ", $away);
    }),
  );
  const $aside = one("[data-aside]");
  $aside.hidden = !aside.length;
  one("ul", $aside).replaceChildren(...aside.map(({ file, reason }) => element("li", element("b", file), " ", reason)));
  if (taken.length) window.onbeforeunload = (event) => event.preventDefault();
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
  const left = await gathering.addCodes($codes.value, forms);
  $codes.value = left;
  showGathered();
}
for (const $each of $form.querySelectorAll("[name=form]"))
  $each.addEventListener("change", () => gathering.taken.length && showGathered());

// See, meet, agree

/** @type {Record<string, () => void>} What a step shows is brought up to date when it is opened. */
const BEFORE = {
  view: () => {
    const { framework, view } = team();
    showTeam(one("#view"), view, framework, texts);
  },
  agenda: () => {
    const made = agenda();
    showAgenda(one("[data-agenda]"), made);
    one("#balcony-agenda").value = agendaText(made);
  },
  one: () => showOne(one("#one"), team()),
  agree: () => showAgreeing(one("[data-agree]"), team()),
};

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
  "copy-agenda": ($button) => copied($button, one("#balcony-agenda")),
  full: () =>
    one("#one")
      .requestFullscreen?.()
      .catch(() => {}),
  agreed: () => {
    const sheet = agreedSheet(forms[said("form")], said("work"), said("team"));
    offer(fileName(sheet).replace(/(\.balcony)/, "-agreed$1"), fileOf(sheet));
  },
};
$form.addEventListener("submit", (event) => event.preventDefault());
$form.addEventListener("click", ({ target }) => {
  const $button = target instanceof Element && target.closest("[data-button]");
  if ($button instanceof HTMLElement) ACTS[String($button.dataset.button)]?.($button);
});
const $times = /** @type {NodeListOf<HTMLElement>} */ ($form.querySelectorAll("[name=minutes], [name=begins]"));
for (const $time of $times) $time.onchange = () => BEFORE.agenda();

dressed();
startRun($form, (step) => {
  for (const $scope of $form.querySelectorAll("[data-scope]")) $scope.textContent = scope();
  if (step in BEFORE && !isAllowed()) location.replace("#balcony-minimum");
  else BEFORE[step]?.();
});
