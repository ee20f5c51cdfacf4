/**
 * A benchmark beside a team's own values: where the middle half of many people's sheets lies, and nothing about who is above.
 *
 * @typedef {import("#client/score.js").Fields} Fields
 * @typedef {Record<string, Record<string, {sheets: number, from: string, to: string}>>} Ranges By lens and dimension.
 */
import { sayCount } from "#client/counts.js";
import { element } from "#client/elements.js";

/**
 * Say the ranges where a team's value is shown, and explain them if there is one.
 *
 * @param {HTMLElement} $root - The step: the note that names the benchmark, and the table of each lens, freshly filled.
 * @param {Fields} view - In the format `balcony-team/1`.
 * @param {Ranges} [ranges] - Of the form.
 */
export function showBenchmark($root, view, ranges = {}) {
  const $note = /** @type {HTMLElement} */ ($root.querySelector("[data-benchmark]"));
  const name = $note.querySelector("b")?.textContent ?? "";
  $note.hidden = true;
  for (const [lens, parts] of Object.entries(ranges))
    for (const [part, { sheets, from, to }] of Object.entries(parts)) {
      if (!view.lenses[lens].dimensions[part].value) continue;
      const forms = {
        one: "{name}: the middle half of {count} sheet lies from {from} to {to}.",
        other: "{name}: the middle half of {count} sheets lies from {from} to {to}.",
      };
      const $range = element("small", sayCount(sheets, forms, { name, from, to }));
      $range.dataset.range = "";
      $root.querySelector(`[data-lens="${lens}"] [data-dimension="${part}"] td`)?.append($range);
      $note.hidden = false;
    }
}
