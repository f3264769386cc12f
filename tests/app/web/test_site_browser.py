"""Registry and documents in a real browser: without scripts, by keyboard, on a phone."""

import csv
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import BrowserContext, Download, Page

from app.exporting import FIELDS
from app.web.strings import load_strings
from tests.app.web.conftest import Watched
from tests.app.web.doubles import HOSTILE, PLAN

pytestmark = pytest.mark.browser

STRINGS = load_strings("vi")
TAB = STRINGS.targets.tab


@pytest.fixture
def watched(browser: BrowserContext, address: str) -> Iterator[Watched]:
    """Open the registry where no script runs at all."""
    assert browser.browser is not None
    context = browser.browser.new_context(
        viewport={"width": 1280, "height": 800}, java_script_enabled=False
    )
    watched = Watched(context.new_page())
    watched.attend()
    watched.page.goto(f"{address}/tra-cuu")
    yield watched
    assert [url for url in watched.requests if not url.startswith(address)] == []
    assert watched.complaints == []
    context.close()


def values(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".value").all_inner_texts()]


def choose(page: Page, name: str, value: str) -> None:
    page.locator(f"#{name}").select_option(value)


def test_rows_are_filtered_and_the_address_keeps_the_filters(watched: Watched) -> None:
    page = watched.page
    page.fill("#query", "kinh te so")
    choose(page, "locality", "Hà Nội")
    choose(page, "year", "2025")
    page.get_by_role("button", name=STRINGS.targets.apply).click()
    assert sorted(values(page)) == ["30%", "35%"]
    again = watched.page.context.new_page()
    again.goto(page.url)
    assert values(again) == values(page)
    assert again.locator("#query").input_value() == "kinh te so"
    assert again.locator("#locality").input_value() == "Hà Nội"
    again.close()
    page.get_by_role("link", name=STRINGS.targets.reset).click()
    assert len(values(page)) == 7


def test_a_head_sorts_both_ways(watched: Watched) -> None:
    page = watched.page
    head = page.locator("th.is-value a")
    head.click()
    rising = values(page)
    assert page.locator("th.is-value").get_attribute("aria-sort") == "ascending"
    page.locator("th.is-value a").click()
    assert values(page) == rising[::-1]
    assert rising[0] == "17%"


def test_a_row_opens_its_document_at_the_marked_quote(watched: Watched) -> None:
    page = watched.page
    choose(page, "document", PLAN.id)
    choose(page, "year", "2030")
    page.get_by_role("button", name=STRINGS.targets.apply).click()
    page.get_by_role("link", name=STRINGS.targets.open_quote).first.click()
    mark = page.locator("mark#trich")
    assert mark.inner_text() == "Đến năm 2030, Hà Nội phấn đấu kinh tế số chiếm ít nhất 40% GRDP"
    assert mark.is_visible()
    assert page.get_by_role("heading", level=1).inner_text() == "Kế hoạch của Hà Nội"
    page.get_by_role("link", name=TAB).click()
    assert page.get_by_role("heading", level=1).inner_text() == TAB


def test_the_mark_is_scrolled_to_in_a_long_document(watched: Watched, address: str) -> None:
    page = watched.page
    page.set_viewport_size({"width": 600, "height": 220})
    page.goto(f"{address}/tra-cuu?year=2030")
    page.get_by_role("link", name=STRINGS.targets.open_quote).first.click()
    box = page.locator("mark#trich").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 220


def test_progress_and_conflicts_are_shown_with_both_quotes(watched: Watched) -> None:
    page = watched.page
    page.get_by_role("link", name="1 mục tiêu so được với kết quả").click()
    progress = page.locator(".progress")
    assert "còn 2 điểm phần trăm" in progress.inner_text()
    assert progress.locator("a.quote-link").count() == 2
    assert page.locator(".conflicts a.quote-link").count() == 2
    progress.locator("a.quote-link").nth(1).click()
    assert "đạt 78%" in page.locator("mark#trich").inner_text()


