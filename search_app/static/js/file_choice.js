// Names the file that was chosen. Without it the browser's own file button is shown.
(() => {
  "use strict";

  const input = document.querySelector("[data-file-choice]");
  const chosen = document.querySelector("[data-file-chosen]");
  if (!input || !chosen) return;

  const none = chosen.textContent;
  const tell = () => { chosen.textContent = input.files[0]?.name ?? none; };
  input.addEventListener("change", tell);
  // Going back to the page may bring the choice back.
  tell();
})();
