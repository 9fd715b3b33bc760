// The way through the words that were found in a report: buttons, n and p, Escape. Comfort only.
(() => {
  "use strict";

  const finder = document.querySelector("[data-finder]");
  if (!finder) return;
  const names = finder.dataset.hits.split(" ").filter((name) => document.getElementById(name));
  const count = finder.querySelector("[data-count]");
  const status = finder.querySelector("[data-status]");
  let at = names.indexOf(location.hash.slice(1));

  const say = () => {
    if (!count) return;
    count.textContent = `${at < 0 ? "–" : at + 1}/${names.length}`;
    status.textContent = at < 0 ? "" : finder.dataset.at
      .replace("{number}", at + 1).replace("{total}", names.length);
  };
  const shown = (name) => {
    const place = document.getElementById(name);
    // A note that is folded away stands where its paragraph does.
    return place.getClientRects().length ? place : place.closest(".row-of-text");
  };
  // The hits around what is being read, while none of them has been visited.
  const nearest = (step) => {
    const height = innerHeight / 3;
    const tops = names.map((name) => shown(name).getBoundingClientRect().top);
    if (step < 0) return Math.max(0, tops.findLastIndex((top) => top < height));
    const after = tops.findIndex((top) => top >= 0);
    return after < 0 ? 0 : after;
  };
  const go = (step) => {
    if (!names.length) return;
    at = at < 0 ? nearest(step) : (at + step + names.length) % names.length;
    // The same page in the history: going back leaves the report at once.
    location.replace(`#${names[at]}`);
    say();
  };

  const leave = () => {
    for (const mark of document.querySelectorAll(".report mark")) {
      const text = mark.parentNode;
      mark.replaceWith(...mark.childNodes);
      text.normalize();
    }
    for (const links of document.querySelectorAll(".report .hit-links")) links.remove();
    const address = new URL(location.href);
    address.searchParams.delete("q");
    address.searchParams.delete("skip");
    history.replaceState(null, "", address);
    document.getElementById("q-here").value = "";
    finder.replaceChildren(status);
    status.textContent = finder.dataset.left;
    removeEventListener("keydown", keys);
  };

  const keys = (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select")) return;
    if (event.key === "n") go(1);
    else if (event.key === "p") go(-1);
    else if (event.key === "Escape") leave();
  };
  for (const button of finder.querySelectorAll("[data-step]")) {
    button.addEventListener("click", () => go(Number(button.dataset.step)));
  }
  finder.querySelector("[data-leave]").addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    leave();
  });
  addEventListener("hashchange", () => {
    const place = names.indexOf(location.hash.slice(1));
    if (place >= 0) { at = place; say(); }
  });
  addEventListener("keydown", keys);
  say();
})();
