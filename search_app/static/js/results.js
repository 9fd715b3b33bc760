// Whoever follows a filter goes on where they were: the next page opens with that filter focused,
// and how many passages there are now is said. Comfort only.
(() => {
  "use strict";

  const KEY = "followed-choice";
  const choices = () => [...document.querySelectorAll("[data-choice]")];

  document.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-choice]");
    // A click of a mouse has no need of a focus.
    if (choice && event.detail === 0) sessionStorage.setItem(KEY, choice.dataset.choice);
  });

  let followed = null;
  try {
    followed = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
  } catch {
    return; // Storage is switched off: the page works all the same.
  }
  if (!followed) return;

  const shown = choices().find((one) => one.dataset.choice === followed && one.offsetParent !== null);
  const target = shown ?? document.querySelector(".side-narrow > summary");
  target?.focus();
  const tally = document.querySelector("[data-tally]");
  // A live region is read when it changes.
  if (tally) setTimeout(() => tally.append(document.createTextNode("\u00a0")), 300);
})();
