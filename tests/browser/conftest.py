"""A real Chromium of the system, driven by Playwright; every page it opens is watched for broken rules."""

import os
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from playwright.sync_api import Browser, Page, sync_playwright


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
def page(chromium: Browser, live_server: object) -> Iterator[Page]:
    """A tab of a phone on the running portal. Errors in its console fail the test, except for a refused form and a
    proxy that answers for a portal that is away."""
    context = chromium.new_context(viewport=PHONE, base_url=live_server.url, locale="id-ID")
    page = context.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: problems.append(str(error)))
    yield page
    context.close()
    assert [problem for problem in problems if "422" not in problem and "502" not in problem] == []
