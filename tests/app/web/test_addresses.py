"""Addresses of documents survive any file name, and a site that is not at its host's root."""

from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from app.web.addresses import check_of, document_address, quote_address, root_from


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
    ("path", "root"), [("/tra-cuu", ""), ("/tai-lieu/a", "../"), ("/tai-lieu/a/b%20c", "../../")]
)
def test_the_way_up_leads_to_the_sites_root(path: str, root: str) -> None:
    assert root_from(path) == root
