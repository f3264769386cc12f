"""Questions for figures, ranks, dates and numbers of texts: the right fact, or a refusal."""

from collections.abc import Callable

import pytest

from app.answers import Outcome
from app.by_figure import decide_figures
from app.inquiry import Decision
from ingest.documents import SourceDocument
from ingest.text import fold
from tests.factories import make_bulletin, make_inquiry


def decided(question: str, *documents: SourceDocument | str) -> Decision:
    return decide_figures(make_inquiry(question, *documents))


def short(question: str, *documents: SourceDocument | str) -> str | None:
    return decided(question, *documents).short


def fibre(value: str, place: str, document_id: str, year: int = 2022) -> SourceDocument:
    text = f"Năm {year}, tỷ lệ hộ có cáp quang của {place} đạt {value}."
    return make_bulletin(text, document_id, locality=place)


# --- The right one of several ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "quote", "expected"),
    [
        (
            "Tỷ lệ hộ có cáp quang là mấy phần trăm?",
            "Có 1.200 thôn với 85,5% hộ có cáp quang trong năm 2022.",
            "85,5%",
        ),
        (
            "Tỷ lệ hồ sơ số là bao nhiêu?",
            "Hồ sơ số đạt ba mươi phần trăm vào cuối năm.",
            "ba mươi phần trăm",
        ),
        (
            "Tỉnh đặt chỉ tiêu hộ có internet bao nhiêu phần trăm?",
            "Tỉnh đặt chỉ tiêu trên 70% hộ có internet.",
            "trên 70%",
        ),
        (
            "Huế xếp thứ mấy về chỉ số DTI?",
            "Năm 2021, Huế xếp thứ 7/63 về chỉ số DTI.",
            "xếp thứ 7/63",
        ),
        (
            "Thành phố đứng thứ mấy về an toàn thông tin?",
            "Thành phố đứng đầu cả nước về an toàn thông tin.",
            "đứng đầu",
        ),
        (
            "Có bao nhiêu hồ sơ được số hóa?",
            "Năm 2022, tỉnh số hóa 1.734 hồ sơ tại 9 huyện.",
            "1.734 hồ sơ",
        ),
        ("Có mấy huyện?", "Năm 2022, tỉnh số hóa 1.734 hồ sơ tại 9 huyện.", "9 huyện"),
        (
            "Kế hoạch được ban hành ngày nào?",
            "Thành phố ban hành kế hoạch ngày 14/3/2022 để làm 5 việc.",
            "ngày 14/3/2022",
        ),
        (
            "Đề án được duyệt theo quyết định nào?",
            "Đề án được duyệt theo Quyết định 3711/QĐ-UBND ngày 8/9/2021.",
            "3711/QĐ-UBND",
        ),
        (
            "Trong 40% hộ dùng ví điện tử có bao nhiêu phần trăm ở nông thôn?",
            "Trong 40% hộ dùng ví điện tử có 15% hộ ở nông thôn.",
            "15%",
        ),
        (
            "Vĩnh Long có bao nhiêu trụ sạc?",
            "Vĩnh Long lắp thêm 52 trụ sạc ở chợ, nhờ vậy toàn tỉnh có 1.308 trụ sạc.",
            "1.308 trụ sạc",
        ),
        (
            "Kế hoạch năm 2023 ra ngày nào?",
            "Kế hoạch cho năm 2023 được ban hành ngày 26/12/2022, sau một kỳ họp.",
            "ngày 26/12/2022",
        ),
        (
            "Công ty đạt doanh thu bao nhiêu?",
            "Công ty đạt doanh thu 900 tỷ đồng, nộp thuế 80 tỷ đồng.",
            "900 tỷ đồng",
        ),
    ],
)
def test_the_piece_that_answers_is_taken_from_the_quote(
    question: str, quote: str, expected: str
) -> None:
    decision = decided(question, quote)
    assert decision.short == expected
    chosen = decision.chosen[0]
    start, end = chosen.spans[0]
    assert chosen.evidence.quote[start:end] == expected


