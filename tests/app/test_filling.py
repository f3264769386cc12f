"""The slots of a question that evidence must fill, and what a refusal names."""

from dataclasses import replace

import pytest

from app.answers import Outcome
from app.evidence import Evidence
from app.filling import (
    checks,
    fits_aim,
    fits_place,
    fits_year,
    is_about_legal,
    is_about_place,
    is_about_year,
    is_of_article,
    passing,
    refused,
)
from app.inquiry import Slot
from tests.factories import (
    make_asked,
    make_evidence,
    make_inquiry,
    make_passage,
    make_question,
)

HUE = "Huế có nhiều chợ vào năm 2025."
LAO_CAI = "Lào Cai có nhiều chợ vào năm 2025."


def last(text: str, **changes: object) -> Evidence:
    passage = make_passage(text, **({"locality": None} | changes))
    return Evidence(passage, passage.sentences[-1], 1.0, 1.0, 0.95)


# --- Places ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "place", "expected"),
    [
        ("Thủ đô đi đầu. Kinh tế số đạt 30%.", "Hà Nội", True),
        ("Hải Phòng đi đầu. Kinh tế số đạt 30%.", "Hải Phòng", True),
        ("Hà Nội đi đầu. Hải Phòng theo sau. Kinh tế số đạt 30%.", "Hải Phòng", True),
        ("Hà Nội đi đầu. Hải Phòng theo sau. Kinh tế số đạt 30%.", "Hà Nội", False),
        ("Hà Nội và Huế đi đầu. Mọi nơi theo sau. Kinh tế số đạt 30%.", "Hà Nội", True),
    ],
)
def test_a_sentence_without_a_place_is_about_that_of_the_last_one_naming_any(
    text: str, place: str, expected: bool
) -> None:
    assert is_about_place(last(text), place) is expected


def test_a_sentence_that_no_place_stands_before_is_about_its_documents_locality() -> None:
    item = make_evidence("Kinh tế số đạt 30%.", locality="Hà Nội")
    assert is_about_place(item, "Hà Nội")
    assert not is_about_place(item, "Huế")


@pytest.mark.parametrize("locality", [None, "Hà Nội"])
def test_a_sentence_that_names_another_place_is_about_that_alone(locality: str | None) -> None:
    item = make_evidence("Hải Phòng có 5 chợ.", locality=locality)
    assert not is_about_place(item, "Hà Nội")
    assert is_about_place(item, "Hải Phòng")


def test_a_place_named_in_another_paragraph_does_not_count() -> None:
    assert not is_about_place(last("Hải Phòng theo sau rất sát.\nSố chợ là 30."), "Hải Phòng")


# --- Years -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("Năm 2022, Hà Nội bắt đầu. Kinh tế số đạt 9%.", 2022, True),
        ("Năm 2021 là 7%. Năm 2022 tăng lên. Kinh tế số đạt 9%.", 2022, True),
        ("Năm 2021 là 7%. Năm 2022 tăng lên. Kinh tế số đạt 9%.", 2021, False),
        ("Giai đoạn 2021 - 2025 tăng lên. Kinh tế số đạt 9%.", 2025, True),
        ("Kế hoạch ra ngày 5/3/2023. Kinh tế số đạt 9%.", 2023, True),
        ("Theo Nghị quyết 20/2025/QH15, năm 2030 đạt 40%.", 2025, False),
        ("Có 2.025 dự án, năm 2030 đạt 40%.", 2025, False),
        ("Kinh tế số chiếm 40%.", 2025, False),
    ],
)
def test_a_sentence_without_a_year_is_about_that_of_the_last_one_naming_any(
    text: str, year: int, expected: bool
) -> None:
    assert is_about_year(last(text), year) is expected


def test_the_year_of_the_heading_counts_where_the_paragraph_names_none() -> None:
    plain = last("Kinh tế số đạt 9%.")
    item = replace(plain, passage=replace(plain.passage, heading=("Kết quả năm 2022",)))
    assert is_about_year(item, 2022)
    assert not is_about_year(item, 2023)


