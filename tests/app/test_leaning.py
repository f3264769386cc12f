"""Whether a question leans on what was said before it."""

import tomllib
from importlib.resources import files

from app.concepts import concepts
from app.leaning import Leaning, asks, leaning


def test_a_word_at_the_beginning_a_pronoun_and_shortness_lean() -> None:
    assert leaning("Còn Huế?") is Leaning.OPENS
    assert leaning("Văn bản này do ai ký?") is Leaning.OPENS
    assert leaning("Ai ký?") is Leaning.SHORT
    assert leaning("Huế có bao nhiêu bệnh viện?") is Leaning.NOT


def test_an_empty_question_leans_on_nothing() -> None:
    assert leaning("?") is Leaning.NOT


def test_words_that_ask_are_told() -> None:
    assert asks("may giờ")
    assert not asks("Kế hoạch năm 2025")


def test_each_relational_word_is_one_concept() -> None:
    data = tomllib.loads(files("ingest").joinpath("data/followups.toml").read_text("utf-8"))
    divided = [word for word in data["relational"] if len(concepts(word)) != 1]
    assert divided == []
