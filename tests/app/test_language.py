"""The language of a question."""

import pytest

from app.language import language_of, without_places


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("Smart city của Hà Nội là gì?", "vi"),
        ("cac muc tieu the nao", "vi"),
        ("How many hospitals does Hà Nội have?", "en"),
        ("Who signed it?", "en"),
        ("", "vi"),
    ],
)
def test_the_language_is_told_from_the_words(asked: str, language: str) -> None:
    assert language_of(asked) == language


def test_places_are_taken_out() -> None:
    assert without_places("Kinh tế số của Hà Nội?") == "Kinh tế số của ?"
