"""Pictures of the pages on the example data: `python -m tests.browser.pictures FOLDER [NAME…]`."""

import sys
import tempfile
from pathlib import Path

from tests.browser.chromium import TALL, chromium, sign_in, tab
from tests.browser.served import served

CITIZEN = "/citizens/citizen-0370-01"
PAGES = {
    "sign-in": "/sign-in?ended=1",
    "citizens": "/citizens",
    "all-citizens": "/citizens/all",
    "access": "/citizens/citizen-0370-05",
    "citizen": CITIZEN,
    "shortlist": f"{CITIZEN}/shortlist",
    "employers": f"{CITIZEN}/shortlist?kind=employers",
    "call-sheet": f"{CITIZEN}/call-sheet",
    "keyboard": "/keyboard",
    "not-found": "/nothing/here",
}


def main(folder: Path, names: list[str]) -> None:
    """Take a picture of each page at each width, light, and of the main ones dark."""
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


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
