// How many numbers are within the frame of a map.
() => {
  const frame = document.querySelector("#map").getBoundingClientRect();
  const inside = (box) =>
    box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom;
  return [...document.querySelectorAll("#map .m-row")].filter((mark) => inside(mark.getBoundingClientRect())).length;
}
