// Notes open where they are called and close again, and the page does not jump. Comfort only:
// without it the same links open the same notes.
(() => {
  "use strict";

  const body = document.querySelector(".report .body");
  if (!body) return;
  let opened = null;
  let opener = null;

  const near = (element) => element.scrollIntoView({ block: "nearest" });

  const close = (back) => {
    if (!opened) return;
    opened.classList.remove("is-open");
    opened = null;
    if (back && opener) {
      opener.focus({ preventScroll: true });
      near(opener);
    }
  };

  const open = (note, sign) => {
    close(false);
    const row = sign.closest(".row-of-text");
    // A note that is called twice comes to the line that calls it.
    if (note.parentElement !== row) row.prepend(note);
    const under = sign.getBoundingClientRect().bottom - row.getBoundingClientRect().top;
    note.style.setProperty("--under", `${Math.round(under) + 8}px`);
    note.classList.add("is-open");
    opened = note;
    opener = sign;
    note.focus({ preventScroll: true });
    near(note);
  };

  body.addEventListener("click", (event) => {
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const link = event.target.closest("a");
    if (!link || !plain) return;
    const note = link.matches(".sign a[href^='#ct-'], .beside-more")
      && document.getElementById(link.hash.slice(1));
    if (note) {
      event.preventDefault();
      if (note === opened && link === opener) close(true);
      else open(note, link.matches(".beside-more") ? callOf(note) : link);
    } else if (opened?.contains(link) && link.matches(".beside-close a, .beside-label")) {
      event.preventDefault();
      close(true);
    }
  });

  const callOf = (note) =>
    document.querySelector(`${note.querySelector(".beside-label").hash} a`) ?? note;

  document.addEventListener("click", (event) => {
    if (!opened || event.target.closest(".sign, .quote-tools") || opened.contains(event.target)) return;
    // Only a note that lies over the text is in the way.
    if (getComputedStyle(opened).position === "absolute") close(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !opened || event.defaultPrevented) return;
    event.preventDefault();
    close(true);
  });
})();
