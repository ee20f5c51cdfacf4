/**
 * Pictures of a lens, one kind for each rule: they show at a glance what the text beside them says in full. Knows no page.
 *
 * All is lines and words, so that it reads in grey, on paper and in forced colours. Lengths are in pixels.
 *
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {[value: number, words: string]} Mark An upright line on all bars, explained below them.
 *
 * @typedef {object} Row - A dimension, as it is drawn.
 * @property {string} id
 * @property {string} [name]
 * @property {string} label - Its level, with the number where it has one; or why it has none.
 * @property {string} [value] - Absent without a score.
 * @property {[string, string]} [range] - What the value could still come to, if an answer is missing.
 *
 * @typedef {object} Drawing - What is drawn.
 * @property {string} title - For those who do not see it.
 * @property {string} rule
 * @property {Row[]} rows - In order.
 * @property {Fields} result - Of the lens.
 * @property {string} [level] - Of the lens as a whole, where its rule names one.
 * @property {number} top - The highest level.
 * @property {import("#client/score.js").Settings} settings
 */
import { absolute, compare, parse, subtract } from "#client/fraction.js";
import { say } from "#client/words.js";

/** Fits the smallest screen in full size. */
const WIDTH = 256;
const LINE = 20;
/** Of a circle at the highest level. */
const RADIUS = 22;
/** Of a beam, from the edge: half of what is written below it. */
const END = 60;

// How things look.
const INK = 'fill="currentColor" stroke="none"';
const FULL = 'fill="var(--balcony-accent)" stroke="var(--balcony-accent)"';
const PAPER = 'fill="var(--balcony-paper)"';
const THICK = 'stroke-width="12" stroke="var(--balcony-accent)"';
const STRONG = 'stroke-width="6"';
const DASHED = 'stroke-dasharray="6 5"';
const STRIPED = 'stroke-dasharray="2 3"';
const MIDDLE = 'text-anchor="middle"';
/** Of marks. */
const LOOKS = [STRIPED, DASHED];

/** @type {(x1: number, y1: number, x2: number, y2: number, look?: string) => string} */
const line = (x1, y1, x2, y2, look = "") => `<path d="M${x1} ${y1}L${x2} ${y2}" ${look}/>`;

/** @type {(x: number, y: number, r: number, look?: string) => string} */
const circle = (x, y, r, look = "") => `<circle cx="${x}" cy="${y}" r="${r}" ${look}/>`;

/** @type {(x: number, y: number, lines: string[], look?: string) => string} */
const text = (x, y, lines, look = "") =>
  `<text ${look} stroke="none" fill="currentColor">${lines.map((each, at) => `<tspan x="${x}" y="${y + at * LINE}">${each}</tspan>`).join("")}</text>`;

/** @type {(words: string) => string} */
const safe = (words) => words.replace(/[&<>]/g, (each) => `&#${each.charCodeAt(0)};`);

/**
 * A name and its label, in bold, in lines of so many letters where the words allow it.
 *
 * @type {(row: {name?: string, label: string}, letters: number) => string[]}
 */
function wrapped({ name = "", label }, letters) {
  const cut = (/** @type {string} */ words) => words.match(new RegExp(`\\S.{0,${letters - 1}}(?!\\S)|\\S+`, "g")) ?? [];
  const names = cut(name).map(safe);
  const labels = cut(label).map((each) => `<tspan font-weight="700">${safe(each)}</tspan>`);
  const last = `${cut(name).at(-1)} ${label}`.length > letters ? [] : [`${names.pop()} ${labels.pop()}`];
  return [...names, ...last, ...labels];
}

/** @type {(title: string, height: number, content: string[]) => string} */
const svg = (title, height, content) =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" role="img" fill="none" stroke="currentColor" stroke-width="2" font-size="15"><title>${safe(title)}</title>${content.join("")}</svg>`;

/** @type {(value: string | number) => number} */
function number(value) {
  const { n, d } = parse(value);
  return Number(n) / Number(d);
}

/**
 * Draw a lens.
 *
 * @param {Drawing} drawing - What is drawn.
 * @returns {string[]} One or two pictures, as SVG.
 */
export const picture = (drawing) => RULES[drawing.rule](drawing);

/** @type {Record<string, (drawing: Drawing) => string[]>} */
const RULES = {
  alignment: (drawing) => [corners(drawing), bars(drawing)],
  balance: (drawing) => [beam(drawing), bars(drawing)],
  compensatory: (drawing) => [bars(drawing, carrying(drawing))],
  coverage: (drawing) => [tiles(drawing)],
  profile: (drawing) => [bars(drawing, typical(drawing))],
  // Not of a lens: several people's levels, which have a range and no bar from below.
  spread: (drawing) => [bars(drawing)],
};

/** @type {(drawing: Drawing) => Mark[]} */
function carrying({ settings, level = "", result }) {
  /** @type {Mark[]} */
  const floor = [[number(settings.compensatory_floor), say("Below this, it holds back")]];
  return result.value ? [...floor, [number(result.value), say("All together: {level}", { level })]] : floor;
}

/** @type {(drawing: Drawing) => Mark[]} */
const typical = ({ level, result }) =>
  level ? [[result.typical_band, say("Your typical level: {level}", { level })]] : [];

/**
 * Bars from the lowest level to the highest, with a dot where each dimension is. Where strength makes up for weakness, what is
 * over the mean of all is striped.
 *
 * @type {(drawing: Drawing, marks?: Mark[]) => string}
 */
