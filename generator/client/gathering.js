/**
 * A team's sheets, as they come in: as files, folders and codes, many at once, each taken or set aside with a sentence.
 *
 * Twin of `generator/gathering.py`, where the rule stands.
 *
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 * @typedef {import("#client/reading.js").SheetRules} SheetRules
 * @typedef {import("#client/seeing.js").Asked} Asked
 * @typedef {{file: string, reason: string}} Aside
 * @typedef {{file: string, sheet: Sheet, about: string, doubt?: string}} Taken - With what to say about it, and with which other
 *   it may be one, if anything.
 */
import { codeIn, decode } from "#client/code.js";
import { LARGEST, RefusedSheet, readSheet, shown } from "#client/reading.js";
import { sheetRules } from "#client/rules.js";
import { codesIn, readShortCode } from "#client/short_code.js";
import { say } from "#client/words.js";

/** Before the code of a link. */
const LINK = /sheet(?:=|%3D)/i;

/** Holds what has come in. */
export class Gathering {
  /** @type {(Taken | Aside)[]} Whatever has come in, in order: what is set aside may be wanted again. */
  #all = [];
  /** How many links and codes have come in. */
  #links = 0;
  #codes = 0;
  /** @type {Taken[]} */
  taken = [];
  /** @type {Aside[]} */
  aside = [];

  /** @param {string} version - Of the framework, for remarks on sheets of another. */
  constructor(version) {
    this.version = version;
  }

  /**
   * Take files in.
   *
   * @param {Iterable<File>} files - Any number. Those that no sheet's name has are passed over in folders.
   * @param {(done: number, of: number) => void} tell - Called now and then.
   * @returns {Promise<void>} Once all are taken or set aside.
   */
  async addFiles(files, tell) {
    const all = [...files];
    for (const [at, file] of all.entries()) {
      const name = file.webkitRelativePath || file.name;
      await this.#add(name, () => file.slice(0, LARGEST + 1).arrayBuffer());
      if (at % 20 === 19) {
        tell(at + 1, all.length);
        await pause();
      }
    }
    this.#settle();
  }

  /** @type {(file: string, content: () => Promise<ArrayBuffer>) => Promise<void>} Its name, and what gets its bytes. */
  async #add(file, content) {
    try {
      const rules = await sheetRules();
      const sheet = readSheet(await content(), rules);
      this.#all.push({ file, sheet, about: this.#about(sheet, rules) });
    } catch (error) {
      this.#all.push({ file, reason: reasonOf(error) });
    }
  }

  /**
   * Take codes and links in.
   *
   * @param {string} text - With any number of them.
   * @param {Record<string, Asked>} forms - What may have been answered.
   * @param {string} team - Who "we" is on those from codes, which do not say.
   * @returns {Promise<string>} What no code was found in: the whole text, if there is none.
   */
  async addCodes(text, forms, team) {
    const [, ...links] = text.split(LINK).map((each) => `sheet=${each.split("http")[0]}`);
    for (const link of links) {
      const [word] = link.split(/\s/);
      // A mail program may have broken it; then all up to the next is its code.
      const content = () => decode(codeIn(word), LARGEST).catch(() => decode(codeIn(link), LARGEST));
      await this.#add(say("Link {number}", { number: ++this.#links }), content);
    }
    const codes = codesIn(text);
    for (const code of codes) {
      await this.#add(say("Code {number}", { number: ++this.#codes }), async () => {
        const { forms: names } = await sheetRules();
        const sheet = JSON.stringify({ ...readShortCode(code, forms, names), team });
        return new TextEncoder().encode(sheet).buffer;
      });
    }
    const isNone = !links.length && !codes.length;
    if (isNone) this.#all.push({ file: say("What was pasted"), reason: say("There is no code in it.") });
    this.#settle();
    return isNone ? text : "";
  }

  /**
   * Take one away again. What was set aside because of it takes part.
   *
   * @param {Taken} taken - One of those.
   */
  remove(taken) {
    this.#all = this.#all.filter((each) => each !== taken);
    this.#settle();
  }

  /** Find out which take part. */
  #settle() {
    const read = this.#all.filter((each) => "sheet" in each);
    const reasons = setAside(read);
    this.taken = read.filter((each) => !reasons.has(each));
    this.aside = this.#all.flatMap((each) => {
      const reason = "sheet" in each ? reasons.get(each) : each.reason;
      return reason ? [{ file: each.file, reason }] : [];
    });
    /** @type {Map<string, Taken>} The first of each second, and the first of those that tell no more. */
    const first = new Map();
    for (const each of this.taken) {
      const second = secondOf(each.sheet);
      const other = first.get(isExact(each.sheet) ? `only ${second}` : second);
      each.doubt =
        other &&
        say("Begun in the same second as {other}. If both are one person's, take one away.", { other: other.file });
      for (const key of isExact(each.sheet) ? [second] : [second, `only ${second}`])
        if (second && !first.has(key)) first.set(key, each);
    }
  }

  /** @type {(sheet: Sheet, rules: SheetRules) => string} */
  #about({ framework, perspective, team, answers }, { indicators }) {
    const words = [perspective === "others" ? say("The view of others.") : say("Own view.")];
    if (team) words.push(say("Team: {team}.", { team: shown(team) }));
    if (framework.version !== this.version)
      words.push(say("Filled in with version {version} of the questions.", { version: framework.version }));
    const old = Object.entries(answers).filter(
      ([id, { revision }]) => !Object.hasOwn(indicators, id) || indicators[id].revision !== revision,
    ).length;
    if (old) words.push(say("Answers that cannot be counted here: {old}.", { old }));
    return words.join(" ");
  }
}

