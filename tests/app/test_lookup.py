"""Rows are found by filters, words and meaning, and compared only where that is fair."""

import numpy as np
import pytest

from app.comparing import conflicts, gaps, vietnamese
from app.lookup import Filters, Registry, locality_named
from ingest.documents import Target
from tests.doubles import HashingEmbedder


def row(indicator: str = "tỷ trọng kinh tế số trong GRDP", **changes: object) -> Target:
    fields: dict[str, object] = {
        "kind": "target",
        "operator": "=",
        "value": "30%",
        "number": 30.0,
        "unit": "%",
        "year": 2025,
        "locality": "Hà Nội",
        "pillar": "kinh tế số",
        "document": "a.txt",
        "quote": "đạt 30%",
        "start": 0,
        "end": 7,
    }
    return Target(indicator=indicator, **(fields | changes))  # type: ignore[arg-type]


ROWS = (
    row(),
    row(locality="Hải Phòng", number=25.0, value="25%", document="b.txt"),
    row("tỷ lệ hộ gia đình có internet băng rộng", kind="result", number=90.0, pillar="hạ tầng"),
    row("số trạm BTS", unit="trạm BTS", number=2362.0, year=None, kind="result", pillar="hạ tầng"),
    row("số khu đô thị thông minh", unit="khu đô thị", number=(2.0, 3.0), year=2030),
)


def registry() -> Registry:
    embedder = HashingEmbedder()
    return Registry(ROWS, embedder.embed_passages([item.indicator for item in ROWS]))


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), [0, 1, 2, 3, 4]),
        (Filters(locality="Hải Phòng"), [1]),
        (Filters(year=2030), [4]),
        (Filters(kind="result"), [2, 3]),
        (Filters(pillar="hạ tầng"), [2, 3]),
        (Filters(operator=">="), []),
        (Filters(unit="trạm"), [3]),
        (Filters(unit="tram bts"), [3]),
        (Filters(minimum=30), [0, 2, 3]),
        (Filters(minimum=2.5, maximum=30), [0, 1]),
        (Filters(maximum=3), [4]),
        (Filters(document="b.txt"), [1]),
    ],
)
def test_filters_keep_what_they_name(filters: Filters, expected: list[int]) -> None:
    assert registry().filtered(filters) == [ROWS[index] for index in expected]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("kinh tế số", 0),
        ("kinh te so hai phong", 1),
        ("kinh tế số Hải Phòng năm 2025", 1),
        ("internet băng rộng hộ gia đình", 2),
        ("tram BTS", 3),
    ],
)
def test_words_find_rows_with_and_without_marks(text: str, first: int) -> None:
    assert registry().search(text, Filters())[0] == ROWS[first]


def test_the_rows_of_a_document_are_its_own_in_their_order() -> None:
    assert registry().of_document("b.txt") == [ROWS[1]]
    assert list(registry().of_document("a.txt")) == [row for row in ROWS if row is not ROWS[1]]
    assert list(registry().of_document("none.txt")) == []


def test_what_no_row_speaks_of_is_not_found() -> None:
    assert registry().search("chữ ký số cá nhân học sinh", Filters(kind="result")) == []
    assert registry().search("kinh tế số năm 2031", Filters()) == []


def test_a_filter_given_goes_before_a_place_in_the_words() -> None:
    found = registry().search("kinh tế số Hải Phòng", Filters(locality="Hà Nội"))
    assert {item.locality for item in found} == {"Hà Nội"}


def test_meaning_finds_what_few_words_share() -> None:
    vectors = np.eye(len(ROWS), dtype=np.float32)
    asked = Registry(ROWS, vectors)
    query = "mạng băng rộng phủ tới từng nhà dân ở nông thôn"
    assert ROWS[2] not in asked.search(query, Filters())
    assert asked.search(query, Filters(), vectors[2]) == [ROWS[2]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tp hcm", "TP. Hồ Chí Minh"),
        ("ha noi", "Hà Nội"),
        ("Cả nước", "Cả nước"),
        ("toan quoc", "Cả nước"),
        ("Atlantis", None),
    ],
)
def test_localities_in_any_spelling(text: str, expected: str | None) -> None:
    assert locality_named(text) == expected


def test_a_gap_is_counted_in_percentage_points_from_the_newest_result() -> None:
    results = [row(kind="result", number=22.5, year=2023), row(kind="result", number=17, year=2021)]
    (gap,) = gaps([row(), *results])
    assert gap.result.year == 2023
    assert gap.missing == 7.5
    assert gap.computed.text == "7,5 điểm phần trăm"
    assert gap.computed.operation == "difference"


@pytest.mark.parametrize(
    "changes",
    [
        {"locality": "Huế"},
        {"unit": "người"},
        {"year": 2026},
        {"number": (20.0, 25.0)},
        {"operator": ">"},
        {"indicator": "tỷ trọng nông nghiệp trong GRDP"},
    ],
)
def test_what_is_not_comparable_has_no_gap(changes: dict[str, object]) -> None:
    result = {"kind": "result", "number": 20.0, "year": 2023} | changes
    assert gaps([row(), row(**result)]) == []  # type: ignore[arg-type]


def test_ranks_of_two_sets_of_provinces_are_not_compared() -> None:
    rank = {"unit": "hạng", "indicator": "thứ hạng DTI"}
    old = row(kind="result", number=24.0, year=2022, boundary="63", **rank)  # type: ignore[arg-type]
    new = row(number=5.0, boundary="34", **rank)  # type: ignore[arg-type]
    assert gaps([new, old]) == []
    assert len(gaps([row(number=5.0, boundary="63", **rank), old])) == 1  # type: ignore[arg-type]


def test_two_values_of_one_indicator_in_two_documents_are_a_conflict() -> None:
    other = row(number=35.0, document="b.txt")
    assert conflicts([row(), other, row(year=2030)]) == [(row(), other)]
    assert conflicts([row(), row(document="b.txt")]) == []
    assert conflicts([row(), row(number=35.0)]) == []
    assert conflicts([row(year=None), row(year=None, number=35.0, document="b.txt")]) == []


@pytest.mark.parametrize(
    ("number", "expected"), [(30.0, "30"), (1234.5, "1.234,5"), (12_800_000_000, "12.800.000.000")]
)
def test_numbers_are_written_the_vietnamese_way(number: float, expected: str) -> None:
    assert vietnamese(number) == expected
