// What is typed and not sent outlives whatever takes the place of the list around it, and stays where its row stays.
"use strict";

(() => {
  const FIELDS = "input:not([type=hidden], [type=radio], [type=checkbox], [type=file]), select, textarea";
  // by the key of its field; in the memory of this page alone
  const waiting = new Map();
  const typed = new WeakSet();
  const fields = (place) => [...place.querySelectorAll(FIELDS)].filter((field) => field.name);

  // what a field is found again by: its own id, else its name in its form and its row
  const key = (field) =>
    field.id || [field.closest("[id]")?.id, field.form?.getAttribute("action"), field.name].join(" ");

  for (const kind of ["input", "change"])
    document.addEventListener(kind, ({ target }) => {
      if (target.matches(FIELDS)) typed.add(target);
    }, true);

  // a box that is brought into its row when it is opened
  function open(writes) {
    const row = writes && document.querySelector(`[data-writes="${CSS.escape(writes)}"]`);
    if (row && !row.querySelector("form")) bring(row);
  }

  function put(field, value) {
    field.value = value;
    typed.add(field);
    for (let at = field.closest("details"); at; at = at.parentElement.closest("details")) at.open = true;
  }

  const takes = (field, value) => !field.options || [...field.options].some((one) => one.value === value);

  function restore() {
    for (const { writes } of waiting.values()) open(writes);
    for (const field of fields(document)) {
      const kept = waiting.get(key(field));
      if (kept && !typed.has(field) && takes(field, kept.value)) put(field, kept.value);
    }
  }

  // who goes on typing while an answer comes goes on in the same place
  let at = null;

  function point() {
    const field = at && fields(document).find((one) => key(one) === at.key);
    if (!field || field === document.activeElement) return;
    field.focus({ preventScroll: true });
    if (at.start !== null && at.start !== undefined) field.setSelectionRange(at.start, at.end);
  }

  document.addEventListener("htmx:beforeSwap", ({ detail: { target, requestConfig } }) => {
    // the call that is taken down has a memory of its own
    if (target.closest("[data-flow]")) return;
    const sent = formOf(requestConfig.elt);
    at = null;
    for (const field of fields(target).filter((one) => typed.has(one))) {
      const { value, form, selectionStart: start, selectionEnd: end } = field;
      if (form === sent || !value.trim()) waiting.delete(key(field));
      else waiting.set(key(field), { value, writes: field.closest("[data-writes]")?.dataset.writes });
      if (form !== sent && field === document.activeElement) at = { key: key(field), start, end };
    }
  });

  document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
    // what was refused came back as it was typed, and is not kept yet
    for (const field of fields(target)) if (field.matches("[aria-invalid=true]")) typed.add(field);
    restore();
    point();
  });

  document.addEventListener("htmx:afterSettle", () => {
    point();
    at = null;
  });
})();
