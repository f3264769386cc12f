"""How a question ends: every slot filled, or refused by the slot that is empty."""

import pytest

from app.answers import Outcome
from app.deciding import Decision, decide, is_about_place, is_about_year, likeness
from app.evidence import Evidence
from app.questions import Question
from tests.factories import make_evidence, make_passage, make_question

# Below every likeness of the factory's evidence (cosine 0.95 + 0.1 x coverage 1).
SCOPE = 0.9
HA_NOI_2025 = "Hà Nội phấn đấu kinh tế số chiếm 30% GRDP vào năm 2025."
HA_NOI_2030 = "Hà Nội hướng tới kinh tế số chiếm 40% GRDP vào năm 2030."
HAI_PHONG_2025 = "Hải Phòng phấn đấu kinh tế số chiếm 25% GRDP vào năm 2025."


def decided(question: Question, *ranked: Evidence) -> Decision:
    return decide(question, ranked, SCOPE)


def of_place(text: str, locality: str, topic: float = 1.0) -> Evidence:
    return make_evidence(text, topic=topic, document_id=f"{locality}.txt", locality=locality)


def second_sentence(text: str, **changes: object) -> Evidence:
    return make_evidence(text, sentence=1, **changes)


# --- Answered ----------------------------------------------------------------------------------


def test_evidence_that_fills_every_slot_is_the_answer() -> None:
    best = make_evidence(HA_NOI_2025)
    question = make_question(places=("Hà Nội",), years=(2025,), kind="percent")
    assert decided(question, best) == Decision(Outcome.ANSWERED, (best,))


def test_the_best_evidence_that_fills_the_slots_is_quoted_not_the_best_of_all() -> None:
    nearest = of_place(HA_NOI_2030, "Hà Nội", topic=1.0)
    fitting = of_place(HA_NOI_2025, "Hà Nội", topic=0.9)
    question = make_question(places=("Hà Nội",), years=(2025,), kind="percent")
    assert decided(question, nearest, fitting).evidence == (fitting,)


def test_only_evidence_that_is_as_near_as_the_best_is_quoted_beside_it() -> None:
    best = make_evidence(HA_NOI_2025, topic=1.0)
    near = make_evidence("Tỷ trọng kinh tế số của Hà Nội năm 2025 đạt 30%.", topic=0.95)
    far = make_evidence("Hà Nội có 30% hồ sơ số năm 2025.", topic=0.8)
    assert decided(make_question(kind="percent"), best, near, far).evidence == (best, near)


def test_at_most_three_sentences_are_quoted_for_a_plain_question() -> None:
    ranked = [make_evidence(f"Hà Nội có 30% hồ sơ loại {letter}.") for letter in "ABCDE"]
    assert decided(make_question(kind="percent"), *ranked).evidence == tuple(ranked[:3])


def test_a_list_is_gathered_from_the_best_passage_up_to_six_sentences() -> None:
    passage = make_passage(" ".join(f"Nhiệm vụ {letter} thuộc về số hóa." for letter in "ABCDEFGH"))
    own = [Evidence(passage, one, 1.0, 1.0, 0.95) for one in passage.sentences]
    other = make_evidence("Nhiệm vụ khác ở một nơi khác.", document_id="b.txt")
    decision = decided(make_question(kind="list"), own[0], other, *own[1:])
    assert decision.evidence == tuple(own[:6])


# --- Each empty slot ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("slots", "missing", "lacking"),
    [
        ({"places": ("Đà Nẵng",)}, "place", ("Đà Nẵng",)),
        ({"years": (2030,)}, "year", ("2030",)),
        ({"kind": "rank"}, "kind", ()),
        ({"kind": "legal"}, "kind", ()),
        ({"places": ("Hà Nội",), "years": (2045,)}, "year", ("2045",)),
        ({"places": ("Hà Nội",), "years": (2025,), "kind": "rank"}, "kind", ()),
    ],
)
def test_an_empty_slot_refuses_and_is_named_with_the_nearest_evidence(
    slots: dict[str, object], missing: str, lacking: tuple[str, ...]
) -> None:
    best = make_evidence(HA_NOI_2025)
    second = make_evidence("Hà Nội có nhiều doanh nghiệp số vào năm 2025.", topic=0.7)
    third = make_evidence("Hà Nội mở nhiều lớp học vào năm 2025.", topic=0.6)
    decision = decided(make_question(**slots), best, second, third)
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert decision.missing == missing
    assert decision.lacking == lacking
    assert decision.evidence == ()
    assert decision.related == (best, second)