def download(page: Page, name: str, folder: Path) -> Path:
    with page.expect_download() as started:
        page.get_by_role("link", name=name).click()
    file: Download = started.value
    path = folder / file.suggested_filename
    file.save_as(path)
    return path


def test_what_is_filtered_is_exported_for_spreadsheets(watched: Watched, tmp_path: Path) -> None:
    page = watched.page
    choose(page, "locality", "Hải Phòng")
    page.get_by_role("button", name=STRINGS.targets.apply).click()
    text = download(page, STRINGS.targets.export_csv, tmp_path)
    assert text.name == "chi-tieu.csv"
    assert text.read_bytes().startswith(b"\xef\xbb\xbf")
    (record,) = csv.DictReader(text.read_text("utf-8-sig").splitlines())
    book = download(page, STRINGS.targets.export_xlsx, tmp_path)
    head, cells = openpyxl.load_workbook(book).active.values
    assert head == FIELDS
    for found in (record, dict(zip(head, cells, strict=True))):
        assert found["locality"] == "Hải Phòng"
        assert found["quote"] == "Đến năm 2025, Hải Phòng phấn đấu kinh tế số chiếm 25% GRDP"


def test_everything_is_reached_by_keyboard_alone(watched: Watched) -> None:
    page = watched.page
    page.keyboard.press("Tab")
    assert focused(page) == STRINGS.page.skip_to_content
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("internet")
    page.keyboard.press("Enter")
    page.wait_for_url("**query=internet**")
    assert sorted(values(page)) == ["78%", "80%"]
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused(page).startswith(STRINGS.targets.open_quote):
            break
    page.keyboard.press("Enter")
    page.locator("mark#trich").wait_for()


def focused(page: Page) -> str:
    return page.locator(":focus").inner_text().strip()


@pytest.mark.parametrize("width", [360, 390, 768, 1280, 1920])
@pytest.mark.parametrize(
    "path",
    [
        "/tra-cuu",
        "/tai-lieu",
        "/tai-lieu/bao-cao.txt",
        "/tai-lieu/khong-co",
        "/gioi-thieu",
        "/en/gioi-thieu",
    ],
)
def test_no_width_scrolls_sideways(
    browser: BrowserContext, address: str, width: int, path: str
) -> None:
    page = browser.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_on_a_phone_each_row_is_a_card_with_its_labels(watched: Watched) -> None:
    page = watched.page
    page.set_viewport_size({"width": 390, "height": 800})
    value, place = page.locator(".value").first, page.locator("td.is-locality").first
    above, below = value.bounding_box(), place.bounding_box()
    assert above is not None
    assert below is not None
    assert below["y"] > above["y"]
    assert page.locator(".rows").get_by_role("cell").count() == 7 * 6


def test_markup_in_names_and_texts_does_not_run(browser: BrowserContext, address: str) -> None:
    page = browser.new_page()
    page.goto(f"{address}/tra-cuu?query=%22%3E%3Cscript%3Edocument.title%3D'run'%3C/script%3E")
    assert page.title() != "run"
    page.goto(f"{address}/tra-cuu?year=2027")
    page.locator("td.is-date a").click()
    page.wait_for_url("**/tai-lieu/**")
    assert "<script>document.title='run'</script>" in page.locator("article").inner_text()
    assert page.locator("script, article img").count() == 0
    assert page.title().startswith(HOSTILE.description.title[:10])
    page.close()


def test_the_tabs_lead_to_and_fro(browser: BrowserContext, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector("#question textarea")
    for name, path in ((TAB, "/tra-cuu"), (STRINGS.chat.tab, "/")):
        page.get_by_role("link", name=name).click()
        page.wait_for_url(f"{address}{path}")
        assert page.locator(".tabs [aria-current='page']").inner_text() == name
    page.close()
