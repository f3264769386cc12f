"""Answers made of verbatim quotes: lead-ins, marks, times, refusals."""

import re

import pytest

from app.answers import Answer, Computed, Outcome
from app.asked import AnswerKind
from app.by_figure import gathered
from app.checking import check_answer
from app.deciding import decide
from app.evidence import Evidence
from app.inquiry import Chosen, Decision
from app.questions import Question
from app.quoting import compose, lead_in
from app.settings import DecidingSettings
from app.topic import Topic
from ingest.documents import SourceDocument
from ingest.figures import find_figures
from tests.factories import (
    make_asked,
    make_bulletin,
    make_description,
    make_evidence,
    make_inquiry,
    make_passage,
    make_question,
)

NO_TOPIC = Topic((), ())
SENTENCE = "Hà Nội phấn đấu kinh tế số chiếm 30% GRDP vào năm 2025."


def composed(question: Question, *evidence: Evidence, corrected: bool = False) -> Answer:
    outcome = Outcome.PREMISE_CORRECTED if corrected else Outcome.ANSWERED
    return compose(question, Decision(outcome, tuple(map(Chosen, evidence))), NO_TOPIC, None)


def refused(question: Question, contact: str | None = None, **decision: object) -> Answer:
    fields: dict[str, object] = {"outcome": Outcome.NOT_IN_DOCUMENTS}
    return compose(question, Decision(**(fields | decision)), NO_TOPIC, contact)  # type: ignore[arg-type]


def answered(text: str, *documents: SourceDocument | str) -> Answer:
    """Return the answer to a question as it is decided."""
    inquiry = make_inquiry(text, *documents)
    decision = decide(inquiry, DecidingSettings(scope_likeness=-1))
    return compose(inquiry.question, decision, inquiry.topic, None)


# --- Quotes ------------------------------------------------------------------------------------


def test_the_answer_is_the_verbatim_sentence_with_its_mark_and_source() -> None:
    answer = composed(make_question(), make_evidence(SENTENCE, publisher="Báo Ví dụ"))
    assert answer.text == f"Theo Báo Ví dụ: “{SENTENCE}” [1]"
    assert answer.citations[0].quote == SENTENCE
    assert answer.outcome is Outcome.ANSWERED
    assert answer.composer == "quotes"


def test_each_of_several_quotes_stands_on_its_own_line_under_its_own_number() -> None:
    first = make_evidence(SENTENCE, publisher="Báo Ví dụ")
    second = make_evidence("Hà Nội có 5 khu công nghệ số.", publisher="Báo Ví dụ")
    answer = composed(make_question(), first, second)
    assert answer.text.splitlines() == [
        "Theo Báo Ví dụ:",
        f"- “{SENTENCE}” [1]",
        "- “Hà Nội có 5 khu công nghệ số.” [2]",
    ]
    assert [item.number for item in answer.citations] == [1, 2]


def test_quotes_of_several_documents_speak_for_the_documents_not_for_one_of_them() -> None:
    first = make_evidence(SENTENCE, document_id="a.txt", publisher="Báo Ví dụ")
    second = make_evidence("Huế có 5 khu công nghệ số.", document_id="b.txt", publisher="Báo Mẫu")
    lead = composed(make_question(), first, second).text.splitlines()[0]
    assert lead == "Tài liệu ghi:"


def test_a_quote_with_line_breaks_stands_on_one_line_and_is_cited_as_stored() -> None:
    passage = make_passage("Hà Nội  có\t5 khu công nghệ số.")
    answer = composed(make_question(), Evidence(passage, passage.sentences[0], 1, 1, 1))
    assert "“Hà Nội có 5 khu công nghệ số.” [1]" in answer.text
    assert answer.citations[0].quote == "Hà Nội  có\t5 khu công nghệ số."


def test_a_quote_of_a_document_of_another_place_is_named_by_its_place() -> None:
    question = make_question(places=("Hà Nội",))
    own = composed(question, make_evidence(SENTENCE, locality="Hà Nội"))
    other = composed(question, make_evidence(SENTENCE, locality="Huế"), corrected=True)
    assert "Hà Nội: “" not in own.text
    assert f"Huế: “{SENTENCE}” [1]" in other.text


