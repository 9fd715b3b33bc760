// Taking words away: what is selected, or a whole passage from its ¶, with its citation.
// Comfort only: every ¶ is a link.
(() => {
  "use strict";

  const report = document.querySelector(".report");
  const tools = document.querySelector("[data-quote-tools]");
  if (!report || !tools) return;
  const status = tools.querySelector("[data-status]");
  const NOT_TEXT = ".sign, .here, .hit-links, .page-mark, .visually-hidden, .beside-label, .back, .beside-more, .beside-close, .table-about, .note-number";
  // What is to be taken: { passages, text, start, end, sign }.
  let taken = null;

  // --- words and their place

  const passageOf = (node) => {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const own = element?.closest(".report .passage, .report [data-of]");
    return own?.dataset.of ? document.getElementById(own.dataset.of) : own ?? null;
  };
  const holders = () => report.querySelectorAll(".passage, .body [data-of]");
  const wordsOf = (fragment) => {
    for (const other of fragment.querySelectorAll(NOT_TEXT)) other.remove();
    for (const cell of fragment.querySelectorAll("td:not(:last-child)")) cell.append(" | ");
    for (const row of fragment.querySelectorAll(".line")) row.append("\n");
    return fragment.textContent;
  };
  const copyOf = (element) => {
    const fragment = document.createDocumentFragment();
    fragment.append(element.cloneNode(true));
    return wordsOf(fragment);
  };
  const tidy = (text) => text.replace(/\s+/g, " ").trim();
  const within = (range, element) => {
    const part = document.createRange();
    part.selectNodeContents(element);
    if (range.compareBoundaryPoints(Range.START_TO_START, part) > 0) {
      part.setStart(range.startContainer, range.startOffset);
    }
    if (range.compareBoundaryPoints(Range.END_TO_END, part) < 0) {
      part.setEnd(range.endContainer, range.endOffset);
    }
    return part;
  };
  // Characters of the stored text before a point: small numbers are shown, and not all are text.
  const offset = (element, node, at) => {
    const before = document.createRange();
    before.setStart(element, 0);
    before.setEnd(node, at);
    const fragment = before.cloneContents();
    let length = 0;
    for (const sign of fragment.querySelectorAll(".sign")) length += Number(sign.dataset.chars ?? 0);
    return length + [...wordsOf(fragment)].length;
  };

  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!report.contains(range.commonAncestorContainer)) return null;
    const parts = [...holders()]
      .filter((one) => range.intersectsNode(one) && one.getClientRects().length)
      .map((one) => ({ one, part: within(range, one) }))
      .map(({ one, part }) => ({ one, part, text: tidy(wordsOf(part.cloneContents())) }))
      .filter(({ text }) => text);
    if (!parts.length) return null;
    const found = { passages: parts.map(({ one }) => passageOf(one)), range };
    found.text = parts.map(({ text }) => text).join("\n");
    const { one, part } = parts[0];
    // Cells and lines are joined otherwise in the stored text: there the whole passage counts.
    if (parts.length === 1 && one.matches("span")) {
      found.start = offset(one, part.startContainer, part.startOffset);
      found.end = offset(one, part.endContainer, part.endOffset);
    }
    return found;
  };

  const placeOf = (passages) => {
    const all = [...new Set(passages.map((one) => one.dataset.place).filter(Boolean))];
    return all.length > 2 ? `${all[0]} – ${all.at(-1)}` : all.join("; ");
  };

  // --- the tools

  const put = (box, gap) => {
    const width = document.documentElement.clientWidth;
    const left = Math.min(Math.max(16, box.left), Math.max(16, width - tools.offsetWidth - 16));
    tools.style.left = `${left + scrollX}px`;
    tools.style.top = `${box.bottom + gap + scrollY}px`;
  };
  const names = new Map([...tools.querySelectorAll("[data-do]")].map((one) => [one, one.textContent]));
  const show = (what, box) => {
    taken = what;
    for (const [button, name] of names) button.textContent = name;
    for (const one of tools.querySelectorAll("[data-of-passage]")) one.hidden = !what.sign;
    tools.querySelector("[data-go]").href = `#${what.passages[0].id}`;
    const pack = tools.querySelector("[data-pack]");
    if (pack) pack.value = packed(what);
    for (const file of tools.querySelectorAll("[data-file]")) {
      file.href = permanent(what.passages[0], `.${file.dataset.file}`);
    }
    tools.hidden = false;
    put(box, what.sign || !matchMedia("(pointer: coarse)").matches ? 6 : 30);
  };
  const hide = (back) => {
    if (tools.hidden) return;
    tools.hidden = true;
    taken.sign?.removeAttribute("aria-expanded");
    if (back) taken.sign?.focus();
    taken = null;
  };

  // Texts, one after another; the second is a title, in italics where that can be pasted.
  const copy = async (...texts) => {
    if (!navigator.clipboard || !isSecureContext) { copyTheOldWay(texts.join("")); return; }
    const line = document.createElement("p");
    const title = document.createElement("i");
    title.textContent = texts[1] ?? "";
    line.append(texts[0], title, texts[2] ?? "");
    const html = title.textContent ? line.innerHTML : "";
    const kinds = { "text/plain": texts.join(""), ...(html && { "text/html": html }) };
    const parts = Object.entries(kinds).map(([type, one]) => [type, new Blob([one], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))]);
  };
  // Offices serve pages without encryption, where browsers know no other.
  const copyTheOldWay = (text) => {
    const selection = getSelection();
    const before = selection.rangeCount ? selection.getRangeAt(0) : null;
    const focused = document.activeElement;
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    tools.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    focused?.focus({ preventScroll: true });
    if (before) { selection.removeAllRanges(); selection.addRange(before); }
    if (!done) throw new Error("copy");
  };
  const permanent = (passage, ending) =>
    `${tools.dataset.permanent}${passage.id}${ending}?v=${passage.dataset.version}`;
  const partOf = (what) => (what.end > what.start ? `${what.start}-${what.end}` : "");
  // A quotation as the pack knows it: passage, version of its text, part of it.
  const packed = (what) => {
    const [passage] = what.passages;
    const code = `${report.dataset.document}:${passage.id}/${passage.dataset.version}`;
    return partOf(what) ? `${code}/${partOf(what)}` : code;
  };
  const linkTo = () => {
    const [passage] = taken.passages;
    const part = partOf(taken) && `&part=${partOf(taken)}`;
    const path = tools.dataset.permanent
      ? permanent(passage, "") + part : `${location.pathname}#${passage.id}`;
    return new URL(path, location.href).href;
  };
  const DO = {
    quote: () => {
      const { by, title } = report.dataset;
      const place = placeOf(taken.passages);
      return copy(`“${taken.text}” – ${by && `${by}, `}`, title, place && `, ${place}`);
    },
    link: () => copy(linkTo()),
  };
  tools.addEventListener("mousedown", (event) => event.preventDefault());
  tools.addEventListener("click", async (event) => {
    if (event.target.closest("[data-go]")) { hide(false); return; }
    const button = event.target.closest("[data-do]");
    if (!button) return;
    let said = tools.dataset.copied;
    try { await DO[button.dataset.do](); } catch { said = tools.dataset.failed; }
    button.textContent = said;
    status.textContent = said;
  });

  // --- from a ¶, and from what is selected

  report.addEventListener("click", (event) => {
    const sign = event.target.closest(".here");
    if (!sign || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const passage = document.getElementById(sign.hash.slice(1));
    if (!passage) return;
    event.preventDefault();
    const again = taken?.sign === sign;
    hide(false);
    if (again) return;
    sign.setAttribute("aria-expanded", "true");
    show({ passages: [passage], text: tidy(copyOf(passage)), sign }, sign.getBoundingClientRect());
    tools.querySelector("button").focus({ preventScroll: true });
  });

  let timer = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (tools.contains(document.activeElement) || taken?.sign) return;
      const found = selected();
      if (!found) { hide(false); return; }
      const boxes = found.range.getClientRects();
      show(found, boxes[boxes.length - 1] ?? found.range.getBoundingClientRect());
    }, 200);
  });
  document.addEventListener("mousedown", (event) => {
    if (taken?.sign && !tools.contains(event.target) && event.target !== taken.sign) hide(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || tools.hidden) return;
    event.preventDefault();
    if (!taken.sign) getSelection().removeAllRanges();
    hide(true);
  });
  tools.addEventListener("keydown", (event) => {
    if (event.key !== "Tab" || !taken.sign) return;
    const stops = [...tools.querySelectorAll("button, a")]
      .filter((one) => one.getClientRects().length);
    // The tools stand at the end of the page; for the keys they stand after their ¶.
    if (document.activeElement === (event.shiftKey ? stops[0] : stops.at(-1))) hide(true);
  });
})();