@pytest.mark.parametrize(
    ("kind", "without", "with_it"),
    [
        ("percent", "Kinh tế số của Hà Nội tăng nhanh.", "Kinh tế số của Hà Nội đạt 12,5%."),
        ("percent", "Hà Nội có 30 lớp học số.", "Hà Nội đạt ba mươi phần trăm kế hoạch."),
        ("rank", "Chỉ số DTI của Hà Nội tăng.", "Chỉ số DTI của Hà Nội xếp thứ 24/63."),
        ("rank", "Chỉ số DTI của Hà Nội tăng.", "Hà Nội dẫn đầu cả nước về chỉ số DTI."),
        ("count", "Hà Nội lắp trạm phát sóng.", "Hà Nội lắp 1.250 trạm phát sóng."),
        ("count", "Hà Nội lắp trạm phát sóng.", "Hà Nội lắp hai trăm trạm phát sóng."),
        ("date", "Hà Nội đã ban hành kế hoạch.", "Hà Nội ban hành kế hoạch ngày 5/3/2023."),
        ("legal", "Hà Nội đã ban hành kế hoạch.", "Hà Nội ban hành kế hoạch 239/KH-UBND."),
    ],
)
def test_a_sentence_answers_only_with_the_kind_of_figure_asked_for(
    kind: str, without: str, with_it: str
) -> None:
    question = make_question(kind=kind)
    assert decided(question, make_evidence(without)).missing == "kind"
    assert decided(question, make_evidence(with_it)).outcome is Outcome.ANSWERED


def test_a_sentence_far_from_the_thing_asked_does_not_fill_a_slot() -> None:
    nearest = make_evidence("Kinh tế số của Hà Nội tăng nhanh.", topic=1.0)
    far = make_evidence("Hà Nội có 30% cán bộ nữ.", topic=0.3)
    decision = decided(make_question(kind="percent"), nearest, far)
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert decision.missing == "kind"


# --- Another place's, another year's figure ----------------------------------------------------


@pytest.mark.parametrize(
    ("text", "locality"),
    [
        (HAI_PHONG_2025, None),
        (HAI_PHONG_2025, "Hà Nội"),
        ("Kinh tế số chiếm 25% GRDP vào năm 2025.", "Hải Phòng"),
        ("Kinh tế số chiếm 25% GRDP vào năm 2025.", None),
    ],
)
def test_another_places_figure_is_never_given(text: str, locality: str | None) -> None:
    question = make_question(places=("Hà Nội",), kind="percent")
    decision = decided(question, make_evidence(text, locality=locality))
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert decision.missing == "place"


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
    passage = make_passage(text, locality=None)
    last = Evidence(passage, passage.sentences[-1], 1.0, 1.0, 0.95)
    assert is_about_place(last, place) is expected


def test_a_sentence_that_no_place_stands_before_is_about_its_documents_locality() -> None:
    item = make_evidence("Kinh tế số đạt 30%.", locality="Hà Nội")
    assert is_about_place(item, "Hà Nội")
    assert not is_about_place(item, "Huế")


def test_a_place_named_in_another_paragraph_does_not_count() -> None:
    item = second_sentence("Hải Phòng theo sau rất sát.\nKinh tế số đạt 30%.", locality=None)
    assert not is_about_place(item, "Hải Phòng")


@pytest.mark.parametrize(
    "text",
    [
        HA_NOI_2030,
        "Theo Nghị quyết 20/2025/QH15, năm 2030 Hà Nội đạt 40%.",
        "Có 2.025 dự án, năm 2030 Hà Nội đạt 40%.",
        "Kinh tế số của Hà Nội chiếm 40%.",
    ],
)
def test_another_years_figure_is_never_given(text: str) -> None:
    question = make_question(places=("Hà Nội",), years=(2025,), kind="percent")
    decision = decided(question, make_evidence(text))
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert decision.missing == "year"