# --- Legal documents ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Nghị quyết 21/NQ-HĐND nói gì?", "Tỉnh ban hành Nghị quyết 21/NQ-HĐND về chợ.", True),
        ("Nghị quyết 22/NQ-HĐND nói gì?", "Tỉnh ban hành Nghị quyết 21/NQ-HĐND về chợ.", False),
        ("Nghị quyết nói gì?", "Tỉnh ban hành Nghị quyết 21/NQ-HĐND về chợ.", True),
        ("Nghị quyết 21/NQ-HĐND nói gì?", "Có Nghị quyết 21/NQ-HĐND. Chợ được sửa.", True),
    ],
)
def test_a_sentence_must_speak_of_the_legal_document_that_is_named(
    question: str, text: str, expected: bool
) -> None:
    asked = make_question(question, asked=make_asked("text"))
    assert is_about_legal(asked, last(text)) is expected


@pytest.mark.parametrize(("kind", "expected"), [("date", False), ("who", False), ("text", True)])
def test_when_and_by_whom_is_told_only_where_the_legal_document_is_named(
    kind: str, expected: bool
) -> None:
    asked = make_question("Nghị quyết 21/NQ-HĐND?", asked=make_asked(kind))  # type: ignore[arg-type]
    passage = make_passage("Hội nghị họp ngày 3/4/2022. Rồi có Nghị quyết 21/NQ-HĐND.")
    first = Evidence(passage, passage.sentences[0], 1.0, 1.0, 0.95)
    assert is_about_legal(asked, first) is expected


def test_a_document_that_is_the_legal_one_itself_need_not_name_it_in_the_sentence() -> None:
    asked = make_question("Kế hoạch 777/KH-UBND nói gì?", asked=make_asked("text"))
    assert is_about_legal(asked, last("Chợ được sửa.", number="777/KH-UBND"))
    assert not is_about_legal(asked, last("Chợ được sửa.", number="778/KH-UBND"))


# --- Checks and refusals -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("places", "years", "missing"),
    [
        ((), (), None),
        (("Huế",), (2025,), None),
        (("Đà Nẵng",), (2025,), "place"),
        (("Huế",), (2045,), "year"),
        (("Đà Nẵng",), (2045,), "place"),
    ],
)
def test_the_first_slot_that_nothing_fills_is_told(
    places: tuple[str, ...], years: tuple[int, ...], missing: Slot | None
) -> None:
    items = [make_evidence(HUE, locality=None), make_evidence(LAO_CAI, locality=None, topic=0.9)]
    kept, slot = passing(items, checks(make_question(), places, years), {})
    assert slot == missing
    assert bool(kept) == (missing is None)


def test_only_what_fills_all_slots_is_kept() -> None:
    hue, lao_cai = make_evidence(HUE, locality=None), make_evidence(LAO_CAI, locality=None)
    assert passing([lao_cai, hue], checks(make_question(), ("Huế",), (2025,)), {}) == ([hue], None)


def test_what_fills_a_slot_but_is_far_from_the_thing_asked_does_not_count() -> None:
    near = make_evidence(LAO_CAI, locality=None, topic=1.0)
    far = make_evidence(HUE, locality=None, topic=0.2)
    wanted = checks(make_question(), ("Huế",), ())
    assert passing([near, far], wanted, {"place": 0.5}) == ([], "place")
    assert passing([near, far], wanted, {"place": 0.1}) == ([far], None)


@pytest.mark.parametrize(
    ("missing", "lacking"),
    [("place", ("Huế", "Đà Nẵng")), ("year", ("2045",)), ("kind", ()), ("topic", ())],
)
def test_a_refusal_names_what_is_lacking_and_keeps_the_two_nearest_sentences(
    missing: Slot, lacking: tuple[str, ...]
) -> None:
    inquiry = make_inquiry("Chợ?", "Huế có chợ hoa. Lào Cai có chợ đêm. Hà Nội có chợ cá.")
    decision = refused(inquiry, missing, ["Huế", "Đà Nẵng", "Huế"], [2045])
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert (decision.missing, decision.lacking) == (missing, lacking)
    assert decision.related == inquiry.ranked[:2]
    assert (decision.chosen, decision.short, decision.computed) == ((), None, ())


# --- Figures -----------------------------------------------------------------------------------


def test_a_figure_fits_its_own_place_and_year_only() -> None:
    inquiry = make_inquiry("Chợ?", "Năm 2022, Huế có 30% chợ số, năm 2023 Lào Cai có 40% chợ số.")
    hue, lao_cai = (fact for fact in inquiry.facts if fact.kind == "percent")
    assert fits_place(hue, ("Huế",))
    assert not fits_place(lao_cai, ("Huế",))
    assert fits_place(lao_cai, ())
    assert fits_year(hue, (2022,))
    assert not fits_year(lao_cai, (2022,))
    assert fits_year(lao_cai, ())


