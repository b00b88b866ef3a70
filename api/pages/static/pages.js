// Keys, copying and what scripts add to pages that work without them.
"use strict";

const typing = (target) =>
  target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

function step(by) {
  const rows = [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
  const links = rows.map((row) => row.querySelector("a, summary") || row);
  const at = rows.findIndex((row) => row.contains(document.activeElement));
  const next = links[Math.min(Math.max(at + by, 0), links.length - 1)];
  if (next) next.focus();
}

document.addEventListener("keydown", (event) => {
  const off = document.body.dataset.shortcuts !== "on";
  if (off || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const search = document.getElementById("search");
  if (event.key === "/" && search) {
    search.focus();
    search.select();
  } else if (event.key === "j") step(1);
  else if (event.key === "k") step(-1);
  else return;
  event.preventDefault();
});

async function copy(button) {
  const source = document.getElementById(button.dataset.copies);
  const told = document.getElementById(button.getAttribute("aria-describedby"));
  try {
    await navigator.clipboard.writeText(source.value);
    told.textContent = button.dataset.done;
  } catch {
    // without the right to the clipboard the text is marked, to be copied by hand
    source.closest("details")?.setAttribute("open", "");
    source.select();
    told.textContent = button.dataset.byHand;
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copies]");
  if (button) copy(button);
  if (event.target.closest("[data-prints]")) window.print();
});

// a form that saves by itself is not left before it has
const unsaved = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-guarded]");
  if (form) unsaved.add(form);
});

document.addEventListener("submit", (event) => unsaved.delete(event.target));

document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) unsaved.delete(event.detail.elt);
});

document.addEventListener("htmx:sendError", () => {
  const notices = document.getElementById("notices");
  notices.textContent = document.body.dataset.offline;
});

window.addEventListener("beforeunload", (event) => {
  if (unsaved.size) event.preventDefault();
});

// what only works with scripts is shown only with scripts
document.documentElement.classList.add("scripted");
