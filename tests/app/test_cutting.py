"""A long sentence is shown by the clauses that matter, each verbatim."""

import pytest

from app.cutting import WHOLE_WORDS, clauses_in, fragments

FILLER = ", ".join(f"khu dân cư loại {letter} có nhiều cây xanh và lối đi" for letter in "ABCDEF")
LONG = f"Năm 2022, tỉnh có 52 trạm sạc ở các chợ, {FILLER}, còn xã đảo đã có cáp quang."


def shown(quote: str, *pieces: str, tells: tuple[str, ...] = ()) -> list[str]:
    """Return the fragments for the pieces that answer and the words that matter."""
    spans = [(quote.index(piece), quote.index(piece) + len(piece)) for piece in pieces]
    found = fragments(quote, spans, lambda text: [word in text for word in tells])
    return [quote[start:end] for start, end in found]


@pytest.mark.parametrize("pieces", [(), ("52 trạm sạc",)])
def test_a_short_sentence_is_shown_whole(pieces: tuple[str, ...]) -> None:
    quote = "Năm 2022, tỉnh có 52 trạm sạc ở các chợ, bến xe, trường học."
    assert shown(quote, *pieces) == [quote]


def test_of_a_long_sentence_the_clause_of_the_fact_is_kept_and_the_rest_left_out() -> None:
    assert len(LONG.split()) > WHOLE_WORDS
    found = " ".join(shown(LONG, "52 trạm sạc"))
    assert "52 trạm sạc ở các chợ" in found
    assert "loại D" not in found


@pytest.mark.parametrize(
    ("pieces", "tells"),
    [
        (("52 trạm sạc",), ()),
        (("cáp quang",), ("trạm sạc",)),
        (("52 trạm sạc", "cáp quang"), ()),
        ((), ("trạm sạc", "cáp quang")),
        ((), ("loại C",)),
        ((), ()),
    ],
)
def test_every_fragment_is_verbatim_and_in_order_and_every_fact_is_kept(
    pieces: tuple[str, ...], tells: tuple[str, ...]
) -> None:
    found = shown(LONG, *pieces, tells=tells)
    starts = [LONG.index(piece) for piece in found]
    ends = [start + len(piece) for start, piece in zip(starts, found, strict=True)]
    assert starts == sorted(starts)
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
    assert all(any(piece in one for one in found) for piece in pieces)


def test_a_clause_that_says_what_the_question_asks_about_is_shown_too() -> None:
    found = " ".join(shown(LONG, "cáp quang", tells=("Năm 2022",)))
    assert "Năm 2022" in found
    assert "cáp quang" in found


def test_fragments_far_apart_are_several_and_near_ones_are_one() -> None:
    assert len(shown(LONG, "52 trạm sạc", "cáp quang")) == 2
    assert len(shown(LONG, "Năm 2022", "52 trạm sạc")) == 1


def test_the_last_fragment_keeps_the_sentences_end() -> None:
    assert shown(LONG, "cáp quang")[-1].endswith("cáp quang.")


def test_where_nothing_tells_a_long_sentence_is_shown_whole() -> None:
    assert shown(LONG) == [LONG]


def test_brackets_and_inner_quotes_are_left_whole() -> None:
    quote = "Tỉnh (gồm chợ, bến xe) mở “nhà số, chợ số”, rồi dừng"
    assert [quote[start:end] for start, end in clauses_in(quote)] == [
        "Tỉnh",
        "(gồm chợ, bến xe) mở “nhà số, chợ số”",
        "rồi dừng",
    ]
