"""The tokens of a text with and without marks."""

from app.tokenview import TokenView
from ingest.text import folded_tokens


def test_folded_tokens_are_those_of_the_index() -> None:
    text = "Quyết định 4098/QĐ-UBND đạt 12,8% tại TT&TT, hoà bình 5G."
    assert list(TokenView.of(text).folded) == folded_tokens(text)


def test_the_parts_of_a_document_number_belong_to_one_word() -> None:
    view = TokenView.of("số 12/KH-UBND")
    assert view.words == ("số", "12/KH-UBND")
    assert [view.is_part(position) for position in range(len(view.folded))][:3] == [
        False,
        False,
        True,
    ]


def test_guessed_marks_are_not_known() -> None:
    assert TokenView.of("kinh tế").marks_known
    assert not TokenView.of("kinh tế", guessed=True).marks_known
    assert not TokenView.of("kinh te").marks_known


def test_capitals_are_known() -> None:
    view = TokenView.of("AI và ai")
    assert [view.in_capitals(position) for position in range(3)] == [True, False, False]
