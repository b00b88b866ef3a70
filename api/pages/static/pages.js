// Keys, copying and what scripts add to pages that work without them.
"use strict";

const typing = (target) =>
  target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

// elsewhere the arrows scroll, as they always do
const inList = (target) => target.closest("[data-row]") !== null;

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
  } else if (event.key === "j" || (event.key === "ArrowDown" && inList(event.target))) step(1);
  else if (event.key === "k" || (event.key === "ArrowUp" && inList(event.target))) step(-1);
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

// what was told already is not told again
function tell(text) {
  const told = document.getElementById("told");
  if (told.textContent !== text) told.textContent = text;
}

// what takes the place of something else is told where readers of the screen listen, and takes its focus too
let focusGoes = false;

document.addEventListener("htmx:beforeSwap", (event) => {
  focusGoes = event.detail.target.contains(document.activeElement);
});

// what comes in the place of a line is no lower than it was: nothing beneath moves under a finger
let heights = new Map();

document.addEventListener("htmx:beforeSwap", ({ detail: { target } }) => {
  const lines = target.matches("[data-keeps-heights]") ? target.querySelectorAll("li[id]") : [];
  heights = new Map([...lines].map((line) => [line.id, line.offsetHeight]));
});

document.addEventListener("htmx:afterSwap", () => {
  for (const [id, height] of heights) {
    const line = document.getElementById(id);
    if (line) line.style.minHeight = `${height}px`;
  }
  heights = new Map();
});

document.addEventListener("htmx:afterSettle", (event) => {
  const come = document.getElementById(event.detail.target.id) || event.detail.target;
  const said = come.matches("[data-told]") ? come : come.querySelector("[data-told]");
  if (said) tell(said.textContent.trim().replace(/\s+/g, " "));
  if (!focusGoes || document.activeElement !== document.body) return;
  come.tabIndex = -1;
  come.focus();
});

// what a page that has just come has to tell is told too; an address that names a place on it takes its focus
const news = document.querySelector("[data-news]");
if (news) {
  if (document.activeElement === document.body) news.focus();
  tell(news.textContent.trim().replace(/\s+/g, " "));
}

// a field that kept the others from being saved is marked until they are saved, with what is wrong about it
function mark(told) {
  for (const field of document.querySelectorAll("[data-marked]")) {
    for (const name of ["data-marked", "aria-invalid", "aria-describedby"]) field.removeAttribute(name);
    if (field.dataset.hint) field.setAttribute("aria-describedby", field.dataset.hint);
    if (field.matches("fieldset")) field.removeAttribute("role");
  }
  for (const wrong of told.querySelectorAll("[data-wrong]")) {
    const field = document.getElementById(wrong.dataset.wrong);
    if (!field) continue;
    const hint = field.getAttribute("aria-describedby");
    if (hint) field.dataset.hint = hint;
    if (field.matches("fieldset")) field.setAttribute("role", "radiogroup");
    for (const one of field.closest(".anchor")?.querySelectorAll("select, input") || [field]) {
      one.dataset.marked = "";
      one.setAttribute("aria-invalid", "true");
      one.setAttribute("aria-describedby", [hint, wrong.id].filter(Boolean).join(" "));
    }
  }
}

document.addEventListener("htmx:afterSettle", (event) => {
  const told = document.getElementById(event.detail.target.id);
  if (told?.id === "saved") mark(told);
});

// what only works with scripts is shown only with scripts
document.documentElement.classList.add("scripted");
