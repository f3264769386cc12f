"""Places and years set side by side: a fact for each, and what code works out of them."""

from collections.abc import Callable

import pytest

from app.answers import Computed, Outcome
from app.by_side import decide_sides
from app.inquiry import Decision
from ingest.documents import SourceDocument
from ingest.text import fold
from tests.factories import make_bulletin, make_inquiry

HIGHER = "Huế và Lào Cai, nơi nào có tỷ lệ hộ có cáp quang cao hơn?"
LOWER = "Huế và Lào Cai, nơi nào có tỷ lệ hộ có cáp quang thấp hơn?"
APART = "Tỷ lệ hộ có cáp quang của Huế và Lào Cai chênh nhau bao nhiêu?"


def of(place: str, text: str) -> SourceDocument:
    return make_bulletin(text, f"{place}.txt", locality=place)


def fibre(place: str, value: str, year: int = 2022) -> SourceDocument:
    return of(place, f"Năm {year}, tỷ lệ hộ có cáp quang của {place} đạt {value}.")


def decided(question: str, *documents: SourceDocument | str) -> Decision:
    return decide_sides(make_inquiry(question, *documents))


def operations(decision: Decision) -> dict[str, str]:
    return {item.operation: item.text for item in decision.computed}


def quotes(decision: Decision) -> list[str]:
    return [item.quote for item in decision.evidence]


# --- Two places --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "short"),
    [(HIGHER, "Huế"), (LOWER, "Lào Cai"), (APART, "13 điểm phần trăm")],
)
def test_two_places_are_compared_and_each_is_cited(question: str, short: str) -> None:
    decision = decided(question, fibre("Huế", "61%"), fibre("Lào Cai", "48%"))
    assert decision.outcome is Outcome.ANSWERED
    assert decision.short == short
    assert Computed("13 điểm phần trăm", "difference", (1, 2)) in decision.computed
    assert [item.facts[0].places[0] for item in decision.chosen] == ["Huế", "Lào Cai"]


def test_what_is_computed_never_stands_where_no_quote_does() -> None:
    decision = decided(HIGHER, fibre("Huế", "61%"), fibre("Lào Cai", "48%"))
    for item in decision.computed:
        assert set(item.citations) <= set(range(1, len(decision.chosen) + 1))


def test_of_ranks_the_smaller_leads_and_the_difference_is_in_steps() -> None:
    decision = decided(
        "Huế và Lào Cai, tỉnh nào xếp hạng cao hơn về chỉ số hạ tầng?",
        of("Huế", "Năm 2022, Huế xếp thứ 7/63 về chỉ số hạ tầng."),
        of("Lào Cai", "Năm 2022, Lào Cai xếp thứ 12/63 về chỉ số hạ tầng."),
    )
    assert decision.short == "Huế"
    assert operations(decision) == {"rank": "Huế", "difference": "5 bậc"}


def test_of_equal_figures_none_leads() -> None:
    decision = decided(HIGHER, fibre("Huế", "61%"), fibre("Lào Cai", "61%"))
    assert operations(decision) == {}
    assert decision.short is None


def rank(place: str, value: str) -> SourceDocument:
    return of(place, f"Năm 2022, {place} xếp thứ {value} về chỉ số hạ tầng.")


@pytest.mark.parametrize(
    ("wanted", "short"),
    [
        ("xếp hạng cao hơn", "Huế"),
        ("xếp hạng thấp hơn", "Lào Cai"),
        ("xếp hạng kém hơn", "Lào Cai"),
    ],
)
def test_the_lower_of_two_ranks_has_the_larger_number(wanted: str, short: str) -> None:
    question = f"Huế và Lào Cai, tỉnh nào {wanted} về chỉ số hạ tầng?"
    assert decided(question, rank("Huế", "7/63"), rank("Lào Cai", "12/63")).short == short


def test_ranks_among_other_totals_are_quoted_and_not_compared() -> None:
    question = "Huế và Lào Cai, tỉnh nào xếp hạng cao hơn về chỉ số hạ tầng?"
    decision = decided(question, rank("Huế", "7/34"), rank("Lào Cai", "12/63"))
    assert len(decision.chosen) == 2
    assert decision.computed == ()
    assert decision.short is None


@pytest.mark.parametrize("value", ["92%", "hơn 91%"])
def test_what_is_only_bounded_leads_nobody_that_may_be_above_it(value: str) -> None:
    decision = decided(HIGHER, fibre("Huế", "hơn 90%"), fibre("Lào Cai", value))
    assert len(decision.chosen) == 2
    assert decision.computed == ()


def test_what_is_above_a_bound_leads_and_nothing_is_subtracted() -> None:
    decision = decided(HIGHER, fibre("Huế", "hơn 90%"), fibre("Lào Cai", "85%"))
    assert operations(decision) == {"rank": "Huế"}