@pytest.mark.parametrize(
    ("text", "year", "expected"),
    [
        ("Năm 2022, Hà Nội bắt đầu. Kinh tế số đạt 9%.", 2022, True),
        ("Năm 2021 là 7%. Năm 2022 tăng lên. Kinh tế số đạt 9%.", 2022, True),
        ("Năm 2021 là 7%. Năm 2022 tăng lên. Kinh tế số đạt 9%.", 2021, False),
        ("Giai đoạn 2021 - 2025 tăng lên. Kinh tế số đạt 9%.", 2025, True),
        ("Kế hoạch ra ngày 5/3/2023. Kinh tế số đạt 9%.", 2023, True),
    ],
)
def test_a_sentence_without_a_year_is_about_that_of_the_last_one_naming_any(
    text: str, year: int, expected: bool
) -> None:
    passage = make_passage(text)
    last = Evidence(passage, passage.sentences[-1], 1.0, 1.0, 0.95)
    assert is_about_year(last, year) is expected


def test_the_year_of_the_heading_counts_where_the_paragraph_names_none() -> None:
    passage = make_passage("Kinh tế số đạt 9%.")
    headed = type(passage)(
        passage.document, 0, passage.text, 0, passage.sentences, heading=("Kết quả năm 2022",)
    )
    item = Evidence(headed, headed.sentences[0], 1.0, 1.0, 0.95)
    assert is_about_year(item, 2022)
    assert not is_about_year(item, 2023)


# --- Premises ----------------------------------------------------------------------------------


def test_a_percentage_that_the_evidence_contradicts_is_corrected() -> None:
    best = make_evidence(HA_NOI_2025)
    question = make_question(
        "Vì sao Hà Nội đặt mục tiêu kinh tế số 45% năm 2025?", places=("Hà Nội",), years=(2025,)
    )
    assert decided(question, best) == Decision(Outcome.PREMISE_CORRECTED, (best,))


@pytest.mark.parametrize("written", ["30%", "30 %", "30 phần trăm"])
def test_a_percentage_that_the_evidence_states_is_no_wrong_premise(written: str) -> None:
    question = make_question(
        f"Hà Nội đặt mục tiêu kinh tế số {written} năm 2025 phải không?",
        places=("Hà Nội",),
        years=(2025,),
        kind="yes_no",
    )
    assert decided(question, make_evidence(HA_NOI_2025)).outcome is Outcome.ANSWERED


def test_another_places_percentage_corrects_no_premise() -> None:
    question = make_question("Hà Nội đạt 45% kinh tế số phải không?", places=("Hà Nội",))
    decision = decided(question, make_evidence(HAI_PHONG_2025))
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS


def test_a_legal_document_given_to_the_wrong_place_is_corrected() -> None:
    naming = of_place("Hà Nội ban hành Kế hoạch số 777/KH-UBND.", "Hà Nội")
    question = make_question(
        "Kế hoạch 777/KH-UBND của Hải Phòng nói về việc gì?", places=("Hải Phòng",)
    )
    assert decided(question, naming) == Decision(Outcome.PREMISE_CORRECTED, (naming,))


def test_a_legal_document_of_the_place_asked_about_is_no_wrong_premise() -> None:
    naming = of_place("Hà Nội ban hành Kế hoạch số 777/KH-UBND.", "Hà Nội")
    question = make_question("Kế hoạch 777/KH-UBND của Hà Nội nói gì?", places=("Hà Nội",))
    assert decided(question, naming).outcome is Outcome.ANSWERED


# --- Several places and years ------------------------------------------------------------------


