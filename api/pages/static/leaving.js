// A page asks before it is left only while something typed in a guarded form is not kept.
"use strict";

(() => {
  // what stood in each form when all of it was kept
  const before = new WeakMap();
  // forms that were touched since, with the number of the last touch
  const touched = new Map();
  const touchesBefore = new WeakMap();
  let touches = 0;

  const standing = ({ elements }) =>
    JSON.stringify([...elements].filter(({ type }) => type !== "hidden").map(({ value, checked }) => [value, checked]));

  const differs = (form) => form.isConnected && before.get(form) !== standing(form);

  function kept(form) {
    touched.delete(form);
    before.set(form, standing(form));
  }

  for (const form of document.querySelectorAll("[data-guarded]")) before.set(form, standing(form));

  // what came back as it was typed is not kept
  if (document.querySelector("[data-once]"))
    for (const { form } of document.querySelectorAll("[data-guarded] [aria-invalid]")) {
      before.delete(form);
      touched.set(form, ++touches);
    }

  document.addEventListener("input", ({ target }) => {
    const form = target.closest("[data-guarded]");
    if (form) touched.set(form, ++touches);
  });

  document.addEventListener("submit", ({ target }) => kept(target));

  // who says that what was typed is to be dropped is not asked whether it is
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-drops]") && !event.ctrlKey && !event.metaKey) touched.clear();
  });

  document.addEventListener("htmx:beforeRequest", ({ detail: { xhr } }) => touchesBefore.set(xhr, touches));

  // what was typed while it was on its way is newer than what was saved
  document.addEventListener("htmx:afterRequest", ({ detail: { successful, target, xhr, requestConfig } }) => {
    if (!successful || target.id !== "saved") return;
    const form = formOf(requestConfig.elt);
    if (form && !(touched.get(form) > touchesBefore.get(xhr))) kept(form);
  });

  window.addEventListener("beforeunload", (event) => {
    if ([...touched.keys()].some(differs)) event.preventDefault();
  });
})();
