/**
 * "Your answers": taking them as a file, and the way to all else that can be done with a sheet. That is fetched when it is
 * wanted: saving on the device, what is saved already, opening a file.
 *
 * @typedef {import("#client/sheet.js").Change} Change
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 *
 * @typedef {object} Desk - The sheet on the page.
 * @property {import("#client/results.js").PageFramework} framework
 * @property {HTMLFormElement} $form
 * @property {() => Sheet} sheet - As it is now.
 * @property {(sheet: Sheet) => void} lay - Put another in its place. The form shows it already.
 * @property {(changes: Change[]) => void} take - Take over what has changed elsewhere.
 * @property {(changes: Change[]) => void} write - Change it, and keep what has changed.
 * @property {() => {answers: import("#client/results.js").Answers, result: import("#client/score.js").Fields}} scored - The answers that count,
 *   and what they come to now.
 * @property {(sheet: Sheet) => string} count - Such as `22 of 40 answered`.
 */
import { element, offer } from "#client/elements.js";
import { fileName, fileOf } from "#client/sheet.js";
import { say } from "#client/words.js";

/** @type {(id: string) => HTMLElement} */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** "Your answers", below every step of the form. */
export class Panel {
  /** Keeps the sheet on this device, once that is asked for. @type {import("#client/storage.js").Storage | null} */
  storage = null;
  /** Whether something is neither on the device nor in a file. */
  isLoose = false;
  /** What else is shown in the results, each time they are. @type {(() => void)[]} */
  beside = [];
  $root = byId("balcony-panel");

  /** @param {Desk} desk - The sheet on the page. */
  constructor(desk) {
    this.desk = desk;
    // Sites that share a host do not share sheets. In the single file, this module has no address of its own.
    const base = import.meta.url.startsWith("data:") ? location.href : new URL("../..", import.meta.url).href;
    /** Of all that is kept on this device. */
    this.name = `balcony:${new URL(base).pathname}:${desk.framework.id}`;
    const $file = /** @type {HTMLInputElement} */ (byId("balcony-open"));
    $file.onchange = () => this.later(import("#client/opening.js"), ({ openFile }) => openFile(this, $file));
    /** @type {Record<string, () => void>} */
    const actions = {
      save: () => this.later(import("#client/saving.js"), ({ save }) => save(this)),
      download: () => this.download(),
      others: () => this.#saved(({ offerOthers }) => offerOthers(this)),
      clear: () => {
        location.hash = "clear";
      },
    };
    for (const $button of this.$root.querySelectorAll("button")) {
      $button.onclick = actions[String($button.dataset.button)];
    }
    addEventListener("hashchange", () => this.#openLink());
    // A page that comes back from the browser's memory may have been overtaken by another tab.
    addEventListener("pageshow", ({ persisted }) => persisted && this.start());
  }

  /** Go on with what is saved, if anything is. */
  async start() {
    if (this.#openLink()) return;
    try {
      const all = await indexedDB.databases?.();
      // One of another version of this site may be enough: what is fetched then tells.
      if (!all || all.some(({ name }) => name?.endsWith(this.desk.framework.id)) || sessionStorage.getItem(this.name))
        this.#saved(({ start }) => start(this));
    } catch {
      // Only looking may throw where storage is forbidden: then nothing is saved.
    }
  }

  /** @returns {boolean} Whether the address brings a sheet: its fragment, which no server sees. */
  #openLink() {
    const isLink = location.hash.startsWith("#sheet=");
    if (isLink) this.later(import("#client/opening.js"), ({ openCode }) => openCode(this, location.hash));
    return isLink;
  }

  /**
   * Keep what has changed.
   *
   * @param {Change[]} changes - Of the sheet on the page.
   */
  changed(changes) {
    this.storage?.write(changes);
    if (!this.storage?.key) this.setLoose(true);
  }

  /**
   * Stand below every step but the one that clears.
   *
   * @param {string} step - That is shown.
   */
  show(step) {
    this.$root.hidden = step === "clear";
    if (step === "clear") this.#saved(({ showClearing }) => showClearing(this));
  }

  /**
   * Say something at the top of the page, with something to do about it.
   *
   * @param {string} words - Nothing takes away what was said.
   * @param {string} [label] - Of the button.
   * @param {() => void} [act] - What it does.
   */
  tell(words, label, act) {
    const $banner = byId("balcony-banner");
    const $button = element("button", label ?? "");
    $button.onclick = () => {
      this.tell("");
      act?.();
    };
    $banner.replaceChildren(words, ...(label ? [$button] : []));
    $banner.classList.toggle("empty", !words);
  }

  /** Offer the sheet's file. */
  download() {
    const sheet = this.desk.sheet();
    const download = fileName(sheet);
    offer(download, fileOf(sheet));
    if (!this.storage?.key) this.setLoose(false);
    this.say(say("Downloaded as {download}.", { download }));
  }

  /**
   * Say how the answers are kept.
   *
   * @param {string} words - A sentence.
   */
  say(words) {
    /** @type {HTMLElement} */ (this.$root.querySelector("[role=status]")).textContent = words;
  }

  /**
   * Let the browser ask first, while leaving the page would lose something.
   *
   * @param {boolean} is - Whether it would.
   */
  setLoose(is) {
    this.isLoose = is;
    window.onbeforeunload = is ? (event) => event.preventDefault() : null;
  }

  /**
   * Do what is fetched only now.
   *
   * @template T
   * @param {Promise<T>} module - Under way.
   * @param {(module: T) => unknown} act - What to do with it.
   */
  later(module, act) {
    module.then(act, () => this.offline());
  }

  /** Say that something could not be fetched, and offer what works without a network. */
  offline() {
    const words = say("This has to be fetched, and there is no network. Try again once you are online.");
    this.tell(words, say("Download my answers now"), () => this.download());
  }

  /** @type {(act: (saved: typeof import("#client/saved.js")) => unknown) => void} */
  #saved(act) {
    this.later(import("#client/saved.js"), act);
  }
}
