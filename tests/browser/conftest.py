"""A real Chromium of the system, driven by Playwright; every page it opens is watched for broken rules."""

import os
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright


# Playwright keeps an event loop in this thread; the queries of the tests themselves stay ordinary ones.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def forget_used_codes(transactional_db: None) -> None:
    """The same person may have used the code of this half minute in the test before."""
    cache.clear()


@pytest.fixture
def tab(chromium: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """Opens the running portal on somebody's device: `tab()` a phone, `tab(DESKTOP)` an office screen. Errors in a
    console fail the test, except for a refused form and a proxy that answers for a portal that is away."""
    opened: list[BrowserContext] = []
    problems: list[str] = []

    def open_tab(size: dict[str, int] = PHONE) -> Page:
        context = chromium.new_context(viewport=size, base_url=live_server.url, locale="id-ID")
        opened.append(context)
        page = context.new_page()
        page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: problems.append(str(error)))
        return page

    yield open_tab
    for context in opened:
        context.close()
    assert [problem for problem in problems if "422" not in problem and "502" not in problem] == []


@pytest.fixture
def page(tab: Callable[..., Page]) -> Page:
    """The one phone of a test that needs no other."""
    return tab()
