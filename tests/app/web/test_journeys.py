"""What visitors do from beginning to end: by mouse, by keyboard alone, on a phone, in English."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import BrowserContext, Page

from app.web.strings import load_strings
from tests.app.web.conftest import Watched
from tests.app.web.doubles import PLAN, PLANNED_LATER, SLOW_SECONDS

pytestmark = pytest.mark.browser

STRINGS = load_strings("vi")
ENGLISH = load_strings("en")


def focused(page: Page) -> str:
    return page.locator(":focus").inner_text().strip()


def press_until(page: Page, words: str) -> None:
    """Go on by Tab until what holds the words has the focus."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused(page).startswith(words):
            return
    pytest.fail(f"Tab never reaches {words!r}")


def test_from_a_figure_to_the_marked_sentence_in_its_document(watched: Watched) -> None:
    page = watched.page
    watched.ask("Hai mục tiêu của kế hoạch cách nhau bao nhiêu?")
    assert page.locator(".short-answer strong").inner_text() == "10 điểm phần trăm"
    assert "10 điểm phần trăm" in page.locator(".answer-text").inner_text()
    assert "[1], [2]" in page.locator(".computed").inner_text()
    assert page.locator(".notice").inner_text() == "Số liệu trước khi sáp nhập."
    page.locator(".answer-text .cite", has_text="[2]").click()
    with page.expect_popup() as opened:
        page.locator("#citation-1-2 .read").click()
    reading = opened.value
    assert reading.locator("mark#trich").inner_text() == PLANNED_LATER.text
    assert reading.get_by_role("heading", level=1).inner_text() == PLAN.description.title
    reading.close()


def test_a_follow_up_is_asked_below_and_its_quotes_shown(watched: Watched) -> None:
    page = watched.page
    watched.ask("Hai mục tiêu của kế hoạch cách nhau bao nhiêu?")
    page.locator(".suggestions button").click()
    page.locator("#answer-2").wait_for()
    assert "Mục tiêu ở Hải Phòng?" in page.locator("#exchange-2 .question").inner_text()
    assert page.locator("#evidence-1").is_hidden()
    assert page.locator("#evidence-2").is_visible()


def test_a_clarification_is_chosen_by_a_press(watched: Watched) -> None:
    page = watched.page
    watched.ask("Mục tiêu của địa phương?")
    assert STRINGS.outcome["needs_clarification"] in page.locator(".answer").inner_text()  # type: ignore[index]
    page.locator(".choices button", has_text="Hải Phòng").click()
    page.locator("#answer-2").wait_for()
    assert "Mục tiêu ở Hải Phòng?" in page.locator("#exchange-2 .question").inner_text()


def test_a_refusal_shows_the_nearest_passage_and_what_can_be_asked(watched: Watched) -> None:
    page = watched.page
    watched.ask("Cần Thơ?")
    assert STRINGS.answer.instead in page.locator(".answer").inner_text()
    page.get_by_role("link", name=STRINGS.answer.see_related).click()
    page.locator("#related-1-1 mark").wait_for()


def test_a_question_that_takes_long_is_stopped(watched: Watched) -> None:
    page = watched.page
    page.fill("#question textarea", "Hỏi chậm")
    page.press("#question textarea", "Enter")
    page.locator(".waiting").wait_for()
    assert page.locator("#send").is_hidden()
    page.click("#stop", timeout=1000)
    page.locator(".answer").wait_for(timeout=SLOW_SECONDS * 500)
    assert page.locator(".answer").inner_text() == STRINGS.chat.stopped
    assert page.locator("#stop").is_hidden()
    page.wait_for_timeout(SLOW_SECONDS * 1000)
    assert page.locator(".answer").inner_text() == STRINGS.chat.stopped
    watched.ask("Hà Nội?")


def test_a_copied_link_asks_its_question_again(watched: Watched) -> None:
    page = watched.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    watched.ask("Kế hoạch & 50% của kế hoạch?")
    page.locator(".copy-link").click()
    page.get_by_text(STRINGS.chat.link_copied, exact=True).first.wait_for()
    link = page.evaluate("navigator.clipboard.readText()")
    assert parse_qs(urlsplit(link).fragment)["hoi"] == ["Kế hoạch & 50% của kế hoạch?"]
    other = page.context.new_page()
    other.goto(link)
    other.locator(".answer").wait_for()
    assert "Kế hoạch & 50% của kế hoạch?" in other.locator(".question").inner_text()
    assert other.locator(".changed").count() == 0
    other.goto(link.replace("ban=", "ban=x"))
    other.locator("#exchange-2 .changed").wait_for()
    other.click("#clear")
    other.locator(".examples").wait_for()
    assert "#" not in other.url
    other.close()
    assert [url for url in watched.requests if "hoi=" in url] == []


