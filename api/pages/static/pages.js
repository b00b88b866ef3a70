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

// a box that every row has stands in the page once, and is copied into the row where it is opened
function bring(opened) {
  const box = document.getElementById("note-box").content.cloneNode(true);
  const field = box.querySelector("[name=note]");
  field.id = box.querySelector("label").htmlFor = `note-${opened.dataset.writes}`;
  box.querySelector("[name=order_id]").value = opened.dataset.writes;
  const name = opened.querySelector("summary .sr-only").textContent;
  for (const named of box.querySelectorAll("[data-name]")) named.textContent = name;
  opened.append(box);
}

// a box that is opened to be written in is written in at once: no key meant for it goes astray
document.addEventListener("click", (event) => {
  const opened = event.target.closest("[data-writes] > summary")?.parentElement;
  if (!opened || opened.open) return;
  event.preventDefault();
  if (opened.dataset.writes && !opened.querySelector("form")) bring(opened);
  opened.open = true;
  const first = "[data-first], form:not(:has([data-first])) :is(input:not([type=hidden]), select, textarea)";
  opened.querySelector(first).focus();
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

// what went wrong is seen from wherever it was asked for; what is filled in says it in its own place
document.addEventListener("htmx:afterSwap", ({ detail: { target, requestConfig } }) => {
  if (target.id !== "notices" || requestConfig.elt.closest("[data-guarded]")) return;
  target.scrollIntoView({ block: "nearest" });
});

// a postcode that stood there is not meant any more once a place is chosen
document.addEventListener("change", ({ target }) => {
  if (target.matches(".anchor select") && target.value.startsWith("centre:"))
    target.closest(".anchor").querySelector("input").value = "";
});

// an answer to a form is no place to come back to, as the browser keeps none: its address leads to the form's page
if (document.querySelector("[data-once]")) history.replaceState(null, "", location.href);

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

// the second press of a slow double click is not meant for what has just come under it
const A_GLANCE = 1000;
const A_SHAKE = 16;
let press = { at: -Infinity, x: 0, y: 0, on: null };
let swapped = -Infinity;

document.addEventListener("htmx:afterSwap", () => {
  swapped = performance.now();
});

document.addEventListener("click", (event) => {
  // the keyboard presses what has the focus, wherever that has moved
  if (!event.detail) return;
  const { timeStamp: at, clientX: x, clientY: y } = event;
  const on = event.target.closest("label")?.control || event.target.closest("button, summary, a, input, select");
  const near = Math.hypot(x - press.x, y - press.y) < A_SHAKE;
  const cameBetween = swapped > press.at && at - swapped < A_GLANCE;
  if (on && near && cameBetween && on !== press.on) {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else press = { at, x, y, on };
}, true);

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

// what an address names is there to be seen, also where it is folded away
function unfold() {
  const named = document.querySelector("details:not([open]) :target");
  if (!named) return;
  named.closest("details").open = true;
  named.scrollIntoView({ block: "center" });
  named.focus();
}

unfold();
window.addEventListener("hashchange", unfold);

// what was changed back is told, and one goes on there: a group is entered at the answer that stands in it
const undone = document.querySelector("[data-goes-to]");
if (undone) {
  const field = document.getElementById(undone.dataset.goesTo);
  // the address names it as well, and takes the focus away until the page is there
  addEventListener("load", () => (field?.querySelector("input:checked") || field)?.focus());
  tell(undone.textContent.trim().replace(/\s+/g, " "));
}

// a wrong field is marked until it is mended, and described by what is wrong about it
function blame(field, wrong) {
  const hint = field.getAttribute("aria-describedby");
  if (hint) field.dataset.hint = hint;
  field.dataset.marked = "";
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", [hint, wrong.id].filter(Boolean).join(" "));
}

function settle(field) {
  for (const name of ["data-marked", "aria-invalid", "aria-describedby"]) field.removeAttribute(name);
  if (field.dataset.hint) field.setAttribute("aria-describedby", field.dataset.hint);
  if (field.matches("fieldset")) field.removeAttribute("role");
}

// what kept the others from being saved
function mark(told) {
  for (const field of document.querySelectorAll("[data-marked]")) settle(field);
  for (const wrong of told.querySelectorAll("[data-wrong]")) {
    const field = document.getElementById(wrong.dataset.wrong);
    if (!field) continue;
    if (field.matches("fieldset")) field.setAttribute("role", "radiogroup");
    for (const one of field.closest(".anchor")?.querySelectorAll("select, input") || [field]) blame(one, wrong);
  }
}

document.addEventListener("htmx:afterSettle", (event) => {
  const told = document.getElementById(event.detail.target.id);
  if (told?.id === "saved") mark(told);
});

// what has to be filled in is said at its field in the language of the page, not by the browser in its own
const wants = "[required], [minlength]";

function quieten() {
  for (const form of document.forms) if (form.querySelector(wants)) form.noValidate = true;
}

function wanting({ type, validity, minLength }) {
  const said = document.body.dataset;
  if (validity.tooShort) return said.tooShort.replace("#", minLength);
  if (!validity.valueMissing) return said.unusable;
  if (type === "file") return said.noFile;
  return type === "radio" || type === "select-one" ? said.unchosen : said.missing;
}

// the buttons of a group are wrong together, and told of once
const together = (field) =>
  field.type === "radio" ? [...field.form.querySelectorAll(`[name="${CSS.escape(field.name)}"]`)] : [field];

// where the server says it too: behind the field, or behind what a group of choices is about
function complain(field, said) {
  document.getElementById(`refused-${field.name}`)?.remove();
  const wrong = document.createElement("span");
  wrong.className = "form-error-message";
  wrong.id = `wanted-${field.id || field.name}`;
  wrong.textContent = said;
  const choice = /^(radio|checkbox)$/.test(field.type);
  const about = choice && (field.closest("fieldset")?.querySelector("legend") || field.closest("label"));
  (about || field).after(wrong);
  for (const one of together(field)) {
    blame(one, wrong);
    one.dataset.wanted = wrong.id;
  }
  return wrong.textContent;
}

function mend(field) {
  document.getElementById(field.dataset.wanted)?.remove();
  for (const one of together(field)) {
    settle(one);
    delete one.dataset.wanted;
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.querySelector(wants) || event.submitter?.formNoValidate) return;
  for (const field of form.querySelectorAll("[data-wanted]")) mend(field);
  const wrong = [...form.elements].filter((one) => one.willValidate && !one.validity.valid);
  const first = wrong.filter((one) => together(one).find((other) => wrong.includes(other)) === one);
  if (!first.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  const said = first.map((field) => complain(field, wanting(field)));
  first[0].closest("details")?.setAttribute("open", "");
  first[0].focus();
  // the focus tells of the first; who hears the screen read is told how many there are besides
  if (said.length > 1) tell(said.join(" "));
}, true);

for (const kind of ["input", "change"])
  document.addEventListener(kind, ({ target }) => {
    if (target.dataset.wanted && target.validity.valid) mend(target);
  });

// what a notice refuses is marked in the form that was sent, until that is mended or sent anew
const formOf = (elt) => elt.closest("form") || elt.form;
let refused = null;

document.addEventListener("htmx:beforeRequest", ({ detail: { elt } }) => {
  if (!refused || formOf(elt) !== refused) return;
  for (const field of refused.querySelectorAll("[data-wanted]")) mend(field);
  document.getElementById("notices").replaceChildren();
  refused = null;
});

document.addEventListener("htmx:afterSwap", ({ detail: { target, requestConfig } }) => {
  const faults = target.id === "notices" ? target.querySelectorAll("[data-field]") : [];
  if (faults.length) refused = formOf(requestConfig.elt);
  for (const fault of faults) {
    const found = refused?.elements.namedItem(fault.dataset.field);
    const field = found instanceof RadioNodeList ? found[0] : found;
    if (field && field.type !== "hidden") complain(field, fault.textContent);
  }
  // who has pressed a button goes on at the first of them; who writes on elsewhere is left there
  if (requestConfig.triggeringEvent?.type === "submit") refused?.querySelector("[data-wanted]")?.focus();
});

document.addEventListener("htmx:afterSettle", quieten);
quieten();

// what only works with scripts is shown only with scripts
document.documentElement.classList.add("scripted");
