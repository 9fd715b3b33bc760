// What is taken away from a page: copying, and the pack without leaving the page. Comfort only:
// the texts stand in the page, and the pack is a form.
(() => {
  "use strict";

  const form = document.getElementById("to-pack");
  const status = document.querySelector("[data-said][role=status]");
  if (!form || !status) return;

  let timer = 0;
  const say = (text) => {
    clearTimeout(timer);
    status.textContent = text;
    timer = setTimeout(() => { status.textContent = ""; }, 5000);
  };
  // What the server said stands as long.
  if (status.textContent.trim()) say(status.textContent);

  const select = (element) => {
    element.closest("details")?.setAttribute("open", "");
    const range = document.createRange();
    range.selectNodeContents(element);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };
  const copy = async (element) => {
    const text = element.textContent.trim();
    if (navigator.clipboard && isSecureContext) {
      // The title of a report stays in italics where it is pasted into a document.
      const kinds = { "text/plain": text, "text/html": element.innerHTML.trim() };
      const parts = Object.entries(kinds).map(([type, one]) => [type, new Blob([one], { type })]);
      return navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
    }
    // Offices serve pages without encryption, where browsers know only the old way.
    select(element);
    if (!document.execCommand("copy")) throw new Error("copy");
  };

  for (const button of document.querySelectorAll("[data-copies]")) button.hidden = false;

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copies]");
    if (!button) return;
    const from = button.closest("[data-tools]").querySelector(`[data-what=${button.dataset.copies}]`);
    try {
      await copy(from);
      say(button.dataset.said);
    } catch {
      select(from);
      say(form.dataset.notCopied);
    }
  });

  const send = async (fields) => {
    const answer = await fetch(form.action, {
      method: "POST",
      body: fields,
      headers: { Accept: "application/json" },
    });
    const found = await answer.json();
    if (!answer.ok) throw new Error(found.error?.message);
    document.querySelector("[data-pack-label]").textContent = found.label;
    say(found.said);
  };

  form.addEventListener("submit", async (event) => {
    if (!event.submitter) return;
    event.preventDefault();
    try {
      await send(new FormData(form, event.submitter));
    } catch (error) {
      say(error.message && !(error instanceof TypeError) && !(error instanceof SyntaxError)
        ? error.message : form.dataset.failed);
    }
  });
})();
