"""The words of a question, and which of them are kept whatever they look like."""

import pytest

from app.typed_words import typed_words


@pytest.mark.parametrize(
    "kept", ["5G", "12/KH-UBND", "Zalo", "CĐS", "VNeID", "bn", "dashboard", "Nguyễn", "trực"]
)
def test_figures_names_short_forms_english_and_known_words_are_kept(kept: str) -> None:
    found = {word.text: word.kept for word in typed_words(f"của ông {kept} tuyến")}
    assert all(is_kept for text, is_kept in found.items() if kept.startswith(text))


@pytest.mark.parametrize("looked_at", ["hàh", "Phòg", "dử"])
def test_other_words_are_looked_at(looked_at: str) -> None:
    *_, word = typed_words(f"của ông {looked_at}")
    assert (word.text, word.kept) == (looked_at, False)


def test_offsets_are_those_of_the_text() -> None:
    text = "ban hàh, ban hàh"
    assert [text[word.start : word.end] for word in typed_words(text)] == ["ban", "hàh"] * 2
