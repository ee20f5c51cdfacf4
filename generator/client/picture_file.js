/**
 * The pictures of a lens as a file, with its heading, and colours in place of their names. Fetched when somebody takes one.
 */

/**
 * Put the pictures of a lens into one file, which needs nothing of this page.
 *
 * @param {HTMLElement} $lens - As the page shows it.
 * @param {string} scope - What stands below its name.
 * @returns {string} SVG; empty, where nothing is drawn.
 */
export function pictureFile($lens, scope) {
  const pictures = [...$lens.querySelectorAll("[data-picture] svg")];
  const styles = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => styles.getPropertyValue(`--balcony-${name}`).trim();
  const sizes = pictures.map(($svg) => /** @type {SVGSVGElement} */ ($svg).viewBox.baseVal);
  const gap = 32;
  const line = 20;
  const $file = pictures[0]?.cloneNode();
  if (!($file instanceof SVGSVGElement)) return "";
  const width = sizes.reduce((sum, size) => sum + size.width + gap, gap);
  const name = $lens.querySelector("h2, h3")?.textContent ?? "";
  const heading = lines(name, 700, 17, width - 2 * gap);
  const below = lines(scope, 400, 12, width - 2 * gap);
  const top = (heading.length + below.length) * line + gap;
  const height = Math.max(...sizes.map((size) => size.height)) + top + gap;
  const attributes = {
    viewBox: `0 0 ${width} ${height}`,
    width,
    height,
    color: colour("ink"),
    "font-family": "sans-serif",
  };
  for (const [name, value] of Object.entries(attributes)) $file.setAttribute(name, String(value));
  $file.append(
    drawn("title", {}, [name, scope].join(" · ")),
    drawn("rect", { width, height, fill: colour("paper"), stroke: "none" }),
    written(heading, gap, gap, { "font-size": 17, "font-weight": 700 }),
    written(below, gap, gap + heading.length * line, { "font-size": 12 }),
  );
  let x = gap;
  for (const [at, $svg] of pictures.entries()) {
    const $copy = /** @type {SVGSVGElement} */ ($svg.cloneNode());
    $copy.innerHTML = $svg.innerHTML.replace(/var\(--balcony-([\w-]+)\)/g, (_, each) => colour(each));
    // It speaks of the table that is below it on the page.
    $copy.querySelector("title")?.remove();
    for (const [key, value] of Object.entries({ x, y: top, ...size(sizes[at]) }))
      $copy.setAttribute(key, String(value));
    $file.append($copy);
    x += sizes[at].width + gap;
  }
  const text = new XMLSerializer().serializeToString($file);
  // A name may hold what XML has no place for.
  return text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "");
}

/** @type {(words: string, weight: number, size: number, width: number) => string[]} Words in lines that fit, be they one long word. */
function lines(words, weight, size, width) {
  const brush = document.createElement("canvas").getContext("2d");
  if (!brush) return [words];
  brush.font = `${weight} ${size}px sans-serif`;
  const all = [""];
  for (const letter of words) {
    const last = all[all.length - 1];
    const at = last.lastIndexOf(" ") + 1 || last.length;
    if (brush.measureText(last + letter).width <= width) all[all.length - 1] += letter;
    else all.splice(-1, 1, last.slice(0, at), last.slice(at) + letter);
  }
  return all;
}

/** @type {(lines: string[], x: number, y: number, look: Record<string, number>) => SVGElement} */
function written(lines, x, y, look) {
  const $text = drawn("text", { fill: "currentColor", stroke: "none", ...look });
  $text.append(...lines.map((words, at) => drawn("tspan", { x, y: y + at * 20 }, words)));
  return $text;
}

/** @type {(of: DOMRect) => {width: number, height: number}} */
const size = ({ width, height }) => ({ width, height });

/** @type {(name: string, attributes: Record<string, string | number>, words?: string) => SVGElement} */
function drawn(name, attributes, words = "") {
  const $element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) $element.setAttribute(key, String(value));
  $element.textContent = words;
  return $element;
}
