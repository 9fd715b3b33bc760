// What is taken away from a page. Comfort only: every page does all it does without it.
(() => {
  "use strict";

  // A button that copies the citation line.
  for (const line of document.querySelectorAll("[data-copy]")) {
    const acts = line.closest(".hit, .answer")?.querySelector(".acts");
    if (!acts || !navigator.clipboard) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "Sao chép trích dẫn";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(line.textContent);
      button.textContent = "Đã sao chép";
      setTimeout(() => { button.textContent = "Sao chép trích dẫn"; }, 2000);
    });
    acts.insertBefore(button, acts.querySelector(".why"));
  }
})();
