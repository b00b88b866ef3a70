// Words, dates, hours and telephone numbers that are broken in the middle although nobody wrote them long; what is quoted is as it was written.
() => {
  const found = [];
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const within = node.parentElement;
    if (!within.checkVisibility() || within.closest(".sr-only, .quoted, script, style, option, textarea, code, pre")) continue;
    for (const word of node.data.matchAll(/\d{1,4}(?:\.\d\d)?(?:[-–]\d{1,4}(?:\.\d\d)?)+|\+45(?: \d\d){4}|[\p{L}\d]{2,14}/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].map((rectangle) => Math.round(rectangle.top)));
      if (lines.size > 1) found.push(`${word[0]} in <${within.tagName.toLowerCase()} ${within.className}>`);
    }
  }
  return found;
}
