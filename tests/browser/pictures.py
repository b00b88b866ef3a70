"""Pictures of the pages on the example data: `python -m tests.browser.pictures FOLDER [NAME…]`.

Every page at three widths, light and dark, and the list and the sheets of a café as they come out on paper.
"""

import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from tests.browser.chromium import TALL, chromium, sign_in, tab
from tests.browser.lists import BACK, COLUMNS, LOOKED, STORED, STORING
from tests.browser.served import served

CITIZEN = "/citizens/citizen-0370-01"
PAGES = {
    "sign-in": "/sign-in?ended=1",
    "today": "/today",
    "week": "/week",
    "today-municipality": "/today?whose=municipality",
    "citizens": "/citizens",
    "all-citizens": "/citizens/all",
    "access": "/citizens/citizen-0370-05",
    "new-citizen": "/citizens/new",
    "citizen": CITIZEN,
    "contact-chain": f"{CITIZEN}/contact-chain",
    "stored": f"{CITIZEN}/stored",
    "shortlist": f"{CITIZEN}/shortlist",
    "employers": f"{CITIZEN}/shortlist?kind=employers",
    "call-sheet": f"{CITIZEN}/call-sheet",
    "cafe": "/cafe",
    "intake": "/intake",
    "job-orders": "/job-orders",
    "job-order": "/job-orders/order-0370-01",
    "job-order-facts": "/job-orders/order-0370-01/facts",
    "portfolio": "/employers",
    "portfolio-sifted": "/employers?words=eksempel&only=orders",
    "employer": "/employers/employer-0370-04",
    "first-calls": "/calls",
    "centres": "/centres",
    "centre": "/centres/centre-0370-01",
    "imports": "/imports",
    "import-columns": COLUMNS,
    "import-looked": LOOKED,
    "import-storing": STORING,
    "import-stored": STORED,
    "import-take-back": f"{STORED}/take-back",
    "import-taken-back": BACK,
    "import-words": "/imports/words",
    "search": "/search",
    "practice": "/practice",
    "account": "/account",
    "keyboard": "/keyboard",
    "not-found": "/nothing/here",
}


def main(folder: Path, names: list[str]) -> None:
    """Take the pictures, of all pages or of those named."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as kept, served(Path(kept)) as service, chromium() as browser:
        for width in TALL:
            for scheme in ("light", "dark"):
                with tab(browser, service.address, width, color_scheme=scheme) as page:
                    sign_in(page, service.login())
                    for name, address in PAGES.items():
                        if names and name not in names:
                            continue
                        page.goto(address, wait_until="networkidle")
                        page.screenshot(path=folder / f"{name}-{width}-{scheme}.png", full_page=True)
                        if name == "shortlist" and (width, scheme) == (1280, "light"):
                            page.screenshot(path=folder / "window.png")
                            page.pdf(path=folder / "paper.pdf", format="A4")
                        if name == "cafe":
                            plan_the_cafe(page)
                            page.screenshot(path=folder / f"cafe-plan-{width}-{scheme}.png", full_page=True)
                            if (width, scheme) == (1280, "light"):
                                page.goto(f"{page.url.partition('#')[0]}/sheets")
                                page.pdf(path=folder / "sheets.pdf", format="A4")


def plan_the_cafe(page: Any) -> None:
    """From the form to the plan, with the first people and tasks listed, whatever weekday it is."""
    people = page.locator("#f-citizens input")
    for number in range(min(people.count(), 12)):
        people.nth(number).check()
    tasks = page.locator("#f-orders > .pick-one input")
    for number in range(min(tasks.count(), 8)):
        tasks.nth(number).check()
    page.fill("#f-tables", "20")
    page.click(".planning button")
    page.wait_for_selector(".guests")


if __name__ == "__main__":
    asked = ArgumentParser(description="Pictures of the pages on the example data.")
    asked.add_argument("folder", type=Path)
    asked.add_argument("name", nargs="*", choices=[*PAGES, []], help="a page; all of them when none is named")
    wanted = asked.parse_args()
    main(wanted.folder, wanted.name)
