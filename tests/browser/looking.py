"""What somebody who cannot see all of a page, or not all of it at once, would miss on it."""

import json
from pathlib import Path
from typing import Any

AXE = Path(__file__).parents[1] / "vendor" / "axe-core"
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    # of a rule that is kept one element is enough; stylesheets are fetched again for none of these rules
    "resultTypes": ["violations"],
    "preload": {"assets": ["media"]},
}
WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LOST = (Path(__file__).parent / "lost.js").read_text(encoding="utf-8")

DANISH = json.loads((AXE / "da.json").read_text(encoding="utf-8"))
# told in the page: what axe knows of every element that keeps a rule takes longer to send than to find
VIOLATED = """async ([locale, rules]) => {
  axe.configure({ locale });
  const found = await axe.run(document, rules);
  const told = ({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary.slice(0, 300)}`);
  return { kept: found.passes.length, violated: found.violations.flatMap(told) };
}"""

STRETCHED = (Path(__file__).parent / "stretched.js").read_text(encoding="utf-8")
TOUCHING = (Path(__file__).parent / "touching.js").read_text(encoding="utf-8")
BROKEN = (Path(__file__).parent / "broken.js").read_text(encoding="utf-8")
LONG = "Gartnerimedarbejderforeningsbestyrelsesformand" * 4
OF_DATA = """async () => {
  const fields = {
    employers: ["name", "industry", "contact_person"], "job-orders": ["title"],
    citizens: ["name"], centres: ["name"],
  };
  const asked = Object.entries(fields).map(async ([list, names]) => {
    const answer = await fetch(`/api/v1/${list}?limit=200`);
    const items = answer.ok ? (await answer.json()).items : [];
    return items.flatMap((one) => names.map((name) => one[name]));
  });
  return (await Promise.all(asked)).flat().filter((word) => word && word.length > 5);
}"""


def words_of_data(page: Any) -> list[str]:
    """What the example data calls its employers, orders, citizens and centres, the longest first."""
    found: list[str] = page.evaluate(OF_DATA)
    return sorted(set(found), key=len, reverse=True)


def stretch(page: Any, words: list[str]) -> int:
    """Put a word without an end in the place of every name; answers in how many places."""
    places: int = page.evaluate(STRETCHED, [words, LONG])
    return places


def broken(page: Any) -> list[str]:
    """The ordinary words that are broken in the middle."""
    open_all(page)
    found: list[str] = page.evaluate(BROKEN)
    return found


def touching(page: Any) -> list[str]:
    """The words that stand right at a button, a field or a box to which they do not belong."""
    open_all(page)
    found: list[str] = page.evaluate(TOUCHING)
    return found


def open_all(page: Any) -> None:
    """Open whatever is folded away."""
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")


def violations(page: Any) -> list[str]:
    """The rules of WCAG 2.2 AA that axe-core finds broken, each with its element, everything unfolded."""
    open_all(page)
    found = page.evaluate(VIOLATED, [DANISH, RULES])
    assert found["kept"]
    told: list[str] = found["violated"]
    return told


def lost(page: Any) -> list[str]:
    """What is out of the window's width, cut off, under something else or out of a pointer's reach."""
    open_all(page)
    wider = page.evaluate(WIDER)
    found: list[str] = page.evaluate(LOST)
    return [*([f"the page is {wider} pixels wider than its window"] if wider > 0 else []), *found]
