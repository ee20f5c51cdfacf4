/**
 * Tables for spreadsheets: the answers and the plan, as CSV (RFC 4180). Fetched only with the plan, or when somebody takes them out.
 *
 * @typedef {import("#client/sheet.js").Action} Action
 * @typedef {import("#client/sheet.js").Given} Given
 * @typedef {{id: string, section: string, question: string}} Question - Section and question in words.
 */
import { keptOf } from "#client/taking.js";
import { say } from "#client/words.js";

/** What spreadsheets compute, or compute once they have dropped what is before it (OWASP, CSV injection). */
const FORMULA = /^[\t\r]|^[\s\p{Cc}\p{Cf}]*[=+\-@]/u;

/**
 * Write a table.
 *
 * @param {(string | number)[][]} rows - Texts are safe in a spreadsheet: an apostrophe comes before what looks like a formula.
 * @returns {string} With a byte order mark, by which Excel knows UTF-8.
 */
export const csvOf = (rows) => `\ufeff${rows.map((row) => `${row.map(cell).join(",")}\r\n`).join("")}`;

/** @type {(value: string | number) => string} */
function cell(value) {
  if (typeof value === "number") return String(value);
  // Normalized, full-width and small forms are the characters that a spreadsheet may take them for.
  const text = FORMULA.test(value.normalize("NFKC")) ? `'${value}` : value;
  // Some programs take semicolons and tabs for separators too.
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/**
 * List the answers: all that is asked, then what the sheet keeps and this form cannot count.
 *
 * @param {import("#client/sheet.js").Sheet} sheet - As it is on the page.
 * @param {import("#client/results.js").PageFramework} framework - The page's data.
 * @param {Question[]} questions - What is asked, in order.
 * @returns {(string | number)[][]} For `csvOf`.
 */
export function answerRows(sheet, { levels, revisions }, questions) {
  const { answers, notes } = sheet;
  const kept = say("Kept, and not counted");
  return [
    [say("Section"), say("Id"), say("Question"), say("Answer"), say("Level"), say("Note"), say("Revision")],
    ...questions.map(({ id, section, question }) => {
      const revision = revisions[id];
      const answer = answers[id]?.revision === revision ? answers[id].answer : "";
      return [section, id, question, ...inWords(levels, answer), notes[id] ?? "", revision];
    }),
    ...keptOf(sheet, revisions).map(([id, { answer, note = "", revision }]) => {
      return [kept, id, "", ...inWords(levels, answer), note, revision];
    }),
    // In a sheet, notes on what this form does not ask may stand beside their answers, or without one.
    ...Object.keys(notes)
      .filter((id) => !Object.hasOwn(revisions, id))
      .map((id) => [kept, id, "", "", "", notes[id], ""]),
  ];
}

/** @type {(levels: string[], answer: Given["answer"] | "") => [answer: string | number, words: string]} */
function inWords(levels, answer) {
  if (typeof answer === "number") return [answer, levels[answer - 1] ?? ""];
  const words = { "not-sure": say("Not sure"), "not-applicable": say("Not applicable"), "": say("Not answered") };
  return [answer, words[answer]];
}

/**
 * List the plan.
 *
 * @param {Action[]} actions - In order.
 * @returns {string[][]} For `csvOf`. What is no text is left empty: a sheet may have been saved before its fields were checked.
 */
export const planRows = (actions) => [
  [
    say("Issue"),
    say("Request"),
    say("Commitment"),
    say("Who"),
    say("By when"),
    say("What the people it is for would notice"),
  ],
  ...actions.map(({ issue, request, commitment, who, by_when, notice }) =>
    [issue, request, commitment, who, by_when, notice].map((each) => (typeof each === "string" ? each : "")),
  ),
];
