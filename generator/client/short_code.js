/**
 * A sheet as a short code, to be sent in an email or a chat, or written on paper: what a team's view needs, and no words.
 * Whoever reads it has the answers.
 *
 * Five letters and digits make a group: four that carry 20 bits, and one that fits them and the group's place alone. In order
 * of weight: to which framework, version and form the code belongs, in short; from which point of view; when the sheet was
 * begun; the answers and ticks, by their place in the form. The last group fits all of these, and every question's and warning
 * sign's id: so a code is never read by another framework's, version's or form's questions.
 *
 * @typedef {import("#client/sheet.js").Sheet} Sheet
 * @typedef {import("#client/sheet.js").Given} Given
 * @typedef {import("#client/sheet.js").Asked & {top: number, warning_signs: string[]}} Questions - What a form asks, as the page's data
 *   has it.
 * @typedef {{letters: string[], broken: number[]}} Letters - Those of a text, and how many of them, from the second up to each,
 *   stand after a gap.
 */
import { RefusedSheet } from "#client/reading.js";
import { answersOf } from "#client/sheet.js";
import { say } from "#client/words.js";

/** Crockford's: none is easily taken for another. Each one's place is its value. */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** What people read and write for others. */
const ALIKE = new Map(Object.entries({ O: "0", I: "1", L: "1" }));
/** By this word a code is found in a text. What breaks lines may stand in it. */
const PREFIX = /b\W*a\W*[l1i]\W*c\W*[o0]\W*n\W*y/gi;
/** Letters of a group. */
const SIZE = 5;
/** Bits that the letters of a group carry. */
const CARRIED = 20;
/** Bits of what stands first: framework 5, version 3, form 3, point of view 1. */
const HEAD = 12;
/** From when seconds are counted, and how many can be: until 2060. */
const BEGINNING = Date.UTC(2026, 0) / 1000;
const SECONDS = 2 ** 30;
/** What an answer may be, before the levels. */
const OTHER_ANSWERS = [undefined, "not-sure", "not-applicable"];
/** Letters of a text that are looked at. */
const MOST_LETTERS = 1000;

/**
 * Make a code.
 *
 * @param {Sheet} sheet - As it is on the page.
 * @param {Questions} asked - There.
 * @returns {string} Such as `BALCONY 4K7QZ 8M2CX …`. The same for the same sheet.
 */
export function shortCode(sheet, asked) {
  const answers = answersOf(sheet, asked.revisions);
  const ticked = new Set(sheet.warning_signs);
  const seconds = Math.floor(Date.parse(sheet.created) / 1000) - BEGINNING;
  const places = [
    seconds > 0 && seconds < SECONDS ? seconds : 0,
    ...Object.keys(asked.revisions).map((id) => {
      const answer = Object.hasOwn(answers, id) ? answers[id] : undefined;
      return typeof answer === "number" ? answer + 2 : OTHER_ANSWERS.indexOf(answer);
    }),
    ...asked.warning_signs.map((sign) => Number(ticked.has(sign))),
  ];
  const ranges = rangesOf(asked);
  const held = places.reduce((all, place, at) => all * BigInt(ranges[at]) + BigInt(place), 0n);
  const groups = groupCount(asked);
  const head = (headOf(asked) << 1) | Number(sheet.perspective === "others");
  const all = (BigInt(head) << BigInt(CARRIED * (groups - 1) - HEAD)) | held;
  const bits = (all << BigInt(CARRIED)) | BigInt(checkOf(asked, all));
  const written = Array.from({ length: groups }, (_, at) =>
    groupOf(Number(BigInt.asUintN(CARRIED, bits >> BigInt(CARRIED * (groups - 1 - at)))), at),
  );
  return ["BALCONY", ...written].join(" ");
}

/**
 * Read a code.
 *
 * @param {string} text - With one code, as it comes by mail, on paper or from a person's keyboard.
 * @param {Record<string, Questions>} forms - Those that it may answer, of one framework.
 * @param {Record<string, string>} [names] - Of all forms, by id: so another can be named.
 * @returns {Sheet} As `readSheet` gives it. When it was last changed, no code says.
 * @throws {RefusedSheet} With every reason: each group that is not as it was sent, or whose questions it answers.
 */
