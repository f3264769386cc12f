"""Fixed replies: every one used in code exists in both languages, with the variables given."""

import ast
from itertools import chain
from pathlib import Path
from string import Template
from typing import get_args

import pytest

from app import replies
from app.answers import Language
from app.questions import AnswerKind
from app.replies import has_reply, reply
from app.small_talk import SmallTalk
from ingest.documents import TargetKind
from ingest.figures import find_figures

APP = Path(replies.__file__).parent
LANGUAGES: tuple[Language, ...] = get_args(Language)
# Names that code puts together from parts, with the variables that it gives them.
COMPOSED = {
    "lead_original": {"publisher"},
    "lead_digest": {"publisher"},
    "lead_title": {"title"},
    "lead_digest_title": {"title"},
    "head_target": set(),
    "head_target_year": {"year"},
    "head_result": set(),
    "head_result_year": {"year"},
    "head_difference": {"text", "marks"},
    "head_rank": {"text", "marks"},
    "head_rank_least": {"text", "marks"},
    **{name: set() for name in get_args(SmallTalk)},
}
# Asked for with has_reply first: not every kind of answer has a reply of its own.
OPTIONAL = {f"missing_kind_{kind}" for kind in get_args(AnswerKind)} | {
    f"missing_aim_{aim}" for aim in get_args(TargetKind)
}


def calls_in_code() -> dict[str, set[str]]:
    """Return the names of all replies that code names outright, with the variables given."""
    found: dict[str, set[str]] = {}
    for path in APP.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "reply":
                given = {keyword.arg or "" for keyword in node.keywords}
                for part in ast.walk(node.args[1]):
                    if isinstance(part, ast.Constant) and node.args[1] in (part,):
                        found.setdefault(str(part.value), set()).update(given)
    return found


def names(language: Language) -> set[str]:
    return set(replies._replies()[language])


def test_both_languages_have_the_same_replies() -> None:
    assert names("vi") == names("en")


def test_code_is_read_for_the_replies_that_it_names() -> None:
    named = calls_in_code()
    assert {"empty_question", "long_question", "not_in_documents", "missing_place"} <= set(named)
    assert named["long_question"] == {"limit"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reply_that_code_names_exists_with_just_the_variables_given(
    language: Language,
) -> None:
    for name, given in (calls_in_code() | COMPOSED).items():
        text = Template(replies._replies()[language][name])
        assert set(text.get_identifiers()) == given, name
        assert reply(language, name, **dict.fromkeys(given, "X"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reply_is_used(language: Language) -> None:
    used = set(chain(calls_in_code(), COMPOSED, OPTIONAL))
    assert names(language) - used == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reply_states_a_figure(language: Language) -> None:
    for text in replies._replies()[language].values():
        assert find_figures(text, written_out=True) == [], text


def test_variables_are_filled_in() -> None:
    assert "Huế" in reply("vi", "missing_place", places="Huế")


@pytest.mark.parametrize("name", ["missing_place", "lead_original"])
def test_a_variable_that_is_not_given_is_an_error(name: str) -> None:
    with pytest.raises(KeyError):
        reply("vi", name)


def test_a_reply_that_does_not_exist_is_an_error() -> None:
    assert not has_reply("vi", "no_such_reply")
    assert has_reply("vi", "greeting")
    with pytest.raises(KeyError):
        reply("vi", "no_such_reply")
