"""An address holds what is asked of the registry, and nothing in it can do harm."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from app.catalogue import Catalogue
from app.web.selection import QUERY_LIMIT, Selection, _sorted, read_selection, select_rows
from tests.app.test_lookup import ROWS, row
from tests.app.web.doubles import PLAN, build_catalogue


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return build_catalogue(tmp_path_factory.mktemp("selection") / "library")


def found(catalogue: Catalogue, **parameters: str) -> list[str]:
    rows = select_rows(catalogue, catalogue.current(), read_selection(parameters)).rows
    return [row.value for row in rows]


def test_an_address_says_again_what_it_was_read_from() -> None:
    asked = {"query": "kinh tế số & hơn", "unit": "%", "document": PLAN.id, "sort": "-year"}
    address = read_selection(asked).address("tra-cuu")
    assert address.startswith("tra-cuu?query=kinh+t%E1%BA%BF")
    assert dict(parse_qsl(urlsplit(address).query)) == asked
    assert Selection().address("tra-cuu") == "tra-cuu"


def test_another_order_begins_again_at_the_first_page() -> None:
    selection = read_selection({"page": "3", "kind": "target"})
    assert selection.address("x", page=4) == "x?kind=target&page=4"
    assert selection.address("x", sort="year") == "x?kind=target&sort=year"


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "9" * 30, "²", "1.5"])
def test_a_page_that_is_none_is_the_first(page: str) -> None:
    assert read_selection({"page": page}).page == 1


def test_a_long_query_is_cut_and_an_unknown_order_dropped() -> None:
    selection = read_selection({"query": "x" * 5000, "sort": "-__class__"})
    assert len(selection.query) == QUERY_LIMIT
    assert selection.sort == ""


@pytest.mark.parametrize(
    ("parameters", "values"),
    [
        ({"locality": "hai phong"}, ["25%"]),
        ({"locality": "Atlantis"}, []),
        ({"year": "2030"}, ["40%"]),
        ({"kind": "result"}, ["78%"]),
        ({"pillar": "hạ tầng"}, ["78%", "80%"]),
        ({"document": PLAN.id}, ["30%", "80%", "40%"]),
        ({"unit": "% GRDP"}, []),
        ({"query": "kinh te so 2030"}, ["40%"]),
        ({"query": "kinh tế số", "year": "2025", "sort": "-value"}, ["35%", "30%", "25%"]),
        ({"year": "20x5"}, []),
        ({"kind": "khác"}, []),
        ({"pillar": "<b>"}, []),
    ],
)
def test_filters_keep_what_they_name(
    catalogue: Catalogue, parameters: dict[str, str], values: list[str]
) -> None:
    assert found(catalogue, **parameters) == values


@pytest.mark.parametrize("name", ["year", "kind", "pillar"])
def test_a_value_that_nothing_can_have_is_named(name: str) -> None:
    assert read_selection({name: "@"}).unusable() == name
    assert Selection(year="2025", kind="target", pillar="khác").unusable() is None


def test_rows_without_a_value_come_last_in_either_order() -> None:
    for sort in ("year", "-year"):
        assert _sorted(ROWS, Selection(sort=sort))[-1].year is None
    years = [row.year for row in _sorted(ROWS, Selection(sort="-year"))]
    assert years == [2030, 2025, 2025, 2025, None]


def test_values_are_sorted_within_their_unit() -> None:
    rows = [row(number=5.0), row(number=1.0, unit="trạm"), row(number=40.0), row(number=3.0)]
    values = [(item.unit, item.number) for item in _sorted(rows, Selection(sort="value"))]
    assert values == [("%", 3.0), ("%", 5.0), ("%", 40.0), ("trạm", 1.0)]


def test_places_are_sorted_without_their_marks() -> None:
    rows = [row(locality=name) for name in ("Huế", "Đà Nẵng", "An Giang")]
    names = [item.locality for item in _sorted(rows, Selection(sort="locality"))]
    assert names == ["An Giang", "Đà Nẵng", "Huế"]
