// What the service does not answer is told: nothing was kept, and everything stays as it was typed.
"use strict";

function unanswered(text) {
  const notice = Object.assign(document.createElement("div"), { className: "alert alert-error" });
  notice.dataset.unanswered = "";
  notice.append(Object.assign(document.createElement("p"), { className: "alert-text", textContent: text }));
  return notice;
}

(() => {
  const standing = () => document.querySelector("#notices [data-unanswered]");

  function say(text, { target, requestConfig }) {
    const notices = document.getElementById("notices");
    // a page that asks by itself is told once
    if (standing()?.textContent !== text) notices.replaceChildren(unanswered(text));
    const saved = target.id === "saved" && document.getElementById("saved");
    if (saved) {
      saved.classList.add("wrong");
      saved.textContent = text;
    }
    // what is filled in says it in its own place
    if (!requestConfig.elt.closest("[data-guarded]")) notices.scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("htmx:sendError", ({ detail }) => say(document.body.dataset.offline, detail));

  // whatever stands before the service answers in no language of its own: none of it belongs on the page
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (xhr.status < 400 || xhr.getResponseHeader("Content-Language")) return;
    event.detail.shouldSwap = false;
    event.stopImmediatePropagation();
    say(document.body.dataset.unanswered, event.detail);
  });

  document.addEventListener("htmx:afterRequest", ({ detail }) => {
    if (detail.successful) standing()?.remove();
  });
})();
