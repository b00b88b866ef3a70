// A form is sent only while somebody is signed in: what was typed outlives the session.
"use strict";

(() => {
  const asked = new Set();
  const known = new Set();

  // what scripts send for themselves is told in place by the answer
  const leaves = (form) => form.getAttribute("method") === "post" && !form.hasAttribute("hx-post") && form.closest("main");

  function show(notice) {
    const notices = document.getElementById("notices");
    notices.replaceChildren(notice);
    notices.querySelector("a")?.focus();
    notices.scrollIntoView({ block: "nearest" });
  }

  async function whyNot() {
    try {
      const answer = await fetch("/session", { cache: "no-store" });
      if (answer.status === 401) return document.createRange().createContextualFragment(await answer.text());
      return !answer.ok && unanswered(document.body.dataset.unanswered);
    } catch {
      return unanswered(document.body.dataset.offline);
    }
  }

  async function ask(form, pressed) {
    asked.add(form);
    const notice = await whyNot();
    asked.delete(form);
    if (notice) return show(notice);
    known.add(form);
    form.requestSubmit(pressed);
    known.delete(form);
  }

  // before all others, who take a form for sent
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!leaves(form) || known.has(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!asked.has(form)) ask(form, event.submitter);
  }, true);
})();
