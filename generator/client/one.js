/**
 * One question at a time, large, for a screen that a whole room can read.
 *
 * @typedef {import("#client/team_page.js").Team} Team
 */

import { element } from "#client/elements.js";
import { picture } from "#client/picture.js";
import { drawingOf, standing } from "#client/seeing.js";
import { say } from "#client/words.js";

let at = 0;

/**
 * Show the questions, those to talk about first.
 *
 * @param {HTMLElement} $step - Has the place and the buttons.
 * @param {Team} team - As it is now.
 */
export function showOne($step, { view, framework, texts }) {
  const $place = /** @type {HTMLElement} */ ($step.querySelector("[data-one]"));
  const rest = Object.keys(view.indicators).filter((id) => !view.discuss.includes(id));
  const ids = [...view.discuss, ...rest];
  const show = () => {
    const id = ids[at];
    const found = view.indicators[id];
    const $picture = element("figure");
    $picture.dataset.picture = "";
    $picture.innerHTML = found.mean ? picture(drawingOf(found, framework)).join("") : "";
    const $words = element(
      "div",
      element("p", standing(found, framework.levels)),
      ...ends(found, texts.indicators[id].levels),
    );
    $place.replaceChildren(
      element("p", say("{number} of {of}", { number: at + 1, of: ids.length })),
      element("h2", texts.indicators[id].question),
      $picture,
      $words,
      element("p", element("b", texts.indicators[id].discuss)),
    );
  };
  const move = (/** @type {number} */ by) => {
    at = (at + by + ids.length) % ids.length;
    show();
  };
  const [$before, $after] = /** @type {HTMLElement[]} */ ([...$step.querySelectorAll("[data-button]")]);
  $before.onclick = () => move(-1);
  $after.onclick = () => move(1);
  $step.onkeydown = ({ key }) => {
    if (key === "ArrowLeft" || key === "ArrowRight") move(key === "ArrowLeft" ? -1 : 1);
  };
  at = Math.min(at, ids.length - 1);
  show();
}

/**
 * What those see who are furthest apart.
 *
 * @type {(found: import("#client/score.js").Fields, levels: string[]) => HTMLElement[]}
 */
function ends({ mean, lowest, highest }, levels) {
  if (!mean || lowest === highest) return [];
  const [low, high] = [levels[lowest - 1], levels[highest - 1]];
  return [element("p", say("Some see: {low}", { low })), element("p", say("Others see: {high}", { high }))];
}