export function readShortCode(text, forms, names = {}) {
  const [code, ...others] = codesIn(text);
  if (!code)
    refuse([
      say("This is no short code of a sheet, or too little of it is as it was sent. Copy all of it, and try again."),
    ]);
  if (others.length)
    refuse([say("This text holds {count} codes. Open them one at a time.", { count: others.length + 1 })]);
  const [{ asked, groups, strange }] = Object.values(forms)
    .map((each) => attempt(lettersOf(code), each, names))
    .sort((a, b) => a.strange.length - b.strange.length || b.sound - a.sound || a.groups.length - b.groups.length);
  refuse([...strange, ...damages(groups, strange.length > 0)]);
  const room = CARRIED * (groups.length - 1) - HEAD;
  const all = groups.slice(0, -1).reduce((sum, group) => (sum << BigInt(CARRIED)) | BigInt(carried(group)), 0n);
  const places = placesOf(BigInt.asUintN(room, all), rangesOf(asked));
  if (!places || carried(groups[groups.length - 1]) !== checkOf(asked, all)) {
    const { id, version, form } = asked;
    throw new RefusedSheet([
      say(
        "The code does not fit the questions of {id}, version {version}, form {form}: it was made from others, or is not as it was sent. Ask for the sheet as a file.",
        { id, version, form: nameOf(form, names) },
      ),
    ]);
  }
  return sheetFrom(places, headIn(groups[0]) & 1, asked);
}

/**
 * Look at a code as that of a form.
 *
 * @param {Letters} found - The code's.
 * @param {Questions} asked - By the form.
 * @param {Record<string, string>} names - Of forms.
 * @returns {{asked: Questions, groups: string[], sound: number, strange: string[]}} The groups, how many are as they were sent,
 *   and why it is another's code, as far as the first tells.
 */
function attempt(found, asked, names) {
  const groups = aligned(found, groupCount(asked));
  const strange = isSound(groups[0], 0) ? strangers(headIn(groups[0]) >> 1, asked, names) : [];
  return { asked, groups, sound: groups.filter(isSound).length, strange };
}

/**
 * Find the codes in a text, each after the word that marks one. The first may stand without it.
 *
 * @param {string} text - Such as several emails.
 * @returns {string[]} Each with what follows, up to the next code or to words: `readShortCode` knows where it ends.
 */
export function codesIn(text) {
  const [first, ...marked] = plain(text).split(PREFIX);
  const codes = [first].filter((piece) => isCode(piece, false));
  return [...codes, ...marked.map(withoutWords).filter((piece) => isCode(piece, true))].map((piece) => piece.trim());
}

/** @type {(reasons: string[]) => void} */
function refuse(reasons) {
  if (reasons.length) throw new RefusedSheet(reasons);
}

// What stands where

/** @type {(asked: Questions) => number[]} How many values each place has: the time, the answers, the ticks. */
const rangesOf = ({ revisions, top, warning_signs }) => [
  SECONDS,
  ...Object.keys(revisions).map(() => OTHER_ANSWERS.length + top),
  ...warning_signs.map(() => 2),
];

/** @type {(asked: Questions) => number} */
function groupCount(asked) {
  const most = rangesOf(asked).reduce((all, range) => all * BigInt(range), 1n) - 1n;
  return Math.ceil((HEAD + most.toString(2).length) / CARRIED) + 1;
}

/** @type {(held: bigint, ranges: number[]) => number[] | undefined} Nothing, where something is left over. */
function placesOf(held, ranges) {
  const places = [];
  let rest = held;
  for (const range of [...ranges].reverse()) {
    places.unshift(Number(rest % BigInt(range)));
    rest /= BigInt(range);
  }
  return rest ? undefined : places;
}

/** @type {(places: number[], isOthers: number, asked: Questions) => Sheet} */
function sheetFrom([seconds, ...places], isOthers, { id, version, form, revisions, warning_signs }) {
  const created = new Date((BEGINNING + seconds) * 1000).toISOString();
  const answers = Object.entries(revisions).flatMap(([each, revision], at) => {
    const answer = places[at] > 2 ? places[at] - 2 : OTHER_ANSWERS[places[at]];
    return answer ? [[each, { answer, revision }]] : [];
  });
  const ticks = places.slice(-warning_signs.length);
  const sheet = {
    format: "balcony-sheet/1",
    framework: { id, version },
    form,
    perspective: isOthers ? "others" : "own",
    ...(seconds && { created: `${created.slice(0, 19)}Z` }),
    work: "",
    team: "",
    answers: Object.fromEntries(answers),
    notes: {},
    earlier: {},
    context: {},
    warning_signs: warning_signs.filter((_, at) => ticks[at]),
    targets: {},
    actions: [],
  };
  return /** @type {any} */ (sheet);
}

// Whose code it is

/** @type {(text: string) => number} 32 bits that any change of the text changes (FNV-1a, mixed as MurmurHash3 ends). */
function hash(text) {
  let sum = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
  sum = Math.imul(sum ^ (sum >>> 16), 0x85ebca6b);
  sum = Math.imul(sum ^ (sum >>> 13), 0xc2b2ae35);
  return (sum ^ (sum >>> 16)) >>> 0;
}

