"""The thesaurus: its data is sound, its longest phrases are found."""

import tomllib
from collections import Counter
from importlib.resources import files

from app.thesaurus import cover, segments
from app.tokenview import TokenView

DATA = tomllib.loads(files("ingest").joinpath("data/thesaurus.toml").read_text("utf-8"))
GROUPS = [line.split(" | ") for theme in DATA["same"].values() for line in theme]


def found(text: str) -> list[str]:
    view = TokenView.of(text)
    return [" ".join(view.marked[item.start : item.end]) for item in segments(view)]


def test_no_phrase_says_two_things() -> None:
    listed = [phrase.replace(" + ", " ").casefold() for group in GROUPS for phrase in group]
    listed += DATA["compounds"]["phrases"] + DATA["left_out"]["phrases"]
    assert [phrase for phrase, count in Counter(listed).items() if count > 1] == []


def test_a_group_has_two_forms_or_a_joint() -> None:
    assert len(GROUPS) >= 400
    assert all(len(group) > 1 or " + " in group[0] for group in GROUPS)


def test_no_form_is_empty_or_padded() -> None:
    assert all(phrase and phrase == phrase.strip() for group in GROUPS for phrase in group)


def test_the_longest_phrase_wins() -> None:
    text = "cơ sở dữ liệu quốc gia về dân cư"
    assert [len(phrase.split()) for phrase in found(text)] == [len(text.split())]


def test_a_syllable_without_marks_is_no_phrase_of_its_own() -> None:
    assert found("dan") == []
    assert len(found("dân")) == 1
    assert found("dàn") == []


def test_a_mark_left_out_inside_a_phrase_does_not_hide_it() -> None:
    assert len(found("dich vụ công")) == 1


def test_a_wrong_mark_inside_a_phrase_hides_it() -> None:
    assert found("công tác viên") != found("cộng tác viên")


def test_the_cover_tells_which_tokens_belong_to_a_longer_word() -> None:
    around = cover("Tăng dân số")
    assert set(around) == {1, 2}


def test_compounds_with_a_joint_have_parts() -> None:
    view = TokenView.of("dịch vụ công trực tuyến")
    (item,) = segments(view)
    assert item.entry.parts == ("dịch vụ công", "trực tuyến")