def test_each_of_several_places_gets_one_sentence_of_its_own() -> None:
    first = of_place(HA_NOI_2025, "Hà Nội")
    again = of_place(HA_NOI_2030, "Hà Nội", topic=0.98)
    second = of_place(HAI_PHONG_2025, "Hải Phòng", topic=0.9)
    question = make_question(places=("Hải Phòng", "Hà Nội"), kind="comparison")
    decision = decided(question, first, again, second)
    assert decision == Decision(Outcome.ANSWERED, (second, first))


def test_each_of_several_years_gets_one_sentence_of_its_own() -> None:
    later, earlier = make_evidence(HA_NOI_2030), make_evidence(HA_NOI_2025, topic=0.9)
    question = make_question(places=("Hà Nội",), years=(2025, 2030), kind="percent")
    assert decided(question, later, earlier).evidence == (earlier, later)


def test_a_sentence_that_serves_two_sides_is_quoted_once() -> None:
    both = make_evidence("Năm 2025, Hà Nội đạt 30%, Hải Phòng đạt 25%.")
    question = make_question(places=("Hà Nội", "Hải Phòng"), kind="comparison")
    assert decided(question, both).evidence == (both,)


@pytest.mark.parametrize(
    ("slots", "missing", "lacking"),
    [
        ({"places": ("Hà Nội", "Đà Nẵng"), "kind": "comparison"}, "place", ("Đà Nẵng",)),
        ({"years": (2025, 2045), "kind": "percent"}, "year", ("2045",)),
    ],
)
def test_a_side_without_evidence_refuses_and_only_that_side_is_named(
    slots: dict[str, object], missing: str, lacking: tuple[str, ...]
) -> None:
    best = of_place(HA_NOI_2025, "Hà Nội")
    decision = decided(make_question(**slots), best)
    assert decision.outcome is Outcome.NOT_IN_DOCUMENTS
    assert (decision.missing, decision.lacking) == (missing, lacking)
    assert decision.related == (best,)


# --- Out of scope ------------------------------------------------------------------------------


def test_nothing_found_is_out_of_scope() -> None:
    assert decided(make_question()).outcome is Outcome.OUT_OF_SCOPE


def test_small_talk_is_out_of_scope_whatever_was_found() -> None:
    question = make_question("Xin chào", small_talk="greeting")
    assert decided(question, make_evidence(HA_NOI_2025)).outcome is Outcome.OUT_OF_SCOPE


@pytest.mark.parametrize(
    ("limit", "outcome"), [(1.04, Outcome.ANSWERED), (1.06, Outcome.OUT_OF_SCOPE)]
)
def test_a_question_like_nothing_in_the_documents_is_out_of_scope(
    limit: float, outcome: Outcome
) -> None:
    item = make_evidence(HA_NOI_2025)
    assert likeness([item]) == pytest.approx(1.05)
    assert decide(make_question(), [item], limit).outcome is outcome


def test_a_question_out_of_scope_has_no_related_evidence() -> None:
    decision = decide(make_question(), [make_evidence(HA_NOI_2025)], 1.5)
    assert decision.related == ()
    assert decision.evidence == ()


def test_a_legal_document_that_the_question_names_must_be_the_one_quoted() -> None:
    item = make_evidence("Tỉnh ban hành Nghị quyết số 21/NQ-HĐND ngày 5/3/2031 về hạ tầng số.")
    asked = make_question("Nghị quyết 22/NQ-HĐND ban hành ngày nào?", kind="date")
    decision = decide(asked, [item], -1.0)
    assert (decision.outcome, decision.missing) == (Outcome.NOT_IN_DOCUMENTS, "legal")
    same = make_question("Nghị quyết 21/NQ-HĐND ban hành ngày nào?", kind="date")
    assert decide(same, [item], -1.0).outcome is Outcome.ANSWERED


def test_a_figure_is_not_given_from_a_sentence_too_unlike_the_question() -> None:
    item = make_evidence("Tỉnh có 40% hộ dùng nước sạch.", topic=1.0)
    asked = make_question("Bao nhiêu phần trăm hộ có internet?", kind="percent")
    assert decide(asked, [item], -1.0, figure_likeness=1.5).missing == "topic"
    assert decide(asked, [item], -1.0, figure_likeness=0.5).outcome is Outcome.ANSWERED
