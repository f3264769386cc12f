"""Dates and publishers in words."""

from dataclasses import replace

import pytest

from app.web.sources import format_date, place_label, publisher_label, source_label
from app.web.strings import load_strings
from tests.app.web.doubles import DIGEST, HAI_PHONG, ORIGINAL, citation_of, passage_of

STRINGS = load_strings("vi")


@pytest.mark.parametrize(
    ("date", "written"),
    [
        ("2021-09-06", "6/9/2021"),
        ("2021-09", "tháng 9/2021"),
        ("2023", "năm 2023"),
        ("quý I/2024", "quý I/2024"),
    ],
)
def test_dates_are_written_the_vietnamese_way(date: str, written: str) -> None:
    assert format_date(date, STRINGS.date) == written


def test_an_inferred_day_says_so() -> None:
    document = replace(ORIGINAL, date_basis="inferred")
    assert source_label(document, STRINGS) == "Báo Hải Phòng · ngày 6/9/2021 (suy ra)"


def test_a_digest_without_publisher_is_still_called_a_summary() -> None:
    label = publisher_label(replace(DIGEST, publisher=None), STRINGS)
    assert label == "Bản tóm lược, chưa rõ nơi phát hành bản gốc"


def test_braces_in_a_publisher_are_kept() -> None:
    assert publisher_label(replace(ORIGINAL, publisher="{0} {x}"), STRINGS) == "{0} {x}"


def test_both_languages_hold_the_same_strings() -> None:
    english = load_strings("en")
    assert english.language == "en"
    assert len(english.about.how) == len(STRINGS.about.how) >= 3


def test_a_heading_that_the_passage_shows_itself_is_not_repeated() -> None:
    document = HAI_PHONG.document
    opened = passage_of(document, "Hạ tầng", "Có 9 trạm.", heading=("Kết quả", "Hạ tầng"))
    later = passage_of(document, "Có 9 trạm.", heading=("Kết quả", "Hạ tầng"))
    assert place_label(citation_of(opened, sentence=1), load_strings()) == "Kết quả"
    assert place_label(citation_of(later), load_strings()) == "Kết quả › Hạ tầng"
