/**
 * A team's sheets, as they come in: as files, folders and codes, many at once, each taken or set aside with a sentence.
 *
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 * @typedef {import("#client/reading.js").SheetRules} SheetRules
 * @typedef {{file: string, reason: string}} Aside
 * @typedef {{file: string, sheet: Sheet, remark: string}} Taken - With what to say about it, if anything.
 */
import { codeIn, decode } from "#client/code.js";
import { LARGEST, RefusedSheet, readSheet } from "#client/reading.js";
import { sheetRules } from "#client/rules.js";
import { codesIn, readShortCode } from "#client/short_code.js";
import { say } from "#client/words.js";

/** Before the code of a link. */
const LINK = /sheet(?:=|%3D)/i;

/** Holds what has come in. */
export class Gathering {
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
      await this.add(name, () => file.slice(0, LARGEST + 1).arrayBuffer());
      if (at % 20 === 19) {
        tell(at + 1, all.length);
        await pause();
      }
    }
  }

  /**
   * Take one in.
   *
   * @param {string} file - Its name.
   * @param {() => Promise<ArrayBuffer>} content - Gets its bytes.
   */
  async add(file, content) {
    try {
      const rules = await sheetRules();
      this.take(file, readSheet(await content(), rules), rules);
    } catch (error) {
      this.aside.push({ file, reason: reasonOf(error) });
    }
  }

  /**
   * Take codes and links in.
   *
   * @param {string} text - With any number of them.
   * @param {Record<string, import("#client/seeing.js").Asked>} forms - What may have been answered.
   * @returns {Promise<string>} What no code was found in: the whole text, if there is none.
   */
  async addCodes(text, forms) {
    const [, ...links] = text.split(LINK).map((each) => `sheet=${each.split("http")[0]}`);
    for (const [at, link] of links.entries()) {
      const [word] = link.split(/\s/);
      // A mail program may have broken it; then all up to the next is its code.
      const content = () => decode(codeIn(word), LARGEST).catch(() => decode(codeIn(link), LARGEST));
      await this.add(say("Link {number}", { number: at + 1 }), content);
    }
    const codes = codesIn(text);
    for (const [at, code] of codes.entries()) {
      const file = say("Code {number}", { number: at + 1 });
      try {
        const { forms: names } = await sheetRules();
        const sheet = JSON.stringify(readShortCode(code, forms, names));
        await this.add(file, async () => new TextEncoder().encode(sheet).buffer);
      } catch (error) {
        this.aside.push({ file, reason: reasonOf(error) });
      }
    }
    if (!links.length && !codes.length)
      this.aside.push({ file: say("What was pasted"), reason: say("There is no code in it.") });
    return links.length || codes.length ? "" : text;
  }

  /**
   * Take a sheet, unless it is here already. Of two states of one sheet, the later one counts. A code knows the second in
   * which its sheet was begun, a file the millisecond: two people may begin in the same second, and neither is to be lost.
   *
   * @param {string} file - Its name.
   * @param {Sheet} sheet - As it was read.
   * @param {SheetRules} rules - Of the framework.
   */
  take(file, sheet, rules) {
    const taken = { file, sheet, remark: this.#remark(sheet, rules) };
    const near = this.taken.filter((each) => sheet.created && secondOf(each.sheet) === secondOf(sheet));
    const twin = near.find((each) => answersIn(each.sheet) === answersIn(sheet) && !isOther(each.sheet, sheet));
    const same = near.find((each) => each.sheet.created === sheet.created && isExact(sheet));
    const maybe = near.find((each) => !isOther(each.sheet, sheet));
    if (twin) this.aside.push({ file, reason: say("The same sheet as {other}.", { other: twin.file }) });
    else if (same && momentOf(same.sheet) >= momentOf(sheet))
      this.aside.push({ file, reason: say("An earlier state of the sheet {other}.", { other: same.file }) });
    else if (same) {
      this.aside.push({ file: same.file, reason: say("An earlier state of the sheet {other}.", { other: file }) });
      this.taken[this.taken.indexOf(same)] = taken;
    } else {
      const words = say("Begun in the same second as {other}. If both are one person's, take one away.", {
        other: maybe?.file ?? "",
      });
      if (maybe) taken.remark = [taken.remark, words].filter(Boolean).join(" ");
      this.taken.push(taken);
    }
  }

  /**
   * Take one away again.
   *
   * @param {Taken} taken - One of those.
   */
  remove(taken) {
    this.taken = this.taken.filter((each) => each !== taken);
  }

  /** @type {(sheet: Sheet, rules: SheetRules) => string} */
  #remark({ framework, perspective, answers }, { indicators }) {
    const words = [];
    if (perspective === "others") words.push(say("The view of others."));
    if (framework.version !== this.version)
      words.push(say("Filled in with version {version} of the questions.", { version: framework.version }));
    const old = Object.entries(answers).filter(
      ([id, { revision }]) => !Object.hasOwn(indicators, id) || indicators[id].revision !== revision,
    ).length;
    if (old) words.push(say("Answers that cannot be counted here: {old}.", { old }));
    return words.join(" ");
  }
}

/** @type {(error: unknown) => string} */
const reasonOf = (error) =>
  error instanceof RefusedSheet
    ? error.reasons.join(" ")
    : say("It could not be read. It may have been moved, or this page has no network.");

/** @type {(sheet: Sheet) => string} */
const secondOf = ({ created }) => (created ?? "").slice(0, "2026-11-22T09:30:00".length);

/** @type {(sheet: Sheet) => number} */
const momentOf = ({ changed }) => Date.parse(changed) || 0;

/** @type {(sheet: Sheet) => boolean} */
const isExact = ({ created }) => created.includes(".");

/** @type {(one: Sheet, other: Sheet) => boolean} Whether two sheets are certainly not the same one. */
const isOther = (one, other) => isExact(one) && isExact(other) && one.created !== other.created;

/** @type {(sheet: Sheet) => string} */
const answersIn = ({ answers }) =>
  JSON.stringify(
    Object.entries(answers)
      .map(([id, { answer, revision }]) => [id, answer, revision])
      .sort(),
  );

/** Lets the page answer between many files. */
const pause = () => new Promise((resolve) => setTimeout(resolve));
