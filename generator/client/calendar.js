/**
 * The plan as a file for calendars (iCalendar, RFC 5545). Fetched only when somebody takes it out.
 *
 * @typedef {import("#client/sheet.js").Action} Action
 */
import { planRows } from "#client/csv.js";
import { say } from "#client/words.js";

const DAY = 24 * 60 * 60 * 1000;

/** After how many months a team looks again. */
const AGAIN = 6;

/** The most octets in a line. */
const LONGEST = 75;

/**
 * Write the calendar: each action that has a day, and the day to look again.
 *
 * @param {object} plan - What is planned.
 * @param {Action[]} plan.actions - Those without a day are left out.
 * @param {string} plan.title - What it is about.
 * @param {Date} plan.today - This moment.
 * @param {string} plan.uid - The same every time for this plan, so that a calendar replaces what it took in before.
 * @returns {string} The text of an .ics file.
 */
export function calendarOf({ actions, title, today, uid }) {
  const [words, ...rows] = planRows(actions);
  const stamp = today.toISOString().replace(/[-:]|\.\d+/g, "");
  // Days are moments in UTC, where each has 24 hours.
  const now = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate());

  /** @type {(name: string | number, day: number, summary: string, description: string, alarm: string) => string[]} */
  const event = (name, day, summary, description, alarm) => [
    "BEGIN:VEVENT",
    `UID:${escaped(`${uid}-${name}`)}`,
    `DTSTAMP:${stamp}`,
    `DTSTART;VALUE=DATE:${date(day)}`,
    `DTEND;VALUE=DATE:${date(day + DAY)}`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    "TRANSP:TRANSPARENT", // Nobody is busy all that day.
    ...(alarm && [
      "BEGIN:VALARM",
      "ACTION:DISPLAY",
      `DESCRIPTION:${escaped(summary)}`,
      `TRIGGER:${alarm}`,
      "END:VALARM",
    ]),
    "END:VEVENT",
  ];

  const events = rows.flatMap((row, index) => {
    const day = dayOf(row[4]);
    if (Number.isNaN(day)) return [];
    const summary = row[2].trim() || row[0].trim() || title;
    const others = row.flatMap((text, at) =>
      at === 4 || !text.trim() || text.trim() === summary ? [] : say("{word}: {text}", { word: words[at], text }),
    );
    // One week before, at 9:00.
    return event(index, day, summary, others.join("\n"), day - 7 * DAY < now ? "" : "-P6DT15H");
  });
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Balcony//Balcony//EN",
    ...events,
    ...event(
      "again",
      monthsAfter(now, AGAIN),
      say("Look again: {title}", { title }),
      say("Answer the questions again. Then compare your answers with those of six months ago."),
      "PT9H",
    ),
    "END:VCALENDAR",
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join("");
}

/**
 * Count the actions that a calendar cannot show.
 *
 * @param {Action[]} actions - Any.
 * @returns {number} How many have no day.
 */
export const undated = (actions) =>
  planRows(actions)
    .slice(1)
    .filter((row) => Number.isNaN(dayOf(row[4]))).length;

/** @type {(text: string) => number} The moment at which a day begins; NaN for what is no day. */
function dayOf(text) {
  const day = /^[12]\d{3}-\d\d-\d\d$/.test(text) ? Date.parse(text) : Number.NaN;
  // Some browsers take 31 June for 1 July.
  return new Date(day).toJSON()?.startsWith(text) ? day : Number.NaN;
}

/** @type {(day: number) => string} Such as `20261122`. */
const date = (day) => new Date(day).toISOString().slice(0, 10).replaceAll("-", "");

/** @type {(day: number, months: number) => number} The same day of a later month, or that month's last. */
function monthsAfter(day, months) {
  const from = new Date(day);
  const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
  return Math.min(Date.UTC(year, month, from.getUTCDate()), Date.UTC(year, month + 1, 0));
}

/** @type {(text: string) => string} Without control characters, which no value may hold. */
const escaped = (text) =>
  text
    .replace(/[\\;,]/g, "\\$&")
    .replace(/\r\n?|\n/g, "\\n")
    .replace(/[^\P{Cc}\t]/gu, "");

/** @type {(line: string) => string} In lines that are short enough, without cutting a character. */
function folded(line) {
  const encoder = new TextEncoder();
  let [text, octets] = ["", 0];
  for (const character of line) {
    const { length } = encoder.encode(character);
    if (octets + length > LONGEST) [text, octets] = [`${text}\r\n `, 1];
    text += character;
    octets += length;
  }
  return text;
}