def test_counts_are_compared_in_their_own_unit() -> None:
    decision = decided(
        "Huế và Lào Cai, nơi nào có nhiều trạm sạc hơn?",
        of("Huế", "Năm 2022, Huế có 1.250 trạm sạc."),
        of("Lào Cai", "Năm 2022, Lào Cai có 310 trạm sạc."),
    )
    assert operations(decision) == {"difference": "940 trạm sạc", "rank": "Huế"}


@pytest.mark.parametrize(
    "documents",
    [
        (of("Huế", "Huế có 900 hộ có cáp quang."), fibre("Lào Cai", "48%")),
        (
            of("Huế", "Huế đặt mục tiêu đến năm 2025 tỷ lệ hộ có cáp quang đạt 90%."),
            of("Lào Cai", "Năm 2022, tỷ lệ hộ có cáp quang của Lào Cai đã đạt 48%."),
        ),
    ],
    ids=["other units", "a target and a result"],
)
def test_figures_that_cannot_be_compared_are_only_shown(
    documents: tuple[SourceDocument, ...],
) -> None:
    decision = decided(HIGHER, *documents)
    assert decision.outcome is Outcome.ANSWERED
    assert (decision.computed, decision.short) == ((), None)
    assert len(decision.chosen) == 2


def test_figures_of_different_years_make_no_leader() -> None:
    decision = decided(HIGHER, fibre("Huế", "61%", 2022), fibre("Lào Cai", "48%", 2015))
    assert decision.computed == ()


@pytest.mark.parametrize(
    ("question", "lacking"),
    [
        ("Huế và Đà Nẵng, nơi nào có tỷ lệ hộ có cáp quang cao hơn?", ("Đà Nẵng",)),
        ("So sánh tỷ lệ hộ có cáp quang của Cần Thơ và Đà Nẵng.", ("Cần Thơ", "Đà Nẵng")),
    ],
)
def test_a_side_without_figure_refuses_and_only_that_side_is_named(
    question: str, lacking: tuple[str, ...]
) -> None:
    decision = decided(question, fibre("Huế", "61%"), fibre("Lào Cai", "48%"))
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert (decision.missing, decision.lacking) == ("place", lacking)
    assert decision.chosen == ()


def test_one_sentence_with_both_sides_is_quoted_once_with_both_figures() -> None:
    text = "Năm 2022, tỷ lệ hộ có cáp quang của Huế đạt 61%, của Lào Cai đạt 48%."
    decision = decided(HIGHER, text)
    assert quotes(decision) == [text]
    assert [fact.text for fact in decision.chosen[0].facts] == ["61%", "48%"]
    assert decision.short == "Huế"


def test_of_each_side_the_figure_of_the_same_thing_is_taken() -> None:
    decision = decided(
        HIGHER,
        of("Huế", "Năm 2022, Huế có 61% hộ có cáp quang, 95% hộ có điện."),
        of("Lào Cai", "Năm 2022, Lào Cai có 99% hộ có điện, 48% hộ có cáp quang."),
    )
    assert [fact.text for item in decision.chosen for fact in item.facts] == ["61%", "48%"]


# --- Two years ---------------------------------------------------------------------------------


def test_each_year_gets_its_own_figure() -> None:
    decision = decided(
        "Tỷ lệ hộ có cáp quang của Huế năm 2021 và năm 2022 là bao nhiêu?",
        of("Huế", "Năm 2021, Huế có 55% hộ có cáp quang. Năm 2022, Huế có 61% hộ có cáp quang."),
    )
    assert [fact.text for item in decision.chosen for fact in item.facts] == ["55%", "61%"]
    assert decision.computed == ()


def test_the_difference_of_two_years_is_worked_out() -> None:
    decision = decided(
        "Tỷ lệ hộ có cáp quang của Huế năm 2021 và năm 2022 chênh nhau bao nhiêu điểm phần trăm?",
        "Tỷ lệ hộ có cáp quang của Huế năm 2021 đạt 55%, năm 2022 đạt 61%.",
    )
    assert decision.short == "6 điểm phần trăm"
    assert operations(decision) == {"difference": "6 điểm phần trăm"}


def test_a_year_without_figure_is_named() -> None:
    decision = decided(
        "Tỷ lệ hộ có cáp quang của Huế năm 2022 và năm 2045 là bao nhiêu?", fibre("Huế", "61%")
    )
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert (decision.missing, decision.lacking) == ("year", ("2045",))


def test_decimals_are_subtracted_exactly_and_written_the_vietnamese_way() -> None:
    decision = decided(APART, fibre("Huế", "61,3%"), fibre("Lào Cai", "48,1%"))
    assert decision.short == "13,2 điểm phần trăm"


# --- Two things --------------------------------------------------------------------------------