@pytest.mark.parametrize(
    ("place", "expected"), [("Hà Nội", "30%"), ("Hải Phòng", "25%"), ("Huế", "20%")]
)
def test_of_several_figures_the_one_in_the_clause_of_the_place_is_taken(
    place: str, expected: str
) -> None:
    quote = "Kinh tế số của Hà Nội đạt 30%, của Hải Phòng đạt 25%, của Huế đạt 20%."
    assert short(f"Kinh tế số của {place} đạt bao nhiêu phần trăm?", quote) == expected


@pytest.mark.parametrize(("place", "expected"), [("Hà Nội", "30%"), ("Huế", "25%")])
def test_a_clause_without_a_place_is_about_the_place_named_before_it(
    place: str, expected: str
) -> None:
    quote = "Tại Hà Nội, kinh tế số đạt 30%; tại Huế, kinh tế số mới đạt 25%."
    assert short(f"Kinh tế số của {place} đạt bao nhiêu phần trăm?", quote) == expected


@pytest.mark.parametrize(("year", "expected"), [("2020", "7%"), ("2022", "9%")])
def test_of_several_figures_the_one_in_the_clause_of_the_year_is_taken(
    year: str, expected: str
) -> None:
    quote = "Kinh tế số năm 2020 đạt 7%, năm 2022 đạt 9%."
    assert short(f"Kinh tế số năm {year} đạt bao nhiêu phần trăm?", quote) == expected


def test_the_years_of_a_span_are_one_time() -> None:
    quote = "Giai đoạn 2021-2025, Huế chi 320 tỷ đồng cho hạ tầng số."
    question = "Giai đoạn 2021-2025 Huế chi bao nhiêu tiền cho hạ tầng số?"
    assert short(question, quote) == "320 tỷ đồng"
    assert make_inquiry(question, quote).question.sides == (("Huế", 0),)


def test_a_figure_of_the_year_is_found_beside_that_of_another() -> None:
    decision = decided(
        "Tỷ lệ hộ có cáp quang của Huế năm 2021 là bao nhiêu?",
        fibre("61%", "Huế", "a.txt"),
        fibre("55%", "Huế", "b.txt", 2021),
    )
    assert decision.short == "55%"
    assert len(decision.chosen) == 1


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        ("Huế thuộc nhóm 10 địa phương dẫn đầu về hạ tầng số.", "nhóm 10"),
        ("Huế thuộc top 10 về hạ tầng số.", "top 10"),
        ("Huế xếp vị trí thứ 7/63 về hạ tầng số.", "thứ 7/63"),
    ],
)
def test_a_rank_is_given_as_it_is_written_a_group_as_a_group(quote: str, expected: str) -> None:
    found = short("Huế xếp thứ mấy về hạ tầng số?", quote)
    assert found is not None
    assert expected in found
    assert found in quote


# --- Refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "quote", "missing", "lacking"),
    [
        ("Hà Nội đạt mấy phần trăm?", "Hà Nội tiến lên, Hải Phòng đạt 25%.", "place", ("Hà Nội",)),
        ("Huế đạt mấy phần trăm?", "Kinh tế số của Lào Cai đạt 25%.", "place", ("Huế",)),
        ("Năm 2025 đạt mấy phần trăm?", "Năm 2025 là hạn chót, năm 2030 đạt 40%.", "year", None),
        ("Kinh tế số năm 2025 đạt mấy phần trăm?", "Kinh tế số đạt 40%.", "year", ("2025",)),
        ("Hà Nội đạt mấy phần trăm?", "Hà Nội có 30 khu công nghệ số.", "kind", ()),
        ("Theo quyết định nào?", "Hà Nội đạt 30% vào năm 2025.", "kind", ()),
        ("Kế hoạch ra ngày nào?", "Kế hoạch được ban hành năm 2022.", "kind", ()),
        ("Có bao nhiêu trạm sạc?", "Huế lắp trạm sạc ở các chợ.", "kind", ()),
        (
            "Huế đã đạt bao nhiêu phần trăm hộ có cáp quang?",
            "Huế đặt mục tiêu đến năm 2025 có 90% hộ có cáp quang.",
            "aim",
            (),
        ),
        (
            "Nghị quyết 22/NQ-HĐND ban hành ngày nào?",
            "Tỉnh ban hành Nghị quyết số 21/NQ-HĐND ngày 5/3/2031 về chợ.",
            "legal",
            (),
        ),
    ],
)
def test_a_figure_of_another_slot_is_never_given_and_the_slot_is_named(
    question: str, quote: str, missing: str, lacking: tuple[str, ...] | None
) -> None:
    decision = decided(question, quote)
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert decision.missing == missing
    assert decision.lacking == (("2025",) if lacking is None else lacking)
    assert (decision.chosen, decision.short) == ((), None)
    assert [item.quote for item in decision.related] == [quote]


