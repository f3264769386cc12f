"""Claims: what one sentence says of each of its figures."""

from dataclasses import FrozenInstanceError

import pytest

from app.claims import Claim, coarser_keys, read_claims
from ingest.text import index_form


def claim_of(text: str, key: str) -> Claim:
    return next(claim for claim in read_claims(text) if key in claim.readings)


def test_a_claim_is_frozen() -> None:
    claim = claim_of("Có 45 xã.", "n:45")
    with pytest.raises(FrozenInstanceError):
        claim.year = 2030  # type: ignore[misc]


def test_a_sentence_without_figures_claims_nothing() -> None:
    assert read_claims("Tỉnh sẽ làm nhiều việc.") == ()


@pytest.mark.parametrize(
    ("text", "key", "year"),
    [
        ("Năm 2024 có 45 xã đạt chuẩn.", "n:45", 2024),
        ("Có 45 xã đạt chuẩn vào năm 2024.", "n:45", 2024),
        ("Từ 12% năm 2020 lên 45% năm 2024.", "p:12", 2020),
        ("Từ 12% năm 2020 lên 45% năm 2024.", "p:45", 2024),
        ("Lắp 30 camera và 20 cảm biến trong năm 2023; năm 2024 lắp 9 camera.", "n:30", 2023),
        ("Có 45 xã đạt chuẩn.", "n:45", None),
        ("Dưới 3% hồ sơ trễ, trong khi năm 2021 là gần 12%.", "p:3", None),
    ],
)
def test_a_figure_has_the_year_that_its_sentence_gives_it(
    text: str, key: str, year: int | None
) -> None:
    assert claim_of(text, key).year == year


@pytest.mark.parametrize(
    ("text", "key", "places"),
    [
        ("Lào Cai có 45 xã, Yên Bái có 30 xã.", "n:45", ("Lào Cai",)),
        ("Lào Cai có 45 xã, Yên Bái có 30 xã.", "n:30", ("Yên Bái",)),
        ("So với Lào Cai (45%), Yên Bái đạt 30%.", "p:45", ("Lào Cai",)),
        ("So với Lào Cai (45%), Yên Bái đạt 30%.", "p:30", ("Yên Bái",)),
        ("Có 45 xã.", "n:45", ()),
    ],
)
def test_a_figure_has_the_place_that_its_sentence_gives_it(
    text: str, key: str, places: tuple[str, ...]
) -> None:
    assert claim_of(text, key).places == places


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Xếp thứ 24 trên 63.", "f:24/63"),
        ("There are 6,800 engineers.", "n:6800"),
        ("It costs 1,150 billion VND.", "n:1150000000000"),
    ],
)
def test_a_figure_may_be_read_in_two_ways(text: str, key: str) -> None:
    assert any(key in claim.readings for claim in read_claims(text))


@pytest.mark.parametrize(
    ("text", "key"),
    [("Đạt 94 thuê bao/100 dân.", "n:100"), ("Dùng định danh mức 2.", "n:2")],
)
def test_what_something_is_counted_per_and_a_level_are_no_amounts(text: str, key: str) -> None:
    assert claim_of(text, key).role == "label"


def test_the_operator_behind_a_colon_compares_nothing() -> None:
    assert claim_of("Hạ tầng được chi nhiều nhất: 320 tỷ đồng.", "n:320000000000").operator == "="


def test_the_words_of_a_clause_are_apart_from_those_before_it() -> None:
    claim = claim_of("Chợ nhận mã đạt 64%; trạm dùng bệnh án đạt 28%.", "p:28")
    assert index_form("trạm") in claim.own
    assert not claim.own & claim.before
    assert claim.own | claim.before <= claim.around


def test_quarters_and_months_of_a_clause_are_kept_without_their_year() -> None:
    assert claim_of("Quý II/2025 xóa 61 vùng.", "n:61").months == {"q:-02"}


@pytest.mark.parametrize(
    ("key", "coarser"),
    [
        ("d:2024-05-09", {"d:-05-09", "m:2024-05", "m:-05", "y:2024"}),
        ("d:-05-09", {"d:-05-09", "m:-05"}),
        ("m:2024-05", {"m:-05", "y:2024"}),
        ("q:-02", {"q:-02"}),
        ("rn:2–3", {"n:2", "n:3"}),
        ("ry:2021–2025", {"y:2021", "y:2025"}),
        ("l:57-nq/tw", {"l:nq:57"}),
        ("n:30", set()),
    ],
)
def test_a_date_holds_up_its_month_and_year_and_a_range_its_ends(
    key: str, coarser: set[str]
) -> None:
    assert coarser_keys(key) == coarser
