"""Addresses of documents survive any file name, and a site that is not at its host's root."""

from urllib.parse import parse_qs, unquote, urljoin, urlsplit

import pytest

from app.answers import Language
from app.web.addresses import (
    check_of,
    document_address,
    home_from,
    in_other_language,
    moved_to,
    question_fragment,
    quote_address,
)


@pytest.mark.parametrize(
    "key",
    ["a.txt", "thư mục/Kế hoạch số 1.pdf", "a?b#c%20&d.txt", "<b>\"'.md", "a+b;c=d.txt", "x/y/z"],
)
def test_a_document_id_comes_back_from_its_address(key: str) -> None:
    address = document_address(key)
    assert unquote(urlsplit(address).path) == f"tai-lieu/{key}"
    assert urlsplit(address).query == urlsplit(address).fragment == ""
    assert address.isascii()
    assert not set(address) & set(" \"'<>")


def test_a_quote_is_named_by_its_span_and_by_what_it_says() -> None:
    parts = urlsplit(quote_address("a b.txt", 3, 9, "số 30%"))
    assert parse_qs(parts.query) == {"start": ["3"], "end": ["9"], "check": [check_of("số 30%")]}
    assert parts.fragment == "trich"
    assert check_of("số 30%") != check_of("số 31%")


def test_a_lone_surrogate_does_not_break_an_address() -> None:
    assert quote_address("a\udc80.txt", 0, 1, "\udc80").startswith("tai-lieu/a%3F.txt")


@pytest.mark.parametrize(
    ("language", "path", "home"),
    [
        ("vi", "/tra-cuu", ""),
        ("vi", "/tai-lieu/a", "../"),
        ("vi", "/tai-lieu/a/b%20c", "../../"),
        ("en", "/en/tra-cuu", ""),
        ("en", "/en/tai-lieu/a", "../"),
    ],
)
def test_the_way_up_leads_to_the_pages_of_the_language(
    language: Language, path: str, home: str
) -> None:
    assert home_from(path, language) == home


@pytest.mark.parametrize("page", ["", "tra-cuu", "tai-lieu/a", "tai-lieu/a/b%20c"])
def test_each_page_leads_to_itself_in_the_other_language_and_back(page: str) -> None:
    there = in_other_language(f"/{page}", "year=2025", "vi")
    assert urljoin(f"https://a.vn/x/{page}", there) == f"https://a.vn/x/en/{page}?year=2025"
    back = in_other_language(f"/en/{page}", "year=2025", "en")
    assert urljoin(f"https://a.vn/x/en/{page}", back) == f"https://a.vn/x/{page}?year=2025"


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/?lang=en", "/en/"),
        ("/en/?lang=vi", "/"),
        ("/?lang=vi", "/"),
        ("/en", "/en/"),
        ("/tra-cuu?lang=en&query=kinh+t%E1%BA%BF", "/en/tra-cuu?query=kinh+t%E1%BA%BF"),
        ("/en/tra-cuu?year=2025&lang=en", "/en/tra-cuu?year=2025"),
        ("/en/tai-lieu/a/b?lang=vi", "/tai-lieu/a/b"),
        ("/tra-cuu?lang=fr", None),
        ("/tra-cuu", None),
    ],
)
def test_an_address_that_asks_for_a_language_leads_to_it(asked: str, leads_to: str | None) -> None:
    parts = urlsplit(asked)
    target = moved_to(parts.path, parts.query)
    assert (None if target is None else urljoin(asked, target)) == leads_to


def test_a_question_comes_back_from_the_fragment_that_asks_it() -> None:
    fragment = question_fragment("50% & #1 + 2?", "2026-a")
    assert not set(fragment) & set(" #+?")
    assert parse_qs(fragment) == {"hoi": ["50% & #1 + 2?"], "ban": ["2026-a"]}
    assert question_fragment("a\udc80", None) == "hoi=a%3F"
