/**
 * Saving on this device, as the page shows it. Fetched once somebody asks for it, or has done so before.
 *
 * @typedef {import("#client/panel.js").Panel} Panel
 */

import { element } from "#client/elements.js";
import { fillIn, showChange } from "#client/filling.js";
import { nameOf, naming, recordsOf } from "#client/records.js";
import { answersOf, newSheet } from "#client/sheet.js";
import { Storage } from "#client/storage.js";
import { say } from "#client/words.js";

const TROUBLE = {
  refused: say("We cannot save on this device: your browser does not allow it."),
  full: say("There is no room left on this device, so your last change is not saved."),
  gone: say("What was saved on this device has been removed, by you or by your browser."),
};

/**
 * Get the page's storage ready. Nothing is written by it.
 *
 * @param {Panel} panel - Of the page.
 * @returns {Storage} The same one every time.
 */
export function storageOf(panel) {
  const { desk, name } = panel;
  panel.storage ??= new Storage(name, {
    trouble: (trouble) => {
      panel.setLoose(true);
      showState(panel);
      const words = say("{trouble} Your answers stay on this page until you close it.", {
        trouble: TROUBLE[trouble],
      });
      panel.tell(words, say("Download them now"), () => panel.download());
    },
    mended: () => {
      panel.setLoose(false);
      showState(panel);
      panel.tell(say("Everything is saved on this device again."));
    },
    changed: (changes) => {
      for (const change of changes) showChange(desk.$form, change);
      desk.take(changes);
    },
    cleared: () => lay(panel, newSheet(desk.framework), null, say("These answers were cleared in another tab."), true),
    records: () => recordsOf(desk.sheet()),
  });
  return panel.storage;
}

/**
 * Begin to save the sheet on the page.
 *
 * @param {Panel} panel - Of the page.
 */
export async function save(panel) {
  if (!(await storageOf(panel).begin())) return;
  panel.setLoose(false);
  showState(panel);
  panel.$root.querySelector("h2")?.focus();
  // Asks a browser that runs short of room to clear other sites first. The answer changes nothing.
  navigator.storage?.persist?.().catch(() => {});
}

/**
 * Put another sheet on the page. What was there and is nowhere else can be brought back.
 *
 * @param {Panel} panel - Of the page.
 * @param {import("#client/sheet.js").Sheet} sheet - The new one.
 * @param {string | null} key - Under which it is saved.
 * @param {string} [words] - What to say of it.
 * @param {boolean} [isFinal] - Whether what was there is to go.
 */
export function lay(panel, sheet, key, words = "", isFinal = false) {
  const before = panel.isLoose && !isFinal ? panel.desk.sheet() : null;
  const { revisions } = panel.desk.framework;
  fillIn(panel.desk.$form, sheet, revisions);
  panel.desk.lay(sheet);
  const isAllCounting = Object.keys(answersOf(sheet, revisions)).length === Object.keys(sheet.answers).length;
  if (!isAllCounting || Object.keys(sheet.earlier).length || document.querySelector("[data-changed]"))
    panel.later(import("#client/changed.js"), ({ showChanged }) => showChanged(panel));
  storageOf(panel).goOnWith(key);
  panel.setLoose(false);
  showState(panel);
  if (!before) panel.tell(words);
  else {
    const aside = say("{words} The answers that were on this page are set aside.", { words });
    panel.tell(aside, say("Bring them back"), () => {
      lay(panel, before, null, say("Your earlier answers are back."));
      panel.setLoose(true);
      goTo();
    });
  }
}

/**
 * Move to a step, and the focus to its heading.
 *
 * @param {string} [step] - Its id; without it, the one that is shown.
 */
export function goTo(step) {
  const $heading = /** @type {HTMLElement} */ (document.querySelector("[data-step]:not([hidden]) h1"));
  if (step && location.hash !== `#${step}`) location.hash = step;
  else $heading.focus();
}

const $name = Object.assign(document.createElement("input"), {
  id: "balcony-name",
  type: "text",
  maxLength: 100,
  autocomplete: "off",
});

/** @type {(settings: import("#client/score.js").Settings) => HTMLElement} */
function nameField({ days_kept: days }) {
  const $label = element("label", say("Name of this sheet"), " ", element("small", say("(optional)")));
  $label.htmlFor = $name.id;
  const $help = element(
    "span",
    say("For you, to find it again. Cleared {days} days after your last change.", { days: Number(days) }),
  );
  Object.assign($help, { id: "balcony-name-help", className: "hint" });
  $name.setAttribute("aria-describedby", $help.id);
  const $field = element("p", $label, $help, $name);
  $field.className = "field";
  return $field;
}

/**
 * Show whether the sheet on the page is saved, and under which name.
 *
 * @param {Panel} panel - Of the page.
 */
export function showState(panel) {
  const { $root, desk, storage } = panel;
  for (const $each of /** @type {NodeListOf<HTMLElement>} */ ($root.querySelectorAll("[data-when]")))
    $each.hidden = ($each.dataset.when === "saved") !== Boolean(storage?.key);
  if (!$name.isConnected) $root.querySelector("div[data-when=saved]")?.append(nameField(desk.framework.settings));
  $name.value = nameOf(desk.sheet());
  $name.oninput = () => {
    desk.take([naming($name.value)]);
    panel.changed([naming($name.value)]);
  };
  const saved = panel.isLoose ? say("Your last change is not saved.") : say("Saved on this device, with every change.");
  panel.say(storage?.key ? saved : say("On this page only, until you close it."));
}