def test_two_things_of_one_place_are_set_against_each_other() -> None:
    text = "Tỉnh có 30% hộ dùng ví điện tử, 70% hộ dùng tiền mặt."
    question = "So sánh bao nhiêu phần trăm hộ dùng ví điện tử với hộ dùng tiền mặt?"
    decision = decided(question, text)
    assert decision.outcome is Outcome.ANSWERED
    assert {fact.text for item in decision.chosen for fact in item.facts} == {"30%", "70%"}
    assert operations(decision) == {"difference": "40 điểm phần trăm"}


def test_of_things_without_a_figure_what_is_said_is_quoted_and_nothing_computed() -> None:
    text = "Tỉnh có chợ hoa và chợ cá."
    decision = decided("Chợ hoa nhiều hơn hay chợ cá nhiều hơn?", text)
    assert quotes(decision) == [text]
    assert (decision.computed, decision.short) == ((), None)


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    "question",
    [
        "Huế và Lào Cai chênh nhau bao nhiêu trạm sạc?",
        "Số trạm sạc của Huế và Lào Cai hơn kém nhau bao nhiêu?",
        "Số trạm sạc của Huế hơn Lào Cai bao nhiêu?",
        "Huế nhiều hơn Lào Cai mấy trạm sạc?",
        "Lào Cai kém Huế bao nhiêu trạm sạc?",
    ],
)
def test_by_how_many_two_counts_differ_is_told_by_their_difference(
    question: str, write: Callable[[str], str]
) -> None:
    decision = decided(
        write(question),
        of("Huế", "Năm 2022, Huế có 1.250 trạm sạc."),
        of("Lào Cai", "Năm 2022, Lào Cai có 310 trạm sạc."),
    )
    assert decision.short == "940 trạm sạc"
    assert operations(decision)["difference"] == "940 trạm sạc"
    assert len(decision.chosen) == 2


RACE = "Năm nay tổ đỏ đua 12 thuyền, tổ vàng đua 7 thuyền, tổ xanh đua 5 thuyền."


def test_of_three_things_in_one_sentence_the_two_that_are_compared_are_taken() -> None:
    decision = decided("So sánh số thuyền của tổ đỏ với tổ xanh.", RACE)
    assert [fact.text for item in decision.chosen for fact in item.facts] == [
        "12 thuyền",
        "5 thuyền",
    ]
    assert operations(decision) == {"difference": "7 thuyền"}


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "texts", "figures"),
    [
        (
            "So sánh số thuyền của nhóm lúa với nhóm bưởi, nhóm nào đông?",
            ("Nhóm lúa đua 12 thuyền, nhóm cau đua 7 thuyền, nhóm bưởi đua 5 thuyền.",),
            {"12 thuyền", "5 thuyền"},
        ),
        (
            "So sánh số thuyền của nhóm lúa, nhóm bưởi.",
            ("Nhóm lúa đua 12 thuyền, nhóm cau đua 7 thuyền, nhóm bưởi đua 5 thuyền.",),
            {"12 thuyền", "5 thuyền"},
        ),
    ],
)
def test_the_pair_of_figures_that_tells_two_things_apart_is_taken(
    question: str, texts: tuple[str, ...], figures: set[str], write: Callable[[str], str]
) -> None:
    decision = decided(write(question), *texts)
    assert {fact.text for item in decision.chosen for fact in item.facts} == figures
    assert operations(decision) == {"difference": "7 thuyền"}


@pytest.mark.parametrize(
    "texts",
    [
        ("Nhóm lúa đua 12 thuyền.", "Nhóm bưởi đua 5 thuyền."),
        ("Nhóm lúa đua 12 thuyền, nhóm bưởi đua 12 thuyền.",),
        ("Nhóm lúa đua 12 thuyền, nhóm bưởi dùng 5 mái chèo.",),
        ("Nhóm lúa và nhóm bưởi đua 12 thuyền, nhóm cau đua 5 thuyền.",),
    ],
    ids=["two passages", "one value", "two units", "one of both"],
)
def test_figures_that_do_not_tell_two_things_apart_are_no_pair(texts: tuple[str, ...]) -> None:
    decision = decided("So sánh số thuyền của nhóm lúa, nhóm bưởi.", *texts)
    assert decision.computed == ()
    assert sum(len(item.facts) for item in decision.chosen) < 2


def undated(place: str, value: str) -> SourceDocument:
    return of(place, f"Tỷ lệ hộ có cáp quang của {place} đạt {value}.")


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize("question", [HIGHER, LOWER, APART])
@pytest.mark.parametrize(
    "documents",
    [
        (fibre("Huế", "61%"), undated("Lào Cai", "48%")),
        (undated("Huế", "61%"), fibre("Lào Cai", "48%")),
    ],
)
def test_none_leads_where_the_year_of_one_side_is_unknown(
    documents: tuple[SourceDocument, ...], question: str, write: Callable[[str], str]
) -> None:
    decision = decided(write(question), *documents)
    assert decision.outcome is Outcome.ANSWERED
    assert len(decision.chosen) == 2
    assert (decision.computed, decision.short) == ((), None)
