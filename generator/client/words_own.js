/**
 * How a language writes days and lists, on a site in another language than English: as the Unicode project has it, because not
 * every browser knows every language. There, words.js takes these two from here, and `OWN` is filled (generator/words.py).
 */
import { fill } from "#client/words.js";

/** @type {{day: string, months: string[], list: string[]}} */
const OWN = { day: "", months: [], list: [] };

/** @type {typeof import("#client/words.js").listed} */
export function listed(names) {
  const [pair, middle, end] = OWN.list;
  const last = names.length - 1;
  const between = (/** @type {number} */ at) => (at < last ? middle : last > 1 ? end : pair);
  return names.map((name, at) => (at ? between(at) : "") + name).join("");
}

/** @type {typeof import("#client/words.js").sayDate} */
export function sayDate(moment) {
  const date = new Date(moment);
  const number = date.getMonth();
  const words = { day: date.getDate(), month: OWN.months[number], number: number + 1, year: date.getFullYear() };
  return fill(OWN.day, words);
}
