// Words that stand right below or above a button, a field, a map or a box and are no part of it.
() => {
  const GAP = 4;
  const said = (element) => `<${element.tagName.toLowerCase()} ${element.id || element.getAttribute("class") || ""}>`;
  const bars = ".saving, .registering, .planning, .leaflet-container, .sr-only, svg";
  const boxes = [...document.querySelectorAll("main :is(.button, .form-input, .form-select, .map, .points-bar, .empty, .alert, .limit)")]
    .filter((box) => box.checkVisibility({ opacityProperty: true }) && !box.parentElement.closest(bars))
    .map((box) => ({ box, at: box.getBoundingClientRect() }))
    .filter(({ at }) => at.height);
  // what belongs to a field may stand close to it
  const belongs = "label, legend, option, textarea, .form-hint, .form-error-message";
  const found = [];
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    const within = node.parentElement;
    if (!node.data.trim() || !within.checkVisibility() || within.closest(`${bars}, ${belongs}`)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      for (const { box, at } of boxes) {
        if (box.contains(within) || Math.min(at.right, line.right) - Math.max(at.left, line.left) < 8) continue;
        const gap = Math.max(line.top - at.bottom, at.top - line.bottom);
        if (gap > -line.height / 2 && gap < GAP) found.push(`${node.data.trim().slice(0, 40)} touches ${said(box)}`);
      }
    }
  }
  return [...new Set(found)];
}