def test_a_figure_of_no_year_fits_no_year_that_is_asked_for() -> None:
    (fact,) = make_inquiry("Chợ?", "Huế có 30% chợ số.").facts
    assert not fits_year(fact, (2022,))


def test_a_target_of_the_registry_does_not_fit_a_question_for_results() -> None:
    text = "Huế đặt mục tiêu đến năm 2025 có 90% hộ có cáp quang."
    (fact,) = [one for one in make_inquiry("Chợ?", text).facts if one.kind == "percent"]
    target, result = replace(make_asked("percent"), aim="target"), make_asked("percent")
    result = replace(result, aim="result")
    assert fits_aim(fact, make_question(asked=target))
    assert not fits_aim(fact, make_question(asked=result))
    assert fits_aim(fact, make_question(asked=make_asked("percent")))


# --- Articles ----------------------------------------------------------------------------------

OF_LAW = "Khoản 2 Điều 34 của Luật Thuyền buồm nói gì?"
OF_DECREE = "Điều 34 Nghị định thuyền buồm nói gì?"
OF_ANY = "Điều 34 nói gì?"
LAW, DECREE = "Luật Thuyền buồm", "Nghị định thuyền buồm"
ARTICLE = "Điều 34. Thuyền phải có đèn."


@pytest.mark.parametrize(
    ("question", "text", "heading", "title", "expected"),
    [
        (OF_LAW, ARTICLE, "", LAW, True),
        (OF_LAW, "Thuyền phải có đèn.", "Điều 34. Đèn", LAW, True),
        (OF_LAW, "Thuyền phải có đèn.", "Điều 35. Đèn", LAW, False),
        (OF_LAW, "Điều 340. Thuyền phải có đèn.", "", LAW, False),
        (OF_LAW, ARTICLE, "", DECREE, False),
        (OF_DECREE, ARTICLE, "", DECREE, True),
        (OF_DECREE, ARTICLE, "", LAW, False),
        (OF_ANY, ARTICLE, "", LAW, True),
        (OF_ANY, ARTICLE, "", DECREE, True),
        (OF_ANY, "Thuyền phải có đèn.", "", LAW, False),
        (OF_LAW, "Sửa Điều 34 Luật Thuyền buồm như sau.", "", DECREE, True),
        (OF_LAW, "Sửa Điều 34 như sau.", "", DECREE, False),
        (OF_LAW, "Theo Điều 34 của Luật Thuyền buồm, phải có đèn.", "", DECREE, False),
        (OF_LAW, "Theo khoản 2 Điều 34 Luật Thuyền buồm, phải có đèn.", "", DECREE, False),
        (OF_DECREE, "Sửa Điều 34 Luật Thuyền buồm như sau.", "", "Quyết định", False),
        ("Thuyền buồm là gì?", "Thuyền phải có đèn.", "", LAW, True),
    ],
)
def test_an_article_is_that_of_the_law_that_is_named(
    question: str, text: str, heading: str, title: str, expected: bool
) -> None:
    item = make_evidence(text, title=title)
    item = replace(item, passage=replace(item.passage, heading=(heading,) if heading else ()))
    assert is_of_article(make_question(question), item) is expected


@pytest.mark.parametrize(
    ("question", "number", "expected"),
    [
        ("Nghị định 13/2031 nói gì?", "13/2031/NĐ-CP", True),
        ("Nghị định 13 năm 2031 nói gì?", "13/2031/NĐ-CP", True),
        ("Nghị định 13 nói gì?", "13/2031/NĐ-CP", True),
        ("Nghị quyết 20 năm 2031 nói gì?", "20-NQ/TW", True),
        ("Nghị định 13/2032 nói gì?", "13/2031/NĐ-CP", False),
        ("Quyết định 13/2031 nói gì?", "13/2031/NĐ-CP", False),
    ],
)
def test_a_document_is_named_by_its_number_with_or_without_its_year(
    question: str, number: str, expected: bool
) -> None:
    asked = make_question(question, asked=make_asked("text"))
    assert is_about_legal(asked, last("Chợ được sửa.", number=number)) is expected
    assert is_about_legal(asked, last(f"Theo {number}, chợ được sửa.")) is expected