def test_a_figure_that_the_question_states_itself_is_not_given_back() -> None:
    assert short("Ngoài 40% hộ, còn bao nhiêu phần trăm?", "Có 40% hộ dùng ví điện tử.") is None


# --- Several parts -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "quote", "expected"),
    [
        (
            "Tỉnh có bao nhiêu trạm sạc và bao nhiêu thư viện?",
            "Tỉnh có 52 trạm sạc, 9 thư viện và 1.734 điểm phát wifi.",
            ["52 trạm sạc", "9 thư viện"],
        ),
        (
            "Có bao nhiêu trường tham gia và chiếm bao nhiêu phần trăm?",
            "Có 120 trường tham gia, chiếm 85% số trường của tỉnh.",
            ["120 trường", "85%"],
        ),
        (
            "Đề án được duyệt theo quyết định nào, ngày nào?",
            "Đề án được duyệt theo Quyết định 3711/QĐ-UBND ngày 8/9/2021.",
            ["3711/QĐ-UBND", "ngày 8/9/2021"],
        ),
    ],
)
def test_each_part_of_a_question_gets_its_own_figure(
    question: str, quote: str, expected: list[str]
) -> None:
    chosen = decided(question, quote, "Hội thảo diễn ra ngày 3/4/2022 với 7 thư viện.").chosen
    assert [fact.text for item in chosen for fact in item.facts] == expected


def test_parts_in_two_sentences_are_quoted_from_both() -> None:
    text = "Tỉnh có 52 trạm sạc ở chợ. Tỉnh xếp thứ 7/63 về chỉ số hạ tầng."
    decision = decided("Tỉnh có mấy trạm sạc và xếp thứ mấy về chỉ số hạ tầng?", text)
    assert [fact.text for item in decision.chosen for fact in item.facts] == [
        "52 trạm sạc",
        "xếp thứ 7/63",
    ]
    assert len(decision.chosen) == 2


def test_a_part_that_the_documents_lack_does_not_hide_the_other() -> None:
    decision = decided("Tỉnh có mấy trạm sạc và xếp thứ mấy?", "Tỉnh có 52 trạm sạc ở chợ.")
    assert (decision.outcome, decision.short) == (Outcome.ANSWERED, "52 trạm sạc")


# --- Rivals and conflicts ----------------------------------------------------------------------

UNPLACED = "Tỷ lệ hộ có cáp quang đạt bao nhiêu phần trăm?"


def test_of_figures_of_several_places_the_question_is_asked_back() -> None:
    decision = decided(UNPLACED, fibre("61%", "Huế", "a.txt"), fibre("48%", "Lào Cai", "b.txt"))
    assert decision.outcome is Outcome.NEEDS_CLARIFICATION
    assert set(decision.lacking) == {"Huế", "Lào Cai"}
    assert set(decision.choices) == {
        "Tỷ lệ hộ có cáp quang đạt bao nhiêu phần trăm ở Huế?",
        "Tỷ lệ hộ có cáp quang đạt bao nhiêu phần trăm ở Lào Cai?",
    }
    assert (decision.chosen, decision.short) == ((), None)


def test_a_place_that_is_named_needs_no_asking_back() -> None:
    decision = decided(
        "Tỷ lệ hộ có cáp quang ở Lào Cai đạt bao nhiêu phần trăm?",
        fibre("61%", "Huế", "a.txt"),
        fibre("48%", "Lào Cai", "b.txt"),
    )
    assert (decision.outcome, decision.short) == (Outcome.ANSWERED, "48%")


