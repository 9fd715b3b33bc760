// Completions in the search box. Comfort only.
(() => {
  "use strict";

  // Completions while typing: a combobox after the ARIA pattern, the list chosen by hand.
  for (const input of document.querySelectorAll("[data-suggest]")) complete(input);

  function complete(input) {
    const list = document.createElement("ul");
    const status = document.createElement("p");
    list.id = `${input.id}-suggestions`;
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.dataset.list);
    list.hidden = true;
    status.className = "visually-hidden";
    status.setAttribute("role", "status");
    input.after(list, status);
    // A search field would keep its own role, and its own way with Escape.
    input.type = "text";
    input.enterKeyHint = "search";
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-haspopup": "listbox",
      "aria-controls": list.id,
      "aria-expanded": "false",
    })) input.setAttribute(name, value);

    let active = -1;
    let timer = 0;
    let asking = null;

    const stop = () => { clearTimeout(timer); asking?.abort(); };
    const mark = (index) => {
      list.children[active]?.setAttribute("aria-selected", "false");
      active = index;
      const option = list.children[active];
      if (!option) { input.removeAttribute("aria-activedescendant"); return; }
      option.setAttribute("aria-selected", "true");
      option.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", option.id);
    };
    const open = (isOpen) => {
      mark(-1);
      list.hidden = !isOpen;
      input.setAttribute("aria-expanded", String(isOpen));
    };
    const close = () => { stop(); open(false); status.textContent = ""; };
    const choose = (option) => {
      input.value = option.dataset.text;
      close();
      input.form.requestSubmit();
    };
    const show = (suggestions) => {
      list.replaceChildren(...suggestions.map(({ text, kind }, index) => {
        const option = document.createElement("li");
        const words = document.createElement("span");
        const what = document.createElement("span");
        option.id = `${list.id}-${index}`;
        option.dataset.text = text;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        words.textContent = text;
        what.textContent = input.dataset[kind] ?? "";
        what.className = "suggestion-kind";
        option.append(words, " ", what);
        return option;
      }));
      open(suggestions.length > 0);
      status.textContent = suggestions.length
        ? `${suggestions.length} ${input.dataset.some}.` : input.dataset.none;
    };
    const ask = async () => {
      const typed = input.value.trim();
      if (typed.length < 2) { close(); return; }
      asking = new AbortController();
      const { signal } = asking;
      try {
        const address = `${input.dataset.suggest}?q=${encodeURIComponent(typed)}`;
        const answer = await fetch(address, { signal });
        const found = answer.ok ? await answer.json() : { suggestions: [] };
        if (!signal.aborted && document.activeElement === input) show(found.suggestions ?? []);
      } catch {
        // Asked again meanwhile, or nobody answers: the form works all the same.
        if (!signal.aborted) close();
      }
    };

    input.addEventListener("input", () => { stop(); timer = setTimeout(ask, 120); });
    input.addEventListener("blur", close);
    input.form.addEventListener("submit", close);
    addEventListener("pagehide", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const count = list.children.length;
      const down = event.key === "ArrowDown";
      if ((down || event.key === "ArrowUp") && count && input.value.trim()) {
        event.preventDefault();
        if (list.hidden) open(true);
        // Before the first and after the last stands the text itself.
        if (!event.altKey) mark(down ? (active + 2) % (count + 1) - 1 : (active < 0 ? count : active) - 1);
      } else if (event.key === "Enter" && !list.hidden && active >= 0) {
        event.preventDefault();
        choose(list.children[active]);
      } else if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        close();
      }
    });
    // The field keeps the focus while the list is used with a mouse or a finger.
    list.addEventListener("mousedown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) choose(option);
    });
  }
})();
