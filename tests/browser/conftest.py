"""A real Chromium, and a page of phones in it."""

import os
import shutil
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.browser.table import Bot, Table, furnished, serving

REQUIRED = os.environ.get("BANJIE_REQUIRE_BROWSER") == "1"
QUIETLY = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
DESKTOP = {"width": 1600, "height": 900}
PATIENCE_MS = 60_000
"""What a test needs is waited for, however busy the machine; only what never comes takes so long."""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncIterator[Browser]:
    """Debian's Chromium, started once for all."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        reason = "no Chromium on this machine (Debian: apt-get install chromium)"
        if REQUIRED:
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=PATIENCE_MS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=QUIETLY)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def table(chromium: Browser) -> AsyncIterator[Table]:
    """The page on three phones, far from Beijing; nothing may go wrong in its scripts."""
    telegram, clock, app = furnished()
    wrong: list[str] = []
    async with serving(app) as port:
        context = await chromium.new_context(viewport=DESKTOP, timezone_id="America/New_York")  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE_MS)

        async def open_page(**viewport: int) -> Page:
            page = await context.new_page()
            if viewport:
                await page.set_viewport_size(viewport)  # type: ignore[arg-type]
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("console", lambda said: wrong.append(said.text) if _bad(said) else None)
            await page.goto(f"http://127.0.0.1:{port}/")
            await page.wait_for_selector("body[data-ready]")
            return page

        yield Table(telegram, Bot(telegram), clock, app, port, open_page, await open_page())
        await context.close()
    assert wrong == []


def _bad(said: Any) -> bool:
    """An error that a script or the page's security policy reports; a lost server is not one."""
    return said.type == "error" and "ERR_CONNECTION_REFUSED" not in said.text
