// The reading page: where the reader is, and the keys that go through the hits. Comfort only.
(() => {
  "use strict";

  // The heading above the reader is marked in the outline.
  const outline = document.querySelector(".outline-wide");
  if (outline) {
    const places = [];
    for (const link of outline.querySelectorAll("a[href^='#']")) {
      const place = document.getElementById(link.hash.slice(1));
      if (place) places.push({ link, place });
    }
    let current = null;
    let waiting = false;
    const mark = () => {
      waiting = false;
      const height = window.innerHeight / 3;
      let found = null;
      for (const one of places) {
        if (one.place.getBoundingClientRect().top > height) break;
        found = one;
      }
      if (found === current) return;
      current?.link.removeAttribute("aria-current");
      current = found;
      if (!found) return;
      found.link.setAttribute("aria-current", "true");
      const box = found.link.getBoundingClientRect();
      if (box.top < 0 || box.bottom > window.innerHeight) {
        outline.scrollTop += box.top - window.innerHeight / 3;
      }
    };
    addEventListener("scroll", () => {
      if (!waiting) { waiting = true; requestAnimationFrame(mark); }
    }, { passive: true });
    mark();
  }

  // n and p go through the hits of a report.
  const first = document.querySelector("[data-first-hit]");
  if (first) {
    const hits = [...document.querySelectorAll(".body .hit-links, .notes .hit-links")]
      .map((links) => links.closest(".beside") || links.closest(".t"))
      .filter((place) => place);
    addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (/^(input|textarea|select)$/i.test(event.target.tagName)) return;
      if (event.key !== "n" && event.key !== "p") return;
      const box = document.querySelector(":target")?.closest(".beside, .t, .note");
      const links = box?.querySelectorAll(".hit-links a") ?? [];
      const wanted = event.key === "n" ? "Chỗ sau" : "Chỗ trước";
      const link = [...links].find((one) => one.title === wanted);
      if (link) location.hash = link.hash;
      else if (!box && hits.length) location.hash = first.hash;
    });
  }
})();
