"""The page in a real browser, with a small assistant behind it."""

import time

import pytest
from playwright.sync_api import BrowserContext

from app.web.strings import load_strings
from tests.app.web.conftest import Watched
from tests.app.web.doubles import HAI_PHONG

pytestmark = pytest.mark.browser

STRINGS = load_strings("vi")


def test_a_question_is_answered_and_its_quote_opened(watched: Watched) -> None:
    page = watched.page
    watched.ask("Hà Nội và Hải Phòng đặt mục tiêu bao nhiêu?")
    assert page.locator(".short-answer").inner_text().endswith("30%")
    quote = page.locator("#citation-1-2 mark")
    assert not quote.is_visible()
    page.locator(".answer-text .cite", has_text="[2]").click()
    quote.wait_for()
    assert quote.inner_text() == HAI_PHONG.quote(HAI_PHONG.sentences[1])
    assert "Thành phố đặt nhiều chỉ tiêu." in page.locator("#citation-1-2 .passage").inner_text()
    assert page.evaluate("document.activeElement.closest('.citation')?.id") == "citation-1-2"


def test_nothing_is_asked_of_other_hosts_and_nothing_goes_wrong(
    watched: Watched, address: str
) -> None:
    watched.ask("Hà Nội?")
    watched.ask("Cần Thơ?")
    watched.page.wait_for_timeout(500)
    assert [url for url in watched.requests if not url.startswith((address, "data:"))] == []
    assert watched.complaints == []


def test_markup_in_documents_and_questions_does_not_run(watched: Watched) -> None:
    page = watched.page
    watched.ask("<img src=x onerror=\"document.title='run'\"> mã độc")
    page.locator(".answer-text .cite").first.click()
    page.wait_for_timeout(300)
    assert "<script>document.title='run'</script>" in page.locator("mark").first.inner_text()
    assert page.title() == STRINGS.page.title
    assert page.locator(".transcript script, .transcript img, .evidence script").count() == 0


def test_the_policy_stops_a_script_that_slips_in(watched: Watched) -> None:
    watched.page.evaluate(
        """() => {
          const slipped = document.createElement("div");
          slipped.innerHTML = '<img src="data:," onerror="document.title = 1">';
          document.body.append(slipped);
        }"""
    )
    watched.page.wait_for_timeout(300)
    assert watched.page.title() == STRINGS.page.title


def test_the_page_speaks_vietnamese_and_shows_nothing_of_gradio(watched: Watched) -> None:
    page = watched.page
    assert page.evaluate("document.documentElement.lang") == "vi"
    words = page.inner_text("body")
    assert STRINGS.page.automatic in words
    assert "Gradio" not in words
    assert page.locator("footer:visible").count() == 1


def test_an_example_is_asked_with_one_press_and_the_conversation_cleared(watched: Watched) -> None:
    page = watched.page
    example = page.locator(".examples button").first.inner_text()
    page.locator(".examples button").first.press("Enter")
    page.locator(".answer").wait_for()
    assert example in page.locator(".question").inner_text()
    page.click("#clear")
    page.locator(".examples").wait_for()
    assert page.locator(".exchange").count() == 0


def test_a_quote_is_opened_by_keyboard_alone(watched: Watched) -> None:
    page = watched.page
    watched.ask("Hà Nội?")
    page.locator(".answer-text .cite").nth(1).focus()
    page.keyboard.press("Enter")
    page.locator("#citation-1-2 mark").wait_for()
    page.keyboard.press("Enter")
    page.locator("#citation-1-2 mark").wait_for(state="hidden")


def test_a_quote_is_copied_with_its_source(watched: Watched) -> None:
    page = watched.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched.ask("Hà Nội?")
    button = page.locator("#citation-1-1 .copy")
    button.click()
    page.locator("#citation-1-1 .copy", has_text=STRINGS.evidence.copied).wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == button.get_attribute("data-copy")


def test_an_unexpected_error_is_one_plain_sentence(watched: Watched) -> None:
    watched.ask("hỏng")
    assert watched.page.locator(".answer").inner_text() == STRINGS.chat.unexpected_error


def test_visitors_do_not_see_each_other(
    watched: Watched, browser: BrowserContext, address: str
) -> None:
    watched.ask("Hà Nội?")
    other = browser.new_page()
    other.goto(address)
    other.wait_for_selector("#question textarea")
    assert other.locator(".exchange").count() == 0
    other.close()


def test_a_built_in_answer_is_there_within_a_second(watched: Watched) -> None:
    started = time.monotonic()
    watched.ask("Hà Nội?")
    assert time.monotonic() - started < 1


@pytest.mark.parametrize("width", [360, 768, 1920])
def test_no_width_scrolls_sideways(watched: Watched, width: int) -> None:
    page = watched.page
    page.set_viewport_size({"width": width, "height": 800})
    watched.ask("mã độc " + "dài" * 60)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    below = page.locator("#quotes").bounding_box()
    chat = page.locator("#chat").bounding_box()
    assert below is not None
    assert chat is not None
    assert (below["y"] > chat["y"] + chat["height"] - 1) == (width < 900)


def test_another_tab_of_the_site_does_not_end_the_conversation(watched: Watched) -> None:
    page = watched.page
    tab = page.get_by_role("link", name=STRINGS.targets.tab)
    assert tab.get_attribute("target") in ("", None)
    watched.ask("Hà Nội?")
    with page.expect_popup() as opened:
        tab.click()
    assert opened.value.get_by_role("heading", level=1).inner_text() == STRINGS.targets.tab
    opened.value.close()
    assert page.locator(".exchange").count() == 1
    page.click("#clear")
    page.locator(".examples").wait_for()
    tab.click()
    page.wait_for_url("**/tra-cuu")


def test_a_citation_opens_its_document(watched: Watched) -> None:
    watched.ask("Hà Nội?")
    link = watched.page.locator("#citation-1-1 .read")
    with watched.page.expect_popup() as opened:
        link.click()
    # The small library holds other documents than the small assistant cites.
    assert opened.value.get_by_role("heading", level=1).inner_text() == STRINGS.missing.title
    opened.value.close()
