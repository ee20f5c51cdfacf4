/** What the menus of the base theme lack for people who use a keyboard, or speak. */

const drawer = /** @type {HTMLInputElement | null} */ (document.querySelector("#__drawer"));

addEventListener("keydown", handleKey, { capture: true });
addEventListener("focusin", closeDrawerBehind);

/** @param {KeyboardEvent} event */
function handleKey(event) {
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return;
  // The theme makes a shortcut of single letters. Somebody who speaks to the device says many.
  if (event.key.length === 1 && !target.matches(":read-write")) event.stopImmediatePropagation();
  if (event.key === "Enter" && target.matches(".md-nav__toggle, #__drawer"))
    /** @type {HTMLElement} */ (target).click();
  if (event.key === "Escape" && drawer?.checked) {
    drawer.checked = false;
    drawer.focus();
  }
}

/**
 * Close the menu of small screens once the focus has left it: it lies over what comes after.
 *
 * @param {FocusEvent} event
 */
function closeDrawerBehind(event) {
  const target = /** @type {Element} */ (event.target);
  if (drawer?.checked && target !== drawer && !target.closest(".md-sidebar--primary")) drawer.checked = false;
}
