"""axe-core finds nothing serious on any page, light and dark, wide and narrow."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.app.web.conftest import Watched

pytestmark = pytest.mark.browser

PAGES = (
    "/tra-cuu?query=kinh+te",
    "/tai-lieu",
    "/tai-lieu/bao-cao.txt?start=0&end=30",
    "/tai-lieu/khong-co",
    "/gioi-thieu",
    "/en/",
    "/en/gioi-thieu",
)
QUESTIONS = (
    "Hai mục tiêu của kế hoạch?",
    "Cần Thơ?",
    "Mục tiêu của địa phương?",
    "hỏng",
    "Hà Nội?",
)


@pytest.fixture(
    scope="module", params=[(1280, "light"), (390, "light"), (1280, "dark"), (390, "dark")]
)
def page(browser: BrowserContext, request: pytest.FixtureRequest) -> Iterator[Page]:
    width, scheme = request.param
    assert browser.browser is not None
    context = browser.browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def grave(page: Page) -> list[str]:
    """Return what axe-core calls serious or critical, with where it is."""
    found = Axe().run(page).response["violations"]
    return [
        f"{item['id']}: {node['target']} {node['html'][:160]}"
        for item in found
        if item["impact"] in ("serious", "critical")
        for node in item["nodes"]
    ]


@pytest.mark.parametrize("path", PAGES)
def test_no_page_has_a_serious_fault(page: Page, address: str, path: str) -> None:
    page.goto(address + path)
    if path.endswith("/en/"):
        page.wait_for_selector("#question textarea")
    assert grave(page) == []


def test_a_conversation_has_no_serious_fault(page: Page, address: str) -> None:
    page.goto(address)
    page.wait_for_selector("#question textarea")
    assert grave(page) == []
    for question in QUESTIONS:
        Watched(page).ask(question)
    assert grave(page) == []


def test_the_check_finds_a_fault(page: Page) -> None:
    page.set_content("<title>a</title><main><img src='data:,'><h1>b</h1></main>")
    assert any(fault.startswith("image-alt") for fault in grave(page))
