"""What every decision reads of a question and its evidence."""

from dataclasses import replace

from app.answers import Outcome
from app.inquiry import Chosen, Decision
from tests.factories import make_evidence, make_inquiry

TEXT = "Năm 2022, Huế có 61% hộ có cáp quang. Huế có 52 trạm sạc."


def test_the_figures_of_all_sentences_are_read_with_their_rows() -> None:
    inquiry = make_inquiry("Cáp quang?", TEXT, "Ở vùng núi có 7 chợ.")
    assert {fact.text for fact in inquiry.facts} == {"2022", "61%", "52 trạm sạc", "7 chợ"}
    rows = [fact.row for fact in inquiry.facts if fact.text == "61%"]
    assert [row.value for row in rows if row] == ["61%"]


def test_a_row_ranks_where_the_question_finds_it() -> None:
    inquiry = make_inquiry("Cáp quang?", TEXT)
    rows = [fact.row for fact in inquiry.facts if fact.row]
    found = replace(inquiry, asked_rows=tuple(reversed(rows)))
    assert [found.rank_of_row(row) for row in rows] == list(reversed(range(len(rows))))
    assert found.rank_of_row(None) is None
    assert inquiry.rank_of_row(rows[0]) is None


def test_support_of_a_sentence_tells_what_of_the_topic_is_there() -> None:
    inquiry = make_inquiry("Huế có trạm sạc không?", TEXT, "Ở đó có chợ đêm.")
    by_quote = {item.quote: inquiry.support(item) for item in inquiry.ranked}
    near, far = by_quote["Huế có 52 trạm sạc."], by_quote["Ở đó có chợ đêm."]
    assert near.share > far.share
    assert (near.missing, far.missing) == (0.0, 1.0)
    assert not near.of_figure


def test_the_evidence_of_a_decision_is_what_it_quotes() -> None:
    item = make_evidence("Huế có chợ.")
    decision = Decision(Outcome.ANSWERED, (Chosen(item),))
    assert decision.evidence == (item,)