def test_by_keyboard_alone_from_the_question_to_the_marked_sentence(watched: Watched) -> None:
    page = watched.page
    page.keyboard.press("Tab")
    assert focused(page) == STRINGS.page.skip
    page.keyboard.press("Enter")
    page.keyboard.type("Hai mục tiêu của kế hoạch?")
    page.keyboard.press("Enter")
    page.locator(".answer").wait_for()
    page.locator("#exchange-1").focus()
    press_until(page, "[1]")
    page.keyboard.press("Enter")
    page.locator("#citation-1-1 mark").wait_for()
    press_until(page, STRINGS.evidence.read)
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    opened.value.locator("mark#trich").wait_for()
    opened.value.close()


def test_the_focus_goes_from_the_answer_to_the_box_to_the_quotes(watched: Watched) -> None:
    page = watched.page
    watched.ask("Hai mục tiêu của kế hoạch?")
    page.locator("#exchange-1").focus()
    order = [".cite", ".cite", ".cite", ".cite", "[data-question]", ".copy-link"]
    order += ["#question textarea", "#send", "#clear", "#citation-1-1 summary"]
    for selector in order:
        page.keyboard.press("Tab")
        assert page.evaluate("(selector) => document.activeElement.matches(selector)", selector), (
            f"{selector} is not next, but {focused(page)!r}"
        )


def test_answers_are_told_to_a_screen_reader_by_a_region_that_stays(watched: Watched) -> None:
    page = watched.page
    page.evaluate("window.region = document.querySelector('#announcer')")
    assert page.locator("#announcer").get_attribute("aria-live") == "polite"
    watched.ask("Hai mục tiêu của kế hoạch?")
    page.wait_for_function("document.querySelector('#announcer').textContent.includes('Chênh')")
    assert "Căn cứ" not in page.locator("#announcer").inner_text()
    assert page.evaluate("window.region.isConnected")


def test_nothing_moves_for_those_who_want_no_motion(browser: BrowserContext, address: str) -> None:
    page = browser.new_page()
    page.emulate_media(reduced_motion="reduce")
    page.goto(address)
    page.wait_for_selector("#question textarea")
    page.evaluate(
        """() => {
          window.moves = [];
          for (const name of ["scrollIntoView", "scrollTo"]) {
            const moved = Element.prototype[name];
            Element.prototype[name] = function (options) {
              window.moves.push(options?.behavior ?? "auto");
              moved.call(this, options);
            };
          }
        }"""
    )
    Watched(page).ask("Hai mục tiêu của kế hoạch?")
    page.locator(".answer-text .cite").first.click()
    page.locator("#citation-1-1 mark").wait_for()
    moves = page.evaluate("window.moves")
    assert moves
    assert set(moves) == {"auto"}
    still = page.evaluate(
        "[...document.querySelectorAll('main *, .masthead *')].every((element) => "
        "parseFloat(getComputedStyle(element).transitionDuration) < 0.01)"
    )
    assert still
    page.close()


def test_english_is_one_press_away_on_every_page_and_kept(
    browser: BrowserContext, address: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}/tra-cuu?year=2030")
    page.get_by_role("link", name=STRINGS.page.other_language).click()
    page.wait_for_url(f"{address}/en/tra-cuu?year=2030")
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name=ENGLISH.targets.open_quote).first.click()
    assert page.locator("mark#trich").is_visible()
    assert page.locator(".text").get_attribute("lang") == "vi"
    for tab in (ENGLISH.documents.tab, ENGLISH.about.tab, ENGLISH.targets.tab, ENGLISH.chat.tab):
        page.get_by_role("link", name=tab, exact=True).click()
        assert page.locator("html").get_attribute("lang") == "en"
    page.wait_for_selector("#question textarea")
    Watched(page).ask("Cần Thơ?")
    assert ENGLISH.outcome["not_in_documents"] in page.locator(".answer").inner_text()  # type: ignore[index]
    page.click("#clear")
    page.get_by_role("link", name=ENGLISH.page.other_language).click()
    page.wait_for_url(f"{address}/")
    assert page.context.cookies() == []
    page.close()


def test_on_a_phone_the_quote_is_below_and_the_way_back_is_there(
    browser: BrowserContext, address: str
) -> None:
    page = browser.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(address)
    page.wait_for_selector("#question textarea")
    Watched(page).ask("Hai mục tiêu của kế hoạch?")
    page.locator(".answer-text .cite").first.click()
    page.wait_for_function(
        "document.querySelector('#citation-1-1 mark').getBoundingClientRect().top < 844"
    )
    page.get_by_role("link", name=STRINGS.evidence.back).click()
    assert page.evaluate("document.activeElement.id") == "answer-1"
    page.close()
