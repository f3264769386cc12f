"""Questions for a list: under the line that opens it, in a section, in a sentence, as rows."""

from collections.abc import Callable

import pytest

from app.answers import Outcome
from app.by_list import ITEMS, decide_list
from app.inquiry import Decision
from ingest.documents import SourceDocument
from ingest.text import fold
from tests.factories import make_bulletin, make_inquiry


def decided(question: str, *documents: SourceDocument | str) -> Decision:
    return decide_list(make_inquiry(question, *documents))


def quotes(question: str, *documents: SourceDocument | str) -> list[str]:
    return [item.quote for item in decided(question, *documents).evidence]


OPENED = (
    "Huế dự kiến mở các dịch vụ số sau đây:\n- Nộp hồ sơ qua mạng;\n- Đặt lịch khám bệnh;\n"
    "- Mượn sách điện tử.\n\nSở Tài chính lo kinh phí."
)


def test_a_line_that_opens_a_list_brings_its_items_in_their_order() -> None:
    assert quotes("Liệt kê các dịch vụ số mà Huế dự kiến mở.", OPENED) == [
        "Huế dự kiến mở các dịch vụ số sau đây:",
        "- Nộp hồ sơ qua mạng;",
        "- Đặt lịch khám bệnh;",
        "- Mượn sách điện tử.",
    ]


def test_a_long_list_is_cut_at_its_first_items() -> None:
    items = "\n".join(f"- Dịch vụ loại {letter} của huyện." for letter in "ABCDEFGHIJKLM")
    found = quotes("Liệt kê các dịch vụ số sắp mở.", f"Các dịch vụ số sắp mở gồm:\n{items}")
    assert len(found) == ITEMS + 1
    assert found[1] == "- Dịch vụ loại A của huyện."


@pytest.mark.parametrize(
    "marks", [("Một là,", "Hai là,", "Ba là,"), ("1.", "2.", "3."), ("a)", "b)", "c)")]
)
def test_numbered_items_of_one_section_belong_together(marks: tuple[str, ...]) -> None:
    works = ("kéo cáp quang tới mọi thôn", "phủ sóng di động ở bến xe", "lắp camera ở ngã tư")
    items = "\n\n".join(f"{mark} {work}." for mark, work in zip(marks, works, strict=True))
    lessons = "\n\n".join(f"{mark} {'mở lớp học nghề cho phường ' * 12}." for mark in marks)
    text = f"I. Nhiệm vụ về hạ tầng số\n\n{items}\n\nII. Nhiệm vụ về nhân lực\n\n{lessons}"
    found = quotes("Nhiệm vụ về hạ tầng số gồm những gì?", text)
    assert len(found) == 3
    assert all(work in quote for work, quote in zip(works, found, strict=True))


def test_a_sentence_that_lists_is_the_list() -> None:
    text = "Người dân dùng các dịch vụ số: nộp hồ sơ, đặt lịch khám, mượn sách. Trụ sở ở gần chợ."
    assert quotes("Người dân dùng những dịch vụ số nào?", text) == [
        "Người dân dùng các dịch vụ số: nộp hồ sơ, đặt lịch khám, mượn sách."
    ]


TARGETS = (
    "Đến năm 2025, Huế đặt mục tiêu 90% hộ có cáp quang. Đến năm 2030, Huế đặt mục tiêu 100% hộ "
    "có cáp quang. Năm 2022, Huế đã có 61% hộ có cáp quang."
)


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("Liệt kê các mục tiêu về hộ có cáp quang của Huế.", ["90%", "100%"]),
        ("Liệt kê các mục tiêu về hộ có cáp quang của Huế đến năm 2025.", ["90%"]),
        ("Liệt kê các kết quả về hộ có cáp quang mà Huế đã đạt.", ["61%"]),
    ],
)
def test_targets_and_results_are_listed_from_the_registry(question: str, values: list[str]) -> None:
    decision = decided(question, make_bulletin(TARGETS, locality="Huế"))
    assert decision.outcome is Outcome.ANSWERED
    assert [fact.text for item in decision.chosen for fact in item.facts] == values


@pytest.mark.parametrize(
    ("question", "missing", "lacking"),
    [
        ("Liệt kê các mục tiêu về hộ có cáp quang của Đà Nẵng.", "place", ("Đà Nẵng",)),
        ("Liệt kê các mục tiêu về hộ có cáp quang năm 2045.", "year", ("2045",)),
    ],
)
def test_a_list_of_another_place_or_year_is_never_given(
    question: str, missing: str, lacking: tuple[str, ...]
) -> None:
    decision = decided(question, TARGETS)
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert (decision.missing, decision.lacking, decision.chosen) == (missing, lacking, ())


def test_no_item_is_told_twice() -> None:
    found = quotes("Liệt kê các dịch vụ số mà Huế dự kiến mở.", OPENED, "Huế có chợ hoa và chợ cá.")
    assert len(set(found)) == len(found)


# --- Sentences that only count -----------------------------------------------------------------

TASKS = "Những nhiệm vụ nào được giao cho làng?"


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize("question", [TASKS, "Mấy nhiệm vụ nào được giao cho làng?"])
def test_how_many_there_are_is_no_list_of_them(question: str, write: Callable[[str], str]) -> None:
    decision = decided(write(question), "Có 14 nhiệm vụ được giao cho làng.")
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert (decision.missing, decision.chosen) == ("kind", ())


@pytest.mark.xfail(reason="'liệt kê các ...' is read without what is to be listed")
def test_how_many_there_are_is_no_list_where_one_is_ordered() -> None:
    decision = decided("Liệt kê các nhiệm vụ được giao.", "Có 14 nhiệm vụ được giao cho làng.")
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    "text",
    [
        "Có 3 nhiệm vụ được giao cho làng là quét sân, tưới cây và nuôi cá.",
        "Có 3 nhiệm vụ được giao cho làng: quét sân.",
        "Có 4 nhiệm vụ được giao cho làng, quét sân, tưới cây, nuôi cá và đan lưới.",
        "1. Có 3 nhiệm vụ được giao cho làng.",
        "Làng được giao nhiệm vụ quét sân.",
        "Làng có 14 xóm được giao nhiệm vụ quét sân.",
    ],
)
def test_a_sentence_that_names_some_counts_other_things_or_is_an_item_is_a_list(
    text: str, write: Callable[[str], str]
) -> None:
    decision = decided(write(TASKS), text)
    assert decision.outcome is Outcome.ANSWERED
    assert [item.quote for item in decision.evidence] == [text]
