// A call taken down by keyboard alone: arrows choose, Enter goes on, Ctrl+Enter registers.
"use strict";

(() => {
  const radios = (place) => [...place.querySelectorAll("input[type=radio]")];
  const seen = (field) => field.offsetParent !== null && !field.disabled;

  // of a group of radio buttons one is a stop: the chosen one, else the first
  function stops(form) {
    const fields = [...form.querySelectorAll("textarea, input:not([type=hidden]), select, summary, [data-registers]")];
    return fields.filter((field) => {
      if (!seen(field)) return false;
      if (field.type !== "radio") return true;
      const group = radios(form).filter((one) => one.name === field.name);
      return field === (group.find((one) => one.checked) || group[0]);
    });
  }

  function onward(form, field, by) {
    const known = stops(form);
    const group = field.type === "radio" ? known.find((one) => one.name === field.name) : field;
    const next = known[known.indexOf(group) + by];
    if (next) next.focus();
  }

  function choose(field) {
    const found = document.querySelector(field.dataset.steps);
    const first = found && (radios(found).find((one) => one.checked) || radios(found)[0]);
    if (!first) return false;
    first.focus();
    // asked anew either way: an answer to what was typed before would take the list away from under the choice
    if (first.checked) first.dispatchEvent(new Event("change", { bubbles: true }));
    else first.click();
    tell(first.dataset.chosen);
    return true;
  }

  // Enter on an employer chooses it and says so; the focus stays there, and goes on with the next Enter
  let confirmed = "";

  function confirm(radio) {
    confirmed = radio.value;
    if (!radio.checked) radio.click();
    tell(radio.dataset.chosen);
  }

  // whom one looked for and did not find need not be written once more
  document.addEventListener("toggle", (event) => {
    if (!event.target.matches(".new-employer[open]")) return;
    const field = document.getElementById(document.querySelector("#employers [data-carries]")?.dataset.carries);
    const empty = [...event.target.querySelectorAll("input")].every((one) => !one.value);
    if (field && empty) field.value = document.getElementById("f-find").value.trim();
  }, true);

  // what was touched since a question left is newer than its answer: it stays, and the cursor in it
  let touches = 0;
  let stays = () => {};
  const touched = new Map();
  const touchesBefore = new WeakMap();

  for (const kind of ["input", "change"])
    document.addEventListener(kind, ({ target }) => {
      if (target.name && target.closest("[data-flow]")) touched.set(target.name, ++touches);
    }, true);

  function refill(form, name, value) {
    const field = form.elements.namedItem(name);
    if (!field || value === null) return;
    if (field.type === "radio") field.checked = field.value === value;
    else if (field.value !== value) field.value = value;
  }

  function point({ id, selectionStart, selectionEnd }) {
    const field = document.getElementById(id);
    if (!field) return;
    if (field !== document.activeElement) field.focus({ preventScroll: true });
    if (typeof selectionStart === "number") field.setSelectionRange(selectionStart, selectionEnd);
  }

  document.addEventListener("htmx:beforeRequest", ({ detail: { xhr } }) => touchesBefore.set(xhr, touches));

  document.addEventListener("htmx:beforeSwap", ({ detail: { target, xhr } }) => {
    const form = target.closest("[data-flow]");
    if (!form) return;
    const newer = [...touched.keys()].filter((name) => touched.get(name) > touchesBefore.get(xhr));
    const values = newer.map((name) => [name, new FormData(form).get(name)]);
    const opened = [...form.querySelectorAll("details[id][open]")].map(({ id }) => id);
    const at = form.contains(document.activeElement) && document.activeElement;
    const { id, selectionStart, selectionEnd } = at || {};
    stays = () => {
      for (const each of opened) document.getElementById(each)?.setAttribute("open", "");
      for (const [name, value] of values) refill(form, name, value);
      if (id) point({ id, selectionStart, selectionEnd });
    };
  });

  document.addEventListener("htmx:afterSwap", () => {
    stays();
    stays = () => {};
  });

  // a second press registers nothing twice; who comes back to the page may send it again
  const sent = new Set();
  window.addEventListener("pageshow", () => sent.clear());
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-flow]")) return;
    if (sent.has(event.target)) event.preventDefault();
    sent.add(event.target);
  });

  document.addEventListener("keydown", (event) => {
    const field = event.target;
    const form = field.closest?.("[data-flow]");
    if (!form) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.querySelector("[data-registers]").click();
    else if (event.key === "ArrowDown" && field.dataset.steps && choose(field)) event.preventDefault();
    else if (event.key === "Enter" && field.dataset.chosen && confirmed !== field.value) confirm(field);
    else if (event.key === "Enter" && /^(INPUT|SELECT)$/.test(field.tagName)) {
      if (!(field.dataset.steps && choose(field))) onward(form, field, event.shiftKey ? -1 : 1);
    } else return;
    event.preventDefault();
  });
})();
