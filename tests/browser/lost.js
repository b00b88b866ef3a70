// What of a page is cut off, written over, or out of reach. Maps are left out: all of them stands in a list.
() => {
  const said = (element) => `<${element.tagName.toLowerCase()} ${element.id || element.className || ""}> ${element.textContent.trim().slice(0, 40)}`;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const aside = (element) => element.closest(".map, .leaflet-container, .sr-only, .skipnav, noscript, svg, option, textarea");
  const told = [];

  // text whose own box ends before it does
  const cut = (element) => {
    const style = getComputedStyle(element);
    const hides = (how) => /hidden|clip/.test(how);
    return (
      (hides(style.overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (hides(style.overflowY) && element.scrollHeight > element.clientHeight + 1)
    );
  };

  const pieces = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(parent) || aside(parent)) continue;
    for (let one = parent; one && one !== document.body; one = one.parentElement)
      if (cut(one)) told.push(`cut off: ${said(one)}`);
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const sticks = !!(function up(one) { return one && (/sticky|fixed/.test(getComputedStyle(one).position) ? one : up(one.parentElement)); })(parent);
    if (!sticks) for (const box of range.getClientRects()) if (box.width > 2) pieces.push({ box, parent });
  }

  // two texts on the same spot; glyphs stand well inside their line
  pieces.sort((a, b) => a.box.top - b.box.top);
  pieces.forEach((one, at) => {
    for (const other of pieces.slice(at + 1)) {
      if (other.box.top > one.box.bottom - 6) break;
      if (other.parent === one.parent) continue;
      const across = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const down = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
      if (across > 3 && down > 6) told.push(`one over the other: ${said(one.parent)} / ${said(other.parent)}`);
    }
  });

  // whatever takes the focus has to be seen there and hit by a pointer
  const controls = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  for (const control of document.querySelectorAll(controls)) {
    if (!shown(control) && !control.labels?.length) continue;
    const label = control.labels?.[0];
    const target = label && control.getBoundingClientRect().width < 2 ? label : control;
    if (!shown(target) || aside(control) || control.disabled) continue;
    control.focus({ preventScroll: true });
    target.scrollIntoView({ block: "center", inline: "nearest", behavior: "instant" });
    const box = target.getClientRects()[0];
    if (!box) continue;
    const hit = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!hit || !(target.contains(hit) || hit.contains(target) || label?.contains(hit)))
      told.push(`out of reach: ${said(control)} under ${hit ? said(hit) : "nothing"}`);
  }
  return [...new Set(told)];
}