def test_sides_of_a_comparison_are_named_by_their_places() -> None:
    question = make_question(places=("Hà Nội", "Huế"), asked=make_asked("comparison"))
    first = make_evidence(SENTENCE, document_id="a.txt", locality="Hà Nội")
    second = make_evidence("Huế đạt 20% vào năm 2025.", document_id="b.txt", locality="Huế")
    lines = composed(question, first, second).text.splitlines()
    assert lines[1:] == [
        f"- Hà Nội: “{SENTENCE}” [1]",
        "- Huế: “Huế đạt 20% vào năm 2025.” [2]",
    ]


def test_a_corrected_premise_says_that_the_documents_differ() -> None:
    answer = composed(make_question(), make_evidence(SENTENCE), corrected=True)
    assert answer.outcome is Outcome.PREMISE_CORRECTED
    assert answer.text.startswith("Điều nêu trong câu hỏi không khớp với tài liệu.")
    assert f"“{SENTENCE}” [1]" in answer.text


def test_an_english_question_gets_an_english_lead_in_and_the_quote_as_it_stands() -> None:
    question = make_question("What is the target?", language="en")
    answer = composed(question, make_evidence(SENTENCE, publisher="Báo Ví dụ"))
    assert answer.text == f"According to Báo Ví dụ: “{SENTENCE}” [1]"
    assert answer.language == "en"


def test_the_answer_carries_the_question_as_typed_and_as_understood() -> None:
    question = Question(raw="kinh te so ha noi", text="kinh tế số hà nội", restored=True)
    answer = composed(question, make_evidence(SENTENCE))
    assert (answer.question, answer.understood) == ("kinh te so ha noi", "Kinh tế số Hà Nội")


def test_an_answer_made_of_quotes_passes_the_figure_gate() -> None:
    question = make_question("Đạt mấy phần trăm?", asked=make_asked("percent"))
    for changes in (
        {"publisher": "Kênh 24"},
        {"publisher": None, "title": "Kế hoạch 50 việc"},
        {"publisher": "Kênh 24", "title": "Kế hoạch 50 việc", "kind": "digest"},
    ):
        for evidence in (
            (make_evidence(SENTENCE, **changes),),
            (make_evidence(SENTENCE, **changes), make_evidence("Có 5 khu.", **changes)),
        ):
            assert check_answer(composed(question, *evidence)) == []


def test_every_quoted_piece_is_verbatim_and_bears_its_mark() -> None:
    text = (
        "Tỉnh ban hành kế hoạch ngày 14/3/2022 sau hội nghị, "
        + ", ".join(f"khu dân cư loại {letter} có nhiều cây xanh và lối đi" for letter in "ABCDEF")
        + ", còn xã đảo đã có cáp quang."
    )
    answer = answered(
        "Tỉnh ban hành kế hoạch ngày nào?", make_bulletin(text, publisher="Báo Ví dụ")
    )
    pieces = re.findall(r"“([^”]*)” \[1\]", answer.text)
    assert answer.citations[0].quote == text
    assert all(piece in text for piece in pieces)
    assert any("ngày 14/3/2022" in piece for piece in pieces)
    assert "loại D" not in answer.text
    assert answer.text.count("“") == len(pieces)


def test_items_of_a_list_are_never_cut() -> None:
    text = "Các dịch vụ gồm " + ", ".join(f"dịch vụ loại {n} của phường" for n in "ABCDEFGHIJKL")
    question = make_question(asked=make_asked("list"))
    assert f"“{text}” [1]" in composed(question, make_evidence(text)).text


