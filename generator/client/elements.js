/**
 * What the bare pages share: elements, links to what stands on the page, files, and moving through the page's steps by the
 * address's fragment, one at a time, so that the browser's back button works.
 */

/**
 * Say something, or hide where it would stand.
 *
 * @param {Element} $root - Holds it.
 * @param {string} selector - Where.
 * @param {string} words - What; empty for nothing.
 */
export function text($root, selector, words) {
  const $element = /** @type {HTMLElement} */ ($root.querySelector(selector));
  $element.textContent = words;
  $element.hidden = !words;
}

/**
 * Make an element.
 *
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name - Of the element.
 * @param {(string | Node)[]} children - What it holds.
 * @returns {HTMLElementTagNameMap[Name]} Not yet on the page.
 */
export function element(name, ...children) {
  const $element = document.createElement(name);
  $element.append(...children);
  return $element;
}

/**
 * Name a question, a section or a lens, and lead to it.
 *
 * @param {string} id - Where it stands.
 * @returns {HTMLElement} A link.
 */
export function link(id) {
  const $link = element("a", document.getElementById(id)?.querySelector("legend, h1, h2, h3")?.textContent ?? id);
  $link.href = `#${id}`;
  return $link;
}

/**
 * Offer a file. Nothing is sent anywhere.
 *
 * @param {string} download - Its name.
 * @param {string} text - What it holds.
 */
export function offer(download, text) {
  const href = URL.createObjectURL(new Blob([text]));
  Object.assign(document.createElement("a"), { href, download }).click();
  // Some browsers read it only after a while.
  setTimeout(() => URL.revokeObjectURL(href), 60_000);
}

/**
 * Show one step and follow the fragment from now on.
 *
 * @param {HTMLElement} $form - Holds the steps, elements with `data-step`.
 * @param {(step: string) => void} onShow - Called with the step that is about to be shown.
 */
export function startRun($form, onShow) {
  const $steps = /** @type {HTMLElement[]} */ ([...$form.querySelectorAll("[data-step]")]);
  const pageTitle = document.title;

  /** @type {(target: Element | null) => HTMLElement | undefined} */
  const stepOf = ($target) => $steps.find(($step) => $step === $target || $step.contains($target));

  /** @type {($target: Element | null, moved: boolean) => void} */
  function show($target, moved) {
    const $step = stepOf($target) ?? $steps[0];
    onShow($step.id);
    $form.dataset.at = $step.id;
    for (const $each of $steps) $each.hidden = $each !== $step;
    const $heading = /** @type {HTMLElement} */ ($step.querySelector("h1"));
    const $notice = document.getElementById("balcony-notice");
    if ($notice) $notice.hidden = true;
    document.title = $step === $steps[0] ? pageTitle : `${$heading.textContent} – ${pageTitle}`;
    const $within = $target && $target !== $step && stepOf($target) ? focusable($target) : null;
    if ($within) {
      $within.focus();
      $target?.scrollIntoView();
    } else if (moved) {
      $heading.focus();
      scrollTo(0, 0);
    }
  }

  const $targeted = () => document.getElementById(location.hash.slice(1));
  addEventListener("hashchange", () => {
    const $target = $targeted();
    // A fragment outside the run, such as the skip link's, moves the focus and nothing else.
    if (!location.hash || stepOf($target)) show($target, true);
  });
  $form.toggleAttribute("data-ready", true);
  show($targeted(), Boolean(location.hash));
}

/** @type {($target: Element) => HTMLElement} */
function focusable($target) {
  const $inputs = /** @type {HTMLInputElement[]} */ ([...$target.querySelectorAll("input")]);
  return $inputs.find(($input) => $input.checked) ?? $inputs[0] ?? /** @type {HTMLElement} */ ($target);
}