@pytest.mark.parametrize("other", ["Năm 2022, Lào Cai có 9 chợ.", "Lào Cai có 48% hộ nuôi cá."])
def test_another_thing_of_another_place_asks_nothing_back(other: str) -> None:
    decision = decided(UNPLACED, fibre("61%", "Huế", "a.txt"), make_bulletin(other, "b.txt"))
    assert (decision.outcome, decision.short) == (Outcome.ANSWERED, "61%")


NAMED = "Tỷ lệ hộ có cáp quang của Huế năm 2022 đạt bao nhiêu phần trăm?"


def test_documents_that_differ_are_both_shown() -> None:
    decision = decided(NAMED, fibre("61%", "Huế", "a.txt"), fibre("63%", "Huế", "b.txt"))
    assert decision.outcome is Outcome.ANSWERED
    assert {fact.text for item in decision.chosen for fact in item.facts} == {"61%", "63%"}


@pytest.mark.parametrize(
    "other",
    [fibre("61%", "Huế", "b.txt"), fibre("55%", "Huế", "b.txt", 2021), "Huế có 63% hộ nuôi cá."],
)
def test_documents_that_agree_or_speak_of_another_thing_are_no_conflict(
    other: SourceDocument | str,
) -> None:
    decision = decided(NAMED, fibre("61%", "Huế", "a.txt"), other)
    assert [fact.text for item in decision.chosen for fact in item.facts] == ["61%"]


# --- What is refused or asked back -------------------------------------------------------------


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Làng có tổng cộng bao nhiêu trạm sạc?", "Làng lắp thêm 1.000 trạm sạc.", None),
        ("Làng có bao nhiêu trạm sạc?", "Làng có 1.000 trạm sạc mới.", None),
        ("Tổng cộng làng lắp mới bao nhiêu trạm sạc?", "Làng lắp mới 1.000 trạm sạc.", None),
        ("Làng lắp thêm bao nhiêu trạm sạc?", "Làng lắp thêm 1.000 trạm sạc.", "1.000 trạm sạc"),
        ("Làng có mấy phần trăm hộ dùng mạng?", "Làng mới đạt 25% hộ dùng mạng.", "25%"),
        ("Làng có mấy phần trăm hộ dùng mạng?", "Làng mới chỉ có 25% hộ dùng mạng.", "25%"),
    ],
)
def test_a_rise_is_no_level(
    question: str, text: str, expected: str | None, write: Callable[[str], str]
) -> None:
    decision = decided(write(question), text)
    assert decision.short == expected
    assert decision.missing == (None if expected else "topic")


TARGETS = (
    "Đến năm 2031, làng phấn đấu 90% hộ có cáp quang. Đến năm 2031, làng phấn đấu 70% hồ sơ nộp "
    "qua mạng."
)


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    "question", ["Mục tiêu năm 2031 là bao nhiêu?", "Bao nhiêu phần trăm?", "Là mấy phần trăm?"]
)
def test_a_question_that_says_of_nothing_is_asked_back(
    question: str, write: Callable[[str], str]
) -> None:
    decision = decided(write(question), TARGETS)
    assert decision.outcome is Outcome.NEEDS_CLARIFICATION
    assert decision.missing == "topic"
    assert len(decision.choices) == 2
    assert any("cáp quang" in choice for choice in decision.choices)
    assert any("nộp qua mạng" in choice for choice in decision.choices)


@pytest.mark.parametrize("write", [str, fold])
def test_nothing_is_asked_back_where_one_thing_is_named_or_only_one_is_told(
    write: Callable[[str], str],
) -> None:
    named = decided(write("Mục tiêu cáp quang năm 2031 là bao nhiêu?"), TARGETS)
    assert named.short == "90%"
    only = decided(write("Mục tiêu năm 2031 là bao nhiêu?"), TARGETS.split(". ")[0] + ".")
    assert only.short == "90%"