# --- The head line -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "text", "head"),
    [
        (
            "Huế đặt mục tiêu bao nhiêu phần trăm hộ có cáp quang?",
            "Huế đặt mục tiêu đến năm 2025 có 90% hộ có cáp quang.",
            "Mục tiêu đến năm 2025: 90% [1].",
        ),
        (
            "Huế có bao nhiêu phần trăm hộ có cáp quang?",
            "Năm 2022, Huế đã có 61% hộ có cáp quang.",
            "Kết quả năm 2022: 61% [1].",
        ),
        (
            "Kế hoạch được ban hành ngày nào?",
            "Tỉnh ban hành kế hoạch ngày 14/3/2022.",
            "Ngày 14/3/2022 [1].",
        ),
        ("Ai chủ trì hội thảo?", "Bà Trần Thu Mai chủ trì hội thảo.", "Trần Thu Mai [1]."),
        ("Huế có thư viện số không?", "Huế có thư viện số ở chợ.", "Có [1]."),
    ],
)
def test_an_answer_begins_with_what_was_asked_for_and_what_it_is(
    question: str, text: str, head: str
) -> None:
    answer = answered(question, text)
    first, rest = answer.text.split("\n", 1)
    assert first == head
    assert f"“{text}” [1]" in rest
    assert check_answer(answer) == []


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("Huế và Lào Cai, nơi nào có tỷ lệ hộ có cáp quang cao hơn?", "Dẫn đầu: Huế [1][2]."),
        (
            "Tỷ lệ hộ có cáp quang của Huế và Lào Cai chênh nhau bao nhiêu?",
            "Chênh lệch: 13 điểm phần trăm [1][2].",
        ),
    ],
)
def test_what_was_worked_out_is_cited_with_all_that_it_comes_from(question: str, head: str) -> None:
    documents = [
        make_bulletin(f"Năm 2022, tỷ lệ hộ có cáp quang của {place} đạt {value}.", f"{n}.txt")
        for n, (place, value) in enumerate({"Huế": "61%", "Lào Cai": "48%"}.items())
    ]
    answer = answered(question, *documents)
    lines = answer.text.splitlines()
    assert lines[0] == head
    assert [line.split(":")[0] for line in lines[2:]] == ["- Huế", "- Lào Cai"]
    assert check_answer(answer) == []


def test_the_place_of_the_lowest_figure_is_not_said_to_lead() -> None:
    answer = answered(
        "Huế và Lào Cai, nơi nào có tỷ lệ hộ có cáp quang thấp hơn?",
        "Năm 2022, tỷ lệ hộ có cáp quang của Huế đạt 61%, của Lào Cai đạt 48%.",
    )
    assert answer.short_answer == "Lào Cai"
    assert not answer.text.startswith("Dẫn đầu")


def test_a_figure_of_a_span_of_years_is_not_told_as_one_of_its_last_year() -> None:
    answer = answered(
        "Giai đoạn 2021-2025 Huế chi bao nhiêu tiền cho hạ tầng số?",
        "Giai đoạn 2021-2025, Huế chi 320 tỷ đồng cho hạ tầng số.",
    )
    assert not answer.text.startswith("Kết quả năm 2025:")


def test_a_mark_is_not_repeated_where_both_figures_stand_in_one_quote() -> None:
    (fact, other) = [
        one
        for one in make_inquiry("Cáp quang?", "Năm 2021 đạt 55%, năm 2022 đạt 61%.").facts
        if one.kind == "percent"
    ]
    computed = Computed("6 điểm phần trăm", "difference", (1, 1))
    decision = Decision(
        Outcome.ANSWERED, gathered([fact, other]), computed.text, computed=(computed,)
    )
    answer = compose(make_question(), decision, NO_TOPIC, None)
    assert answer.text.splitlines()[0] == "Chênh lệch: 6 điểm phần trăm [1]."


def test_a_corrected_premise_has_no_head_line() -> None:
    answer = answered("Tại sao Huế có 80 trạm sạc?", "Huế có 52 trạm sạc ở các chợ.")
    assert answer.outcome is Outcome.PREMISE_CORRECTED
    assert answer.text.startswith("Điều nêu trong câu hỏi không khớp với tài liệu.")
    assert "80" not in answer.text


def test_years_set_side_by_side_name_their_lines() -> None:
    answer = answered(
        "Tỷ lệ hộ có cáp quang của Huế năm 2021 và năm 2022 là bao nhiêu?",
        "Năm 2021, Huế có 55% hộ có cáp quang. Năm 2022, Huế có 61% hộ có cáp quang.",
    )
    lines = answer.text.splitlines()[2:]
    assert [line.split(":")[0] for line in lines] == ["- 2021", "- 2022"]


