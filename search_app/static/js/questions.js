// Says how many questions of a list are answered while the rows come in. Comfort only: without it
// each row tells its number.
(() => {
  "use strict";

  const status = document.querySelector("[data-progress]");
  const table = document.querySelector("[data-rows]");
  if (!status || !table) return;

  // A screen reader is not told of every row.
  const EVERY = 2000;
  const tell = () => {
    const finished = document.querySelector("[data-finished]");
    if (finished) {
      clearInterval(timer);
      status.textContent = finished.textContent;
      finished.hidden = true;
    } else {
      status.textContent = status.dataset.progress
        .replace("{done}", table.tBodies[0].rows.length)
        .replace("{all}", table.dataset.all);
    }
  };
  const timer = setInterval(tell, EVERY);
  document.addEventListener("DOMContentLoaded", tell);
  tell();
})();
