"""Debian's Chromium, driven by Playwright: closed to the outside, Danish, at the width that is asked for."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

PROGRAMS = ("chromium-headless-shell", "chromium")
"""The engine without windows of its own, of which a tab costs a third, and the whole."""

PATH = os.environ.get("FRIKORTMATCH_CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), "")
OFFICE = "frikortmatch.test"
"""A name of this machine that no browser takes for its own, as in an office without https."""

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    f"--host-resolver-rules=MAP {OFFICE} 127.0.0.1",
)
PATIENCE = 60_000
"""Milliseconds until what should come is missed: long, since a machine may be busy."""

BUSY = ".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added"
TALL = {1280: 900, 820: 1180, 320: 700}
"""How tall a window of a width is."""


@contextmanager
def chromium() -> Iterator[Any]:
    """A running browser."""
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=PATH, args=list(FLAGS), timeout=PATIENCE)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def tab(browser: Any, address: str, width: int = 1280, **options: Any) -> Iterator[Any]:
    """A page of its own, in Danish unless told otherwise, without anything kept from others."""
    told = {"locale": "da-DK", "viewport": {"width": width, "height": TALL[width]}, **options}
    context = browser.new_context(base_url=address, **told)
    context.set_default_timeout(PATIENCE)
    try:
        yield context.new_page()
    finally:
        context.close()


def sign_in(page: Any, login: Any) -> None:
    """Sign in as somebody and stand on the start page."""
    page.goto("/sign-in")
    page.fill("#username", login.username)
    page.fill("#password", login.password)
    go(page, page.locator("main button[type=submit]"))


def settled(page: Any) -> None:
    """Wait until the scripts have asked and put in its place whatever they will, focus included."""
    from playwright.sync_api import expect

    expect(page.locator(BUSY)).to_have_count(0)


def go(page: Any, control: Any) -> None:
    """Press what leads to another page, and go on when all of that is there, its styles and scripts too."""
    with page.expect_navigation():
        control.click()