# --- Lead-ins ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "lead"),
    [
        ({"publisher": "Báo Ví dụ"}, "Theo Báo Ví dụ:"),
        ({"publisher": None, "title": "Kế hoạch số hóa"}, "Theo tài liệu “Kế hoạch số hóa”:"),
        (
            {"publisher": "Báo Ví dụ", "kind": "digest"},
            "Theo bản tóm lược bài viết của Báo Ví dụ:",
        ),
        (
            {"publisher": None, "title": "Số hóa", "kind": "digest"},
            "Theo bản tóm lược “Số hóa”:",
        ),
        ({"publisher": None, "title": "Kế hoạch năm 2025"}, "Tài liệu ghi:"),
        ({"publisher": "Kênh 24", "title": "Số hóa"}, "Theo tài liệu “Số hóa”:"),
        (
            {"publisher": "Kênh 24", "title": "Số hóa", "kind": "digest"},
            "Theo bản tóm lược “Số hóa”:",
        ),
    ],
)
def test_the_lead_in_says_whose_document_speaks_without_any_figure(
    changes: dict[str, object], lead: str
) -> None:
    assert lead_in("vi", make_description(**changes)) == lead
    assert find_figures(lead) == []


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("publisher", ["Báo Ví dụ", None])
def test_a_digest_never_speaks_as_its_publisher(language: str, publisher: str | None) -> None:
    digest = make_description(kind="digest", publisher=publisher)
    original = make_description(kind="original", publisher=publisher)
    words = {"vi": "bản tóm lược", "en": "summary"}[language]
    assert words in lead_in(language, digest)  # type: ignore[arg-type]
    assert words not in lead_in(language, original)  # type: ignore[arg-type]


# --- The time that a quote describes -----------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence", "years", "as_of"),
    [
        (SENTENCE, 0, (), "2025"),
        ("Năm 2020 đạt 5%, năm 2022 đạt 9%.", 0, (), "2024-06-01"),
        ("Năm 2020 đạt 5%, năm 2022 đạt 9%.", 0, (2020,), "2020"),
        ("Giai đoạn 2021 - 2025 đạt 30%.", 0, (2025,), "2025"),
        ("Giai đoạn 2021 - 2025 đạt 30%.", 0, (), "2024-06-01"),
        ("Năm 2020 bắt đầu, năm 2022 xong. Kinh tế số đạt 9%.", 1, (), "2024-06-01"),
        ("Kế hoạch ra ngày 5/3/2023 nêu 30%.", 0, (), "2023"),
        ("Năm 2022 khởi động. Kinh tế số đạt 9%.", 1, (), "2022"),
        ("Nghị quyết 20/2019/QH14 nêu 30%.", 0, (), "2024-06-01"),
        ("Kinh tế số đạt 9%.", 0, (2022,), "2024-06-01"),
    ],
)
def test_as_of_is_the_year_asked_or_the_only_one_told_and_else_the_documents_date(
    text: str, sentence: int, years: tuple[int, ...], as_of: str
) -> None:
    evidence = make_evidence(text, sentence, date="2024-06-01")
    assert composed(make_question(years=years), evidence).citations[0].as_of == as_of


def test_as_of_is_open_where_neither_text_nor_document_tells_a_time() -> None:
    answer = composed(make_question(), make_evidence("Kinh tế số đạt 9%."))
    assert answer.citations[0].as_of is None


