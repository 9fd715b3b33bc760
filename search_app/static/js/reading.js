// Where the reader is: the heading marked in the outline, how far it is, where it was left.
// Comfort only.
(() => {
  "use strict";

  const report = document.querySelector(".report");
  const body = report?.querySelector(".body");
  if (!body) return;
  const lists = [...document.querySelectorAll(".outline, .outline-panel")];
  const shares = [...document.querySelectorAll("[data-share]")];
  const now = document.querySelector("[data-now]");
  const line = document.querySelector("[data-progress]");
  const places = [];
  for (const link of lists[0].querySelectorAll("a[href^='#']")) {
    const place = document.getElementById(link.hash.slice(1));
    if (place) places.push({ hash: link.hash, place, title: link.textContent });
  }

  // The last of some elements in reading order whose top is above a height.
  const lastAbove = (elements, height) => {
    let low = 0;
    let high = elements.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (elements[middle].getBoundingClientRect().top > height) high = middle;
      else low = middle + 1;
    }
    return low - 1;
  };
  const headings = places.map((one) => one.place);
  const passages = [...body.querySelectorAll(".passage")];

  const share = () => {
    const box = body.getBoundingClientRect();
    const length = box.height - innerHeight;
    return length > 0 ? Math.min(1, Math.max(0, -box.top / length)) : 0;
  };

  // --- the outline

  const markIn = (list, hash) => {
    list.querySelector("[aria-current]")?.removeAttribute("aria-current");
    let link = hash ? list.querySelector(`a[href="${hash}"]`) : null;
    // In a folded part of the outline its heading is marked instead.
    const folded = link?.closest("details:not([open], [data-outline])");
    if (folded && list.contains(folded)) link = folded.parentElement.querySelector("a");
    if (!link) return;
    link.setAttribute("aria-current", "true");
    const box = link.getBoundingClientRect();
    const frame = list.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > Math.min(frame.bottom, innerHeight)) {
      list.scrollTop += box.top - frame.top - innerHeight / 3;
    }
  };

  let current = -2;
  const show = () => {
    const part = share();
    if (line) line.style.transform = `scaleX(${part})`;
    for (const place of shares) place.textContent = `${Math.round(part * 100)} %`;
    const at = lastAbove(headings, innerHeight / 3);
    if (at === current) return;
    current = at;
    for (const list of lists) markIn(list, places[at]?.hash ?? "");
    if (now) now.textContent = places[at]?.title ?? "";
  };
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => { waiting = false; show(); });
  };
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later);
  show();

  // On a phone the outline lies over the text: it goes when it has been used.
  const fold = document.querySelector("[data-outline]");
  fold?.addEventListener("toggle", () => {
    if (fold.open) markIn(lists.at(-1), places[current]?.hash ?? "");
  });
  fold?.addEventListener("click", (event) => {
    if (event.target.closest("a")) fold.open = false;
  });
  document.addEventListener("click", (event) => {
    if (fold?.open && !fold.contains(event.target)) fold.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !fold?.open) return;
    event.preventDefault();
    fold.open = false;
    fold.querySelector("summary").focus();
  });

  // --- tables wider than their box

  for (const box of document.querySelectorAll(".wide-table")) {
    const hint = box.parentElement.querySelector("[data-hint]");
    if (hint) hint.hidden = box.scrollWidth <= box.clientWidth + 1;
  }

  // --- where reading was left

  const key = `reading:${report.dataset.document}`;
  const kept = () => {
    try { return JSON.parse(sessionStorage.getItem(key)); } catch { return null; }
  };
  const keep = () => {
    const at = lastAbove(passages, innerHeight / 4);
    if (at < 0 || share() < 0.02) return;
    const title = places[lastAbove(headings, innerHeight / 4)]?.title ?? "";
    try {
      sessionStorage.setItem(key, JSON.stringify({ passage: passages[at].id, title, share: share() }));
    } catch { /* Storage is full or forbidden: nothing is offered next time. */ }
  };
  const offer = document.querySelector("[data-resume]");
  const left = kept();
  const fresh = !location.hash && scrollY < 10;
  if (offer && fresh && left && document.getElementById(left.passage)) {
    const link = offer.querySelector("a");
    const longest = innerWidth < 600 ? 30 : 60;
    const title = left.title.length > longest
      ? `${left.title.slice(0, longest).trimEnd()}…` : left.title;
    const percent = `${Math.round(left.share * 100)}\u00a0%`;
    link.href = `#${left.passage}`;
    const text = offer.dataset.text.replace("{place}", title || percent);
    link.textContent = title ? `${text} (${percent})` : text;
    offer.hidden = false;
    const away = () => { offer.hidden = true; };
    link.addEventListener("click", away);
    offer.querySelector("button").addEventListener("click", away);
    addEventListener("scroll", () => { if (scrollY > innerHeight) away(); }, { passive: true });
  }
  addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keep();
  });
})();
