// The data of a page with every word of it as long as nobody writes one; answers how many places it stood in.
([words, long]) => {
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let places = 0;
  for (let node = texts.nextNode(); node; node = texts.nextNode()) {
    if (node.parentElement.closest("script, style, option, textarea")) continue;
    const said = words.reduce((text, word) => text.replaceAll(word, long), node.data);
    places += said !== node.data;
    node.data = said;
  }
  return places;
}