/** @type {(text: string, bits: number) => number} */
const short = (text, bits) => hash(text) >>> (32 - bits);

/** @type {(asked: {id: string, version: string, form: string}) => number} */
const headOf = ({ id, version, form }) => (short(id, 5) << 6) | (short(version, 3) << 3) | short(form, 3);

/** @type {(asked: Questions, all: bigint) => number} What the last group carries. */
const checkOf = ({ id, version, form, top, revisions, warning_signs }, all) =>
  short(JSON.stringify([id, version, form, top, Object.entries(revisions), warning_signs, String(all)]), CARRIED);

/** @type {(form: string, names: Record<string, string>) => string} */
const nameOf = (form, names) => (Object.hasOwn(names, form) ? names[form] : form);

/** @type {(head: number, asked: Questions, names: Record<string, string>) => string[]} */
function strangers(head, asked, names) {
  const { id, version, form } = asked;
  const differing = head ^ headOf(asked);
  if (differing >> 6)
    return [say("The code belongs to another framework than {id}. Open it on the site where it was made.", { id })];
  if (differing >> 3)
    return [
      say("The code was made from another version of the questions than {version}. Ask for the sheet as a file.", {
        version,
      }),
    ];
  if (!differing) return [];
  const likely = Object.keys(names).filter((each) => short(each, 3) === (head & 7));
  const values = { other: names[likely[0]], form: nameOf(form, names) };
  return [
    likely.length === 1
      ? say("The code answers the form {other}; this is the form {form}. Open it on the page of its form.", values)
      : say("The code answers another form than {form}. Open it on the page of its form.", values),
  ];
}

// Groups

/** @type {(sum: number, value: number) => number} One step of a check in the field of 32, by x⁵ + x² + 1. */
const step = (sum, value) => (sum << 1) ^ (sum & 16 ? 0b100101 : 0) ^ value;

/** @type {(at: number) => number} */
const placeOf = (at) => (at + 1) % ALPHABET.length;

/** @type {(bits: number, at: number) => string} */
function groupOf(bits, at) {
  const values = [15, 10, 5, 0].map((shift) => (bits >> shift) & 31);
  return [...values, step(values.reduce(step, 0), placeOf(at))].map((value) => ALPHABET[value]).join("");
}

/** @type {(letter: string) => number} Below 0, if it is none of the alphabet. */
function worthOf(letter) {
  const capital = letter.toUpperCase();
  return ALPHABET.indexOf(ALIKE.get(capital) ?? capital);
}

/**
 * Tell at which place a group fits. Any other letter, and any two that change places, make it another.
 *
 * @type {(group: string) => number} Below 0, if nowhere.
 */
function fits(group) {
  const values = Array.from(group, worthOf);
  return values.length === SIZE && !values.includes(-1) ? values.reduce(step, 0) : -1;
}

/** @type {(group: string, at: number) => boolean} */
const isSound = (group, at) => fits(group) === placeOf(at);

/** @type {(group: string) => number} */
const carried = (group) => Array.from(group.slice(0, -1), worthOf).reduce((bits, value) => (bits << 5) | value, 0);

/** @type {(group: string) => number} */
const headIn = (group) => carried(group) >> (CARRIED - HEAD);

/** @type {(groups: string[], isStrange: boolean) => string[]} What is not as it was sent. How many a stranger has is not known. */
function damages(groups, isStrange) {
  const of = groups.length;
  const reasons = [];
  const missing = [];
  for (const [at, group] of groups.entries()) {
    if (isSound(group, at)) continue;
    const swaps = (/** @type {number} */ one) =>
      fits(groups[one]) === placeOf(one + 1) && fits(groups[one + 1]) === placeOf(one);
    if (!group) missing.push(at + 1);
    else if (at + 1 < of && swaps(at))
      reasons.push(say("Groups {at} and {next} of {of} have changed places.", { at: at + 1, next: at + 2, of }));
    else if (!at || !swaps(at - 1))
      reasons.push(say("Group {at} of {of}, “{group}”, is not as it was sent.", { at: at + 1, of, group }));
  }
  if (missing.length && !isStrange) {
    const numbers = missing.join(", ");
    reasons.push(say("Missing of {of} groups: {numbers}. Copy all of the code, and try again.", { of, numbers }));
  }
  return reasons;
}

// What people and programs make of a code on its way

/** @type {(text: string) => string} */
const plain = (text) => text.normalize("NFKC").replace(/\p{Cf}/gu, "");