# --- Refusals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("decision", "kind", "text"),
    [
        (
            {"missing": "place", "lacking": ("Huế",)},
            "percent",
            "Các tài liệu hiện có chưa nêu thông tin này về Huế.",
        ),
        (
            {"missing": "year", "lacking": ("2035", "2045")},
            "percent",
            "Các tài liệu hiện có chưa nêu thông tin này cho năm 2035, 2045.",
        ),
        (
            {"missing": "kind"},
            "percent",
            "Các tài liệu hiện có chưa nêu tỷ lệ phần trăm mà bạn hỏi.",
        ),
        ({"missing": "kind"}, "rank", "Các tài liệu hiện có chưa nêu thứ hạng mà bạn hỏi."),
        ({"missing": "kind"}, "count", "Các tài liệu hiện có chưa nêu con số mà bạn hỏi."),
        ({"missing": "kind"}, "date", "Các tài liệu hiện có chưa nêu thời gian mà bạn hỏi."),
        ({"missing": "kind"}, "legal", "Các tài liệu hiện có chưa nêu văn bản mà bạn hỏi."),
        ({"missing": "kind"}, "who", "Tôi chưa tìm thấy câu trả lời trong các tài liệu hiện có."),
    ],
)
def test_a_refusal_names_what_the_documents_lack(
    decision: dict[str, object], kind: AnswerKind, text: str
) -> None:
    question = make_question(places=("Hà Nội", "Huế"), years=(2025,), asked=make_asked(kind))
    assert refused(question, **decision).text == text


def test_a_refusal_names_the_legal_document_that_is_lacking() -> None:
    question = make_question("Nghị quyết 22/NQ-HĐND nói gì?")
    assert "22/NQ-HĐND" in refused(question, missing="legal").text


def test_a_question_asked_back_names_the_places_and_offers_them() -> None:
    choices = ("Đạt mấy ở Huế?", "Đạt mấy ở Lào Cai?")
    answer = refused(
        make_question(),
        outcome=Outcome.NEEDS_CLARIFICATION,
        choices=choices,
        lacking=("Huế", "Lào Cai"),
    )
    assert answer.text == "Bạn muốn hỏi về địa phương nào: Huế, Lào Cai?"
    assert answer.choices == choices
    assert (answer.citations, answer.related) == ((), ())


def test_a_refusal_cites_nothing_and_shows_the_nearest_evidence_as_related() -> None:
    near = make_evidence(SENTENCE)
    answer = refused(make_question(), related=(near,), missing="kind")
    assert answer.citations == ()
    assert answer.short_answer is None
    assert [(item.number, item.quote) for item in answer.related] == [(1, SENTENCE)]
    assert answer.related[0].as_of == "2025"


def test_a_question_out_of_scope_gets_its_fixed_reply_and_nothing_related() -> None:
    question = make_question(language="en")
    answer = refused(question, outcome=Outcome.OUT_OF_SCOPE, related=(make_evidence(SENTENCE),))
    assert answer.outcome is Outcome.OUT_OF_SCOPE
    assert answer.text.startswith("This question lies outside the documents")
    assert answer.related == ()


@pytest.mark.parametrize(
    ("small_talk", "opening"),
    [("greeting", "Chào bạn!"), ("thanks", "Rất vui"), ("about", "Tôi là hệ thống")],
)
def test_small_talk_gets_its_own_reply(small_talk: str, opening: str) -> None:
    answer = refused(make_question(small_talk=small_talk), outcome=Outcome.OUT_OF_SCOPE)
    assert answer.text.startswith(opening)


def test_whom_to_ask_stands_beside_a_refusal_so_that_its_number_is_no_figure_of_it() -> None:
    answer = refused(make_question(), contact="Tổng đài 1022", missing="kind")
    assert answer.notice == "Bạn có thể hỏi thêm: Tổng đài 1022."
    assert "1022" not in answer.text
    assert check_answer(answer) == []


def test_small_talk_sends_nobody_elsewhere() -> None:
    question = make_question(small_talk="greeting")
    assert refused(question, "Tổng đài 1022", outcome=Outcome.OUT_OF_SCOPE).notice is None


@pytest.mark.parametrize("missing", ["place", "year", "kind", "topic"])
def test_a_refusal_states_only_figures_of_the_question(missing: str) -> None:
    question = make_question(
        "Năm 2035 Huế đạt mấy phần trăm?", years=(2035,), asked=make_asked("percent")
    )
    answer = refused(question, missing=missing, lacking=("2035",), related=(make_evidence(),))
    assert check_answer(answer) == []
