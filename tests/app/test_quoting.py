"""Answers made of verbatim quotes: lead-ins, marks, times, refusals."""

import pytest

from app.answers import Answer, Outcome
from app.checking import check_answer
from app.deciding import Decision
from app.evidence import Evidence
from app.questions import Question
from app.quoting import compose, lead_in
from ingest.figures import find_figures
from tests.factories import make_description, make_evidence, make_passage, make_question

SENTENCE = "Hà Nội phấn đấu kinh tế số chiếm 30% GRDP vào năm 2025."


def composed(question: Question, *evidence: Evidence, corrected: bool = False) -> Answer:
    outcome = Outcome.PREMISE_CORRECTED if corrected else Outcome.ANSWERED
    return compose(question, Decision(outcome, evidence), None)


def refused(question: Question, contact: str | None = None, **decision: object) -> Answer:
    fields: dict[str, object] = {"outcome": Outcome.NOT_IN_DOCUMENTS}
    return compose(question, Decision(**(fields | decision)), contact)  # type: ignore[arg-type]


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
    question = make_question(places=("Hà Nội", "Huế"), kind="comparison")
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
    assert (answer.question, answer.understood) == ("kinh te so ha noi", "kinh tế số hà nội")


def test_an_answer_made_of_quotes_passes_the_figure_gate() -> None:
    question = make_question("Đạt mấy phần trăm?", kind="percent")
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
    decision: dict[str, object], kind: str, text: str
) -> None:
    question = make_question(places=("Hà Nội", "Huế"), years=(2025,), kind=kind)
    assert refused(question, **decision).text == text


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
    question = make_question("Năm 2035 Huế đạt mấy phần trăm?", years=(2035,), kind="percent")
    answer = refused(question, missing=missing, lacking=("2035",), related=(make_evidence(),))
    assert check_answer(answer) == []
