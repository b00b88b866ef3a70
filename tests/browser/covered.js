// The numbers on a map that something else lies on, or that lie on something else.
() => {
  const boxes = [...document.querySelectorAll("#map :is(.m-row, .m-start, .m-ask, .m-town:not(.crowded))")].map(
    (mark) => ({ mark, box: mark.getBoundingClientRect() }),
  );
  const over = (one, other) =>
    one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
  return boxes
    .filter(({ mark }) => mark.matches(".m-row"))
    .filter(({ mark, box }) => boxes.some((other) => other.mark !== mark && over(box, other.box)))
    .map(({ mark }) => mark.textContent);
}
