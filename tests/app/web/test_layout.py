"""A stored text is laid out as headings, paragraphs and what is left out; every offset stands."""

from app.catalogue import StoredDocument
from app.web.layout import Block, lay_out
from ingest.documents import Description, Dropped, Passage, Sentence

FRONT = "---\ntitle: Một\n---\n\n"
BODY = "## Mục tiêu\n\nCâu một. Câu hai.\nMenu\n***\nCâu ba, chữ ký."
TEXT = FRONT + BODY
ABOUT = Description(id="a.md", title="Một")


def sentence(words: str, page: int | None = None) -> Sentence:
    start = TEXT.index(words)
    return Sentence(start, start + len(words), page=page)


def stored() -> StoredDocument:
    spans = (
        sentence("Mục tiêu", 1),
        sentence("Câu một.", 1),
        sentence("Câu hai.", 2),
        sentence("Câu ba", 2),
    )
    first, last = spans[0].start, spans[-1].end
    passage = Passage(ABOUT, 0, TEXT[first:last], first, spans, ("Mục tiêu",))
    menu, tail = sentence("Menu"), sentence(", chữ ký.")
    dropped = tuple(Dropped(item.start, item.end, "menu") for item in (menu, tail))
    return StoredDocument(ABOUT, TEXT, (passage,), dropped)


def words_of(block: Block) -> str:
    return "|".join(TEXT[piece.start : piece.end] for piece in block.pieces)


def test_lines_become_headings_paragraphs_and_what_is_left_out() -> None:
    blocks = list(lay_out(stored()))
    assert [(words_of(block), block.level, block.dropped) for block in blocks] == [
        ("title: Một", None, True),
        ("Mục tiêu", 1, False),
        ("Câu một. |Câu hai.", None, False),
        ("Menu", None, True),
        ("Câu ba|, chữ ký.", None, False),
    ]


def test_a_page_begins_with_its_first_sentence() -> None:
    pieces = [piece for block in lay_out(stored()) for piece in block.pieces]
    assert {piece.page: TEXT[piece.start : piece.end] for piece in pieces if piece.page} == {
        1: "Mục tiêu",
        2: "Câu hai.",
    }


def test_a_quote_over_two_lines_is_marked_in_both() -> None:
    start, end = TEXT.index("hai."), TEXT.index("ba,") + 2
    pieces = [piece for block in lay_out(stored(), (start, end)) for piece in block.pieces]
    marked = [TEXT[piece.start : piece.end] for piece in pieces if piece.marked]
    assert marked == ["hai.", "Menu", "Câu ba"]


def test_a_text_without_passages_is_still_shown() -> None:
    blocks = list(lay_out(StoredDocument(ABOUT, "---\nMột", (), ())))
    assert [block.dropped for block in blocks] == [False]