/** @type {(code: string) => Letters} */
function lettersOf(code) {
  /** @type {Letters} */
  const found = { letters: [], broken: [] };
  let breaks = 0;
  for (const [run] of plain(code).matchAll(/[\p{L}\p{N}]+/gu)) {
    if (found.letters.length) breaks++;
    for (const letter of run) {
      found.letters.push(letter);
      found.broken.push(breaks);
    }
  }
  return { letters: found.letters.slice(0, MOST_LETTERS), broken: found.broken };
}

/** How bad it is to take something for a group: the least bad way to read a code names what has happened to it. */
const BAD = { gap: 3, skipped: 8, damaged: 10, each: 5, torn: 16, missing: 22 };

/**
 * Find the groups, although letters may be missing, added or changed, and gaps be anywhere.
 *
 * @param {Letters} found - Those of a code, and what stands around it.
 * @param {number} count - Of groups.
 * @returns {string[]} As many. One that is missing is empty.
 */
function aligned({ letters, broken }, count) {
  const ends = [...letters.keys(), letters.length];
  const places = placesIn(letters);
  /** How bad the best way is that ends before each letter. */
  let bad = ends.map((end) => (end ? BAD.skipped : 0));
  /** @type {number[][]} For each group, where it begins in the best way that ends there. */
  const begins = [];
  for (let at = 0; at < count; at++) {
    const before = bad;
    const row = ends.map((end) => {
      let best = end;
      let least = Infinity;
      for (let from = end; from >= 0 && from > end - 2 * SIZE; from--) {
        const length = end - from;
        const isWhole = length === SIZE && places[from] === placeOf(at);
        const gaps = length && BAD.gap * (broken[end - 1] - broken[from]);
        const all = before[from] + gaps + (isWhole ? 0 : badness(length));
        if (all < least) [best, least] = [from, all];
      }
      return [best, least];
    });
    begins.push(row.map(([best]) => best));
    bad = row.map(([, least]) => least);
  }
  // What follows a code begins after a gap.
  bad = bad.map((each, end) => each + (end < letters.length && broken[end] === broken[end - 1] ? BAD.torn : 0));
  let end = bad.indexOf(Math.min(...bad));
  return begins
    .reverse()
    .map((row) => {
      const group = letters.slice(row[end], end).join("");
      end = row[end];
      return group;
    })
    .reverse();
}

/** @type {(letters: string[]) => number[]} Where five letters fit, from each. */
const placesIn = (letters) => letters.map((_, from) => fits(letters.slice(from, from + SIZE).join("")));

/** @type {(length: number) => number} Two damaged groups, which may have changed places, are less bad than one missing. */
const badness = (length) => (length ? BAD.damaged + BAD.each * Math.abs(length - SIZE) : BAD.missing);

/** @type {(piece: string) => string} What stands before the first word: letters alone, small in a code of capitals, long in another. */
function withoutWords(piece) {
  const isWord = /^\P{L}*\p{Ll}/u.test(piece) ? /^\p{L}{7,}$/u : /^\p{L}*\p{Ll}\p{L}*$/u;
  for (const { 0: run, index } of piece.matchAll(/[\p{L}\p{N}]+/gu)) if (isWord.test(run)) return piece.slice(0, index);
  return piece;
}

/**
 * Tell whether enough of a piece fits to be a code, with damage, and no words or a link's code, in which five letters may fit
 * by chance.
 *
 * @param {string} piece - Of a text.
 * @param {boolean} isMarked - Whether it stands after the word that marks a code. If not, its groups have to be easily seen.
 * @returns {boolean} Whether two or three groups are in place from the start, or a few follow one another.
 */
function isCode(piece, isMarked) {
  const { letters, broken } = lettersOf(piece);
  const places = placesIn(letters).map((place, from) => {
    const group = letters.slice(from, from + SIZE).join("");
    const isSeen =
      broken[from] === broken[from + SIZE - 1] && [group.toLowerCase(), group.toUpperCase()].includes(group);
    return isMarked || isSeen ? place : -1;
  });
  const inPlace = places.filter((place, from) => from % SIZE === 0 && place === placeOf(from / SIZE));
  const follows = (/** @type {number} */ from) =>
    places[from] >= 0 && places[from + SIZE] === (places[from] + 1) % ALPHABET.length;
  const isGap = (/** @type {number} */ from) => broken[from] !== broken[from - 1];
  const isRow = (/** @type {number} */ from) =>
    follows(from) &&
    follows(from + SIZE) &&
    (isGap(from) || (isMarked && (inPlace.length || follows(from + 2 * SIZE))));
  const isWhole = inPlace.length > (isMarked ? 1 : 2) && inPlace.length * 4 * SIZE >= letters.length;
  return isWhole || places.some((_, from) => isRow(from));
}