/**
 * Tell which sheets take no part.
 *
 * @template {{file: string, sheet: Sheet}} Found
 * @param {readonly Found[]} all - In the order in which they came.
 * @returns {Map<Found, string>} Those, each with the reason in a sentence.
 */
export function setAside(all) {
  const reasons = new Map();
  const known = [];
  for (const found of all) {
    const { sheet } = found;
    const { created, changed } = sheet;
    if (sheet.agreed) reasons.set(found, say("A sheet that a team agreed on: it is not one person's view."));
    else if (created)
      known.push({
        found,
        exactly: isExact(sheet) ? created : "",
        alike: secondOf(sheet) + answersIn(sheet),
        changed: Date.parse(changed) || 0,
      });
  }
  const first = new Map();
  for (const each of [...known].sort((a, b) => Number(!a.exactly) - Number(!b.exactly) || b.changed - a.changed))
    for (const mark of [each.exactly, each.alike]) if (mark && !first.has(mark)) first.set(mark, each);
  for (const each of known) {
    const other = first.get(each.exactly || each.alike);
    const words = { other: other.found.file };
    if (other !== each)
      reasons.set(
        each.found,
        other.alike === each.alike
          ? say("The same sheet as {other}.", words)
          : say("An earlier state of the sheet {other}.", words),
      );
  }
  return reasons;
}

/**
 * Tell which form most sheets answer; of equals, the larger.
 *
 * @param {Record<string, {revisions: Record<string, number>}>} forms - By id.
 * @param {readonly {sheet: {form: string}}[]} taken - Those that take part.
 * @returns {string} Its id.
 */
export function usualForm(forms, taken) {
  const answering = (/** @type {string} */ form) => taken.filter(({ sheet }) => sheet.form === form).length;
  const size = (/** @type {string} */ form) => Object.keys(forms[form].revisions).length;
  return Object.keys(forms).sort((a, b) => answering(b) - answering(a) || size(b) - size(a))[0];
}

/** @type {(error: unknown) => string} */
const reasonOf = (error) =>
  error instanceof RefusedSheet
    ? error.reasons.join(" ")
    : say("It could not be read. It may have been moved, or this page has no network.");

/** @type {(sheet: Sheet) => string} */
const secondOf = ({ created }) => (created ?? "").slice(0, "2026-11-22T09:30:00".length);

/** @type {(sheet: Sheet) => boolean} */
const isExact = ({ created }) => Boolean(created?.includes("."));

/** @type {(sheet: Sheet) => string} */
const answersIn = ({ answers }) =>
  JSON.stringify(
    Object.entries(answers)
      .map(([id, { answer, revision }]) => [id, answer, revision])
      .sort(),
  );

/** Lets the page answer between many files. */
const pause = () => new Promise((resolve) => setTimeout(resolve));
