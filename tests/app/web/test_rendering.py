"""The page's HTML: what it says, and that nothing written by others becomes markup."""

import re
from html.parser import HTMLParser
from urllib.parse import parse_qsl

import pytest
from markupsafe import escape

from app.answers import Computed, Outcome
from app.web.addresses import quote_address
from app.web.conversation import Conversation, Exchange, begin, fail, settle, stop
from app.web.markup import render_link
from app.web.offers import render_welcome
from app.web.quotes import QUESTION_SHOWN, render_citation, render_evidence, render_passage
from app.web.rendering import render_answer, render_exchange, render_text, render_transcript
from app.web.strings import load_strings
from tests.app.web.doubles import (
    DIGEST,
    EVIL,
    HA_NOI,
    HAI_PHONG,
    MARKUP,
    ORIGINAL,
    ScriptedAssistant,
    answer_of,
    citation_of,
    passage_of,
)

STRINGS = load_strings("vi")
TWO_QUOTES = answer_of(
    "Hà Nội: 30% [1]. Hải Phòng: 25% [2].",
    citation_of(HA_NOI),
    citation_of(HAI_PHONG, number=2, sentence=1),
    short_answer="30%",
)


class Outline(HTMLParser):
    """Collects the tags, attributes and text of a piece of HTML."""

    VOID = frozenset({"img", "br"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(str(html))
        assert not self.open, f"not closed: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data

    def with_class(self, name: str) -> list[dict[str, str]]:
        return [attrs for _, attrs in self.tags if name in attrs.get("class", "").split()]

    @property
    def ids(self) -> list[str]:
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]


def conversation_of(*answers: object) -> Conversation:
    conversation: Conversation = ()
    for answer in answers:
        conversation = begin(conversation, answer.question)  # type: ignore[attr-defined]
        conversation = settle(conversation, answer)  # type: ignore[arg-type]
    return conversation


def test_the_short_answer_stands_before_the_text() -> None:
    words = Outline(render_answer(TWO_QUOTES, 1, STRINGS)).words
    assert words.index("30%") < words.index("Hà Nội: 30%")


def test_each_mark_opens_its_own_quote() -> None:
    conversation = conversation_of(TWO_QUOTES, TWO_QUOTES)
    page = Outline(
        render_transcript(conversation, STRINGS) + render_evidence(conversation, STRINGS)
    )
    targets = {attrs["href"].removeprefix("#") for attrs in page.with_class("cite")}
    assert targets == {"citation-1-1", "citation-1-2", "citation-2-1", "citation-2-2"}
    assert targets <= set(page.ids)


def test_a_mark_has_a_label_that_names_the_document() -> None:
    first, *_ = Outline(render_text(TWO_QUOTES, 1, STRINGS)).with_class("cite")
    assert first["aria-label"] == "[1] Mở đoạn trích trong Kinh tế số Hà Nội"


def test_a_mark_that_cites_nothing_stays_text() -> None:
    html = render_text(
        answer_of("Xem chú thích [12] trong bài [1].", citation_of(HA_NOI)), 1, STRINGS
    )
    assert "chú thích [12] trong bài" in Outline(html).words
    assert len(Outline(html).with_class("cite")) == 1


def test_the_text_of_an_answer_is_kept_but_for_the_space_before_a_mark() -> None:
    words = Outline(render_text(TWO_QUOTES, 1, STRINGS)).words
    assert words.replace("\u00a0", " ") == TWO_QUOTES.text


def test_lines_become_paragraphs_and_dashes_a_list() -> None:
    html = render_text(answer_of("Mở đầu:\n- một\n- hai\n\nKết."), 1, STRINGS)
    tags = [tag for tag, _ in Outline(html).tags]
    assert tags == ["div", "p", "ul", "li", "li", "p"]


def test_the_quoted_sentence_alone_is_marked_in_its_paragraph() -> None:
    html = render_passage(HAI_PHONG, HAI_PHONG.sentences[1])
    assert (
        html
        == f"Thành phố đặt nhiều chỉ tiêu. <mark>{HAI_PHONG.quote(HAI_PHONG.sentences[1])}</mark>"
    )


def test_a_digest_is_named_a_summary_with_an_inferred_year() -> None:
    words = Outline(render_citation(citation_of(HA_NOI), "c", STRINGS)).words
    assert "Bản tóm lược, theo Tạp chí Cộng sản · năm 2023 (suy ra)" in words


def test_an_original_is_named_by_its_publisher_and_stated_day() -> None:
    words = Outline(render_citation(citation_of(HAI_PHONG, sentence=1), "c", STRINGS)).words
    assert "Báo Hải Phòng · ngày 6/9/2021" in words
    assert "suy ra" not in words
    assert "trang 3" in words


def test_the_heading_path_leaves_out_the_title() -> None:
    page = Outline(render_citation(citation_of(HA_NOI), "c", STRINGS))
    assert "Mục tiêu" in page.words
    assert page.words.count(DIGEST.title) == 1


def test_the_time_of_a_figure_is_shown_unless_it_is_the_documents_date() -> None:
    other = render_citation(citation_of(HA_NOI, as_of="2025-06"), "c", STRINGS)
    past = render_citation(citation_of(HA_NOI, as_of="2022"), "c", STRINGS)
    same = render_citation(citation_of(HA_NOI, as_of=DIGEST.date), "c", STRINGS)
    assert "Mốc thời gian của số liệu: tháng 6/2025" in other
    assert "Số liệu tính đến năm 2022" in past
    assert "Mốc thời gian" not in same
    assert "tính đến" not in same


def test_a_quote_is_copied_with_its_source() -> None:
    page = Outline(render_citation(citation_of(HAI_PHONG, sentence=1), "c", STRINGS))
    (button,) = page.with_class("copy")
    assert button["data-copy"] == (
        "“Hải Phòng phấn đấu kinh tế số chiếm 25% GRDP vào năm 2025.” "
        "(Chuyển đổi số Hải Phòng, Báo Hải Phòng, ngày 6/9/2021)"
    )


def test_the_first_quote_is_open_and_the_latest_answers_quotes_are_shown() -> None:
    page = Outline(render_evidence(conversation_of(TWO_QUOTES, TWO_QUOTES), STRINGS))
    opened = [attrs["id"] for attrs in page.with_class("citation") if "open" in attrs]
    hidden = [attrs["id"] for attrs in page.with_class("evidence-group") if "hidden" in attrs]
    assert opened == ["citation-1-1", "citation-2-1"]
    assert hidden == ["evidence-1"]


def test_documents_cited_more_than_once_are_named_once() -> None:
    answer = answer_of("A [1]. B [2].", citation_of(HA_NOI), citation_of(HA_NOI, 2, 1))
    assert Outline(render_answer(answer, 1, STRINGS)).words.count("Tạp chí Cộng sản") == 1


def test_what_was_understood_is_shown_only_where_it_differs() -> None:
    same = render_answer(answer_of("A", question=" hà  nội", understood="Hà Nội?"), 1, STRINGS)
    other = render_answer(answer_of("A", understood="Mục tiêu của Hà Nội?"), 1, STRINGS)
    assert "understood" not in same
    assert "Câu hỏi được hiểu là: Mục tiêu của Hà Nội?" in Outline(other).words


def test_only_what_was_typed_is_called_what_was_asked() -> None:
    answer = answer_of("A", question="con hai phong", understood="Mục tiêu của Hải Phòng?")
    words = Outline(render_transcript(conversation_of(answer), STRINGS)).words
    assert words.count(STRINGS.chat.you_asked) == 1
    assert f"{STRINGS.chat.you_asked} con hai phong" in words


@pytest.mark.parametrize("outcome", [outcome for outcome in Outcome if outcome != "answered"])
def test_every_other_outcome_has_a_look_of_its_own(outcome: Outcome) -> None:
    page = Outline(render_answer(answer_of("Lời.", outcome=outcome), 1, STRINGS))
    assert page.with_class(outcome.value.replace("_", "-"))
    assert STRINGS.outcome[outcome] in page.words


def test_only_an_answer_and_what_may_be_a_greeting_have_no_name() -> None:
    unnamed = {outcome for outcome, name in STRINGS.outcome.items() if not name}
    assert unnamed == {Outcome.ANSWERED, Outcome.OUT_OF_SCOPE}


def test_a_refusal_offers_the_nearest_passage_and_questions() -> None:
    assistant = ScriptedAssistant()
    conversation = conversation_of(*assistant.stream("Cần Thơ?"))
    transcript = Outline(render_transcript(conversation, STRINGS))
    evidence = Outline(render_evidence(conversation, STRINGS))
    assert ("a", {"href": "#related-1-1"}) in transcript.tags
    assert "related-1-1" in evidence.ids
    assert not evidence.with_class("citation-number")
    assert STRINGS.evidence.no_answer in evidence.words
    assert any("data-question" in attrs for _, attrs in transcript.tags)


def test_notice_choices_and_computed_figures_are_shown() -> None:
    answer = answer_of(
        "Ý nào?",
        notice="Số liệu trước khi sáp nhập.",
        choices=("Hà Nội", "Hải Phòng"),
        computed=(Computed("5 điểm phần trăm", "difference", (1, 2)),),
    )
    page = Outline(render_answer(answer, 1, STRINGS))
    assert "Số liệu trước khi sáp nhập." in page.words
    assert "Chênh lệch: 5 điểm phần trăm. Hệ thống tự tính từ trích dẫn [1], [2]." in page.words
    offered = [attrs["data-question"] for _, attrs in page.tags if "data-question" in attrs]
    assert offered == ["Hà Nội", "Hải Phòng"]


def test_a_short_answer_that_was_worked_out_is_not_said_again() -> None:
    answer = answer_of(
        "Dẫn đầu: Hà Nội.",
        short_answer="Hà Nội",
        computed=(
            Computed("5 điểm phần trăm", "difference", (1, 2)),
            Computed("Hà Nội", "rank", (1, 2)),
        ),
    )
    words = Outline(render_answer(answer, 1, STRINGS)).words
    assert words.count("Hà Nội") == 2
    assert "Chênh lệch: 5 điểm phần trăm. Hệ thống tự tính từ trích dẫn [1], [2]." in words


def test_an_english_answer_says_so() -> None:
    assert ' lang="en"' in render_answer(answer_of("30%", language="en"), 1, STRINGS)
    assert "lang=" not in render_answer(answer_of("30%"), 1, STRINGS)


def test_a_question_is_shown_while_it_waits_and_after_it_failed() -> None:
    waiting = begin((), "Hà Nội?")
    assert STRINGS.chat.pending in render_transcript(waiting, STRINGS)
    assert STRINGS.chat.unexpected_error in render_transcript(fail(waiting), STRINGS)
    assert STRINGS.chat.stopped in render_transcript(stop(waiting), STRINGS)


def test_an_empty_or_endless_question_is_shown_in_short() -> None:
    assert STRINGS.chat.empty_question in render_exchange(Exchange(1, "  "), STRINGS)
    words = Outline(render_exchange(Exchange(1, "a" * 5000), STRINGS)).words
    assert "a" * QUESTION_SHOWN + "…" in words


def test_the_greeting_offers_example_questions_where_there_are_any() -> None:
    page = Outline(render_welcome(("Một?", EVIL), STRINGS))
    assert [attrs["data-question"] for _, attrs in page.tags if "data-question" in attrs] == [
        "Một?",
        EVIL,
    ]
    assert not Outline(render_welcome((), STRINGS)).with_class("examples")


def test_a_link_asks_the_question_so_that_it_stands_alone() -> None:
    answer = answer_of(
        "A", question="Còn Huế?", understood="Huế có 50% & #1?", library_version="2026-a"
    )
    first, later = (
        Outline(render_answer(answer, number, STRINGS)).with_class("copy-link")[0]["data-fragment"]
        for number in (1, 2)
    )
    assert dict(parse_qsl(first)) == {"hoi": "Còn Huế?", "ban": "2026-a"}
    assert dict(parse_qsl(later)) == {"hoi": "Huế có 50% & #1?", "ban": "2026-a"}
    for outcome in (Outcome.FAILED, Outcome.OUT_OF_SCOPE):
        nothing = answer_of("A", outcome=outcome)
        assert not Outline(render_answer(nothing, 1, STRINGS)).with_class("copy-link")


@pytest.mark.parametrize(("then", "told"), [("a", False), ("b", True), (None, False)])
def test_a_link_of_another_library_version_says_so(then: str | None, told: bool) -> None:
    waiting = begin((), "Hà Nội?", then)
    conversation = settle(waiting, answer_of("30%", library_version="a"))
    assert (STRINGS.chat.library_changed in render_transcript(conversation, STRINGS)) == told


def test_words_in_another_language_than_the_page_say_so() -> None:
    english = load_strings("en")
    answer = answer_of("30% [1]", citation_of(HA_NOI), suggestions=("Hà Nội có gì?",))
    page = Outline(render_answer(answer, 1, english))
    assert ("button", {"type": "button", "data-question": "Hà Nội có gì?", "lang": "vi"}) in (
        page.tags
    )
    (passage,) = Outline(render_citation(citation_of(HA_NOI), "c", english)).with_class("passage")
    assert passage["lang"] == "vi"


def everything_evil() -> str:
    answer = answer_of(
        f"- {EVIL} [1]\n{EVIL}",
        citation_of(MARKUP, sentence=1, as_of=EVIL),
        question=EVIL,
        understood=f"{EVIL}!",
        short_answer=EVIL,
        notice=EVIL,
        choices=(EVIL,),
        suggestions=(EVIL,),
        related=(citation_of(MARKUP, number=7),),
        computed=(Computed(EVIL, "count", (1,)),),
    )
    refused = answer_of(EVIL, outcome=Outcome.OUT_OF_SCOPE, related=answer.related)
    conversation = conversation_of(answer, refused)
    return render_transcript(conversation, STRINGS) + render_evidence(conversation, STRINGS)


def test_no_words_of_others_become_markup() -> None:
    page = Outline(everything_evil())
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img", "style", "iframe", "svg"})
    assert not [name for _, attrs in page.tags for name in attrs if name.startswith("on")]
    assert page.words.count(EVIL) > 10


def test_no_class_or_id_holds_words_of_others_and_no_link_does_unencoded() -> None:
    link = r"(#[a-z0-9-]+|tai-lieu/[A-Za-z0-9%/._~-]+\?start=\d+&end=\d+&check=[0-9a-f]+#trich)?"
    for _, attrs in Outline(everything_evil()).tags:
        assert re.fullmatch(r"[a-z -]*", attrs.get("class", ""))
        assert re.fullmatch(r"[a-z0-9-]*", attrs.get("id", ""))
        assert re.fullmatch(link, attrs.get("href", ""))


def test_ids_are_unique() -> None:
    conversation = conversation_of(TWO_QUOTES, TWO_QUOTES)
    ids = Outline(
        render_transcript(conversation, STRINGS) + render_evidence(conversation, STRINGS)
    ).ids
    assert len(ids) == len(set(ids))


def test_only_web_addresses_become_links() -> None:
    assert render_link("https://example.vn/a?b=1&c") == (
        '<a href="https://example.vn/a?b=1&amp;c" rel="noopener noreferrer">'
        "https://example.vn/a?b=1&amp;c</a>"
    )
    for target in (
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.vn",
        "https://a\nb",
        "1900",
    ):
        assert "<a" not in render_link(target)


def test_a_document_with_nothing_known_is_still_named() -> None:
    unknown = passage_of(ORIGINAL.__class__(id="a.txt", title="a.txt"), "Một câu.")
    words = Outline(render_citation(citation_of(unknown), "c", STRINGS)).words
    assert "Chưa rõ nơi phát hành" in words
    assert "None" not in words


def test_each_citation_opens_its_document_at_the_quote_beside_the_conversation() -> None:
    citation = citation_of(HAI_PHONG, sentence=1)
    html = str(render_citation(citation, "citation-1-1", STRINGS))
    address = escape(
        quote_address(ORIGINAL.id, citation.sentence.start, citation.sentence.end, citation.quote)
    )
    assert f'<a class="read" href="{address}" target="_blank" rel="noopener">' in html
    assert STRINGS.evidence.new_tab in html
