"""The list of documents: searched with or without marks, each with its counts, all escaped."""

import re

import pytest

from app.catalogue import Catalogue
from app.web.documents_page import documents_page, find_documents
from app.web.site import Site
from app.web.strings import load_strings
from tests.app.web.doubles import EVIL, HOSTILE, PLAN, REPORT, build_catalogue

STRINGS = load_strings("vi")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return build_catalogue(tmp_path_factory.mktemp("documents") / "library")


def content(catalogue: Catalogue, query: str = "") -> str:
    return str(documents_page(catalogue.current(), query, Site(STRINGS)).content)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {PLAN.id, REPORT.id, HOSTILE.id}),
        ("ke hoach", {PLAN.id}),
        ("UBND thành phố", {PLAN.id}),
        ("bao-cao", {REPORT.id}),
        ("2024", {REPORT.id}),
        ("huế", {HOSTILE.id}),
        ("kế hoạch huế", set()),
    ],
)
def test_documents_are_found_by_all_words_of_their_description(
    catalogue: Catalogue, query: str, found: set[str]
) -> None:
    assert {item.id for item in find_documents(catalogue.current(), query)} == found


def test_each_document_leads_to_its_text_and_its_targets(catalogue: Catalogue) -> None:
    html = content(catalogue, "bao cao")
    assert '<a href="tai-lieu/bao-cao.txt">Báo cáo năm</a>' in html
    assert "Chưa rõ nơi phát hành · năm 2024 (suy ra)" in html
    assert '<a href="tra-cuu?document=bao-cao.txt">3 chỉ tiêu</a>' in html
    assert re.search(r"[1-9]\d* đoạn", html)
    assert "1/3 tài liệu" in html


def test_nothing_found_says_what_to_do(catalogue: Catalogue) -> None:
    assert STRINGS.documents.none in content(catalogue, "xyzzy")


def test_nothing_that_a_document_or_a_visitor_says_is_markup(catalogue: Catalogue) -> None:
    for html in (content(catalogue), content(catalogue, EVIL)):
        assert "&lt;script&gt;" in html
        assert "<script" not in html
        assert "<img" not in html