function bars({ title, rule, rows, top, result }, marks = []) {
  const x = (/** @type {number} */ value) => 10 + ((value - 1) / (top - 1)) * (WIDTH - 20);
  const drawn = [];
  let y = 0;
  for (const row of rows) {
    const lines = wrapped(row, 29);
    drawn.push(text(0, y + 15, lines));
    y += lines.length * LINE + 12;
    drawn.push(line(x(1), y, x(top), y, row.value ? "" : DASHED));
    for (let level = 1; level <= top; level++) drawn.push(line(x(level), y - 4, x(level), y + 4));
    if (row.range) drawn.push(line(x(number(row.range[0])), y, x(number(row.range[1])), y, `${THICK} ${STRIPED}`));
    if (row.value) {
      const value = number(row.value);
      const solid = result.carried?.length ? Math.min(value, number(result.value)) : value;
      drawn.push(
        line(x(rule === "spread" ? value : 1), y, x(solid), y, THICK),
        line(x(solid), y, x(value), y, `${THICK} ${STRIPED}`),
        circle(x(value), y, 8, FULL),
      );
    }
    for (const [at, [value]] of marks.entries()) drawn.push(line(x(value), y - 11, x(value), y + 11, LOOKS[at]));
    y += LINE;
  }
  for (const [at, [, words]] of marks.entries()) {
    y += LINE;
    drawn.push(line(0, y, 28, y, LOOKS[at]), text(36, y + 5, [safe(words)]));
  }
  return svg(title, y + 12, drawn);
}

/**
 * A corner for each dimension, as full as its level is high. A side is whole where its two corners are in line.
 *
 * @type {(drawing: Drawing) => string}
 */
function corners({ title, rows, top, settings, result }) {
  const places = rows.map((_, at) => {
    const angle = (2 * Math.PI * at) / rows.length - Math.PI / 2;
    return [WIDTH / 2 + 76 * Math.cos(angle), 150 + 84 * Math.sin(angle)].map(Math.round);
  });
  let height = 0;
  const sides = rows.map((row, at) => {
    const next = (at + 1) % rows.length;
    return side(places[at], places[next], row.value, rows[next].value, settings);
  });
  const discs = rows.map((row, at) => {
    const [x, y] = places[at];
    const lines = wrapped(row, at ? Math.floor(30 / Math.max(rows.length - 1, 2)) : 29);
    const first = y < 150 ? y - 14 - lines.length * LINE : y + 46;
    height = Math.max(height, first + lines.length * LINE);
    const ring =
      result.gap && result.lowest.includes(row.id) ? circle(x, y, RADIUS + 6, `${STRIPED} stroke-width="5"`) : "";
    return disc(x, y, row, top) + ring + text(x, first, lines, MIDDLE);
  });
  return svg(title, height, [...sides, ...discs]);
}

/** @type {(from: number[], to: number[], one: string | undefined, other: string | undefined, settings: import("#client/score.js").Settings) => string} */
function side(from, to, one, other, { alignment_gap }) {
  const [[x1, y1], [x2, y2], [x3, y3], [x4, y4]] = [0, 0.36, 0.64, 1].map((share) =>
    from.map((each, axis) => Math.round(each + (to[axis] - each) * share)),
  );
  if (!one || !other) return line(x1, y1, x4, y4, STRIPED);
  if (compare(absolute(subtract(parse(one), parse(other))), parse(alignment_gap)) < 0)
    return line(x1, y1, x4, y4, STRONG);
  return line(x1, y1, x2, y2) + line(x3, y3, x4, y4) + circle(x2, y2, 3, INK) + circle(x3, y3, 3, INK);
}

/** @type {(x: number, y: number, row: Row, top: number) => string} */
const disc = (x, y, { value }, top) =>
  value
    ? circle(x, y, RADIUS, PAPER) + circle(x, y, (RADIUS * number(value)) / top, FULL)
    : circle(x, y, RADIUS, `${PAPER} ${DASHED}`) + text(x, y + 6, ["?"], MIDDLE);

/**
 * A beam that tips towards the stronger of two.
 *
 * @type {(drawing: Drawing) => string}
 */
function beam({ title, rows, top }) {
  const [left, right] = rows.map(({ value }) => value && number(value));
  const tip = left && right ? (48 * (right - left)) / (top - 1) : 0;
  const drawn = [line(END, 84 - tip, WIDTH - END, 84 + tip, STRONG), `<path d="M${WIDTH / 2} 84l-18 52h36Z" ${INK}/>`];
  let height = 0;
  for (const [at, row] of rows.entries()) {
    const x = at ? WIDTH - END : END;
    const lines = wrapped(row, 14);
    height = Math.max(height, 168 + lines.length * LINE);
    drawn.push(disc(x, 84 + (at ? tip : -tip), row, top), text(x, 180, lines, MIDDLE));
  }
  return svg(title, height, drawn);
}

/**
 * A tile for each dimension: full and ticked when it is looked after, empty when not, with a question mark when nobody can say.
 *
 * @type {(drawing: Drawing) => string}
 */
function tiles({ title, rows, result }) {
  const marks = rows.map(({ id, value }) =>
    result.attended.includes(id) ? "✓ " : result.unknown.includes(id) ? "? " : value ? "" : "– ",
  );
  const lines = rows.map(({ name, label }, at) => wrapped({ name: marks[at] + name, label }, 14));
  const height = LINE * Math.max(...lines.map(({ length }) => length)) + 14;
  const width = WIDTH / 2 - 4;
  const drawn = rows.map(({ id, value }, at) => {
    const [x, y] = [1 + (at % 2) * (width + 6), 1 + Math.floor(at / 2) * (height + 6)];
    const isFull = result.attended.includes(id);
    const box = `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="6" ${isFull ? FULL : value ? "" : DASHED}/>`;
    return box + text(x + 8, y + 21, lines[at], isFull ? PAPER : "");
  });
  return svg(title, Math.ceil(rows.length / 2) * (height + 6), drawn);
}
