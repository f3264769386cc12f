"""The conversation of one tab."""

import logging

import pytest

from app.answers import Outcome, Turn
from app.web.chat import converse
from app.web.conversation import KEPT_EXCHANGES, begin, settle, stop, turns
from tests.app.web.doubles import ScriptedAssistant, answer_of


def test_the_question_shows_at_once_and_the_answer_follows() -> None:
    first, last = converse(ScriptedAssistant(), (), "Hà Nội?")
    assert first[-1].answer is None
    assert last[-1].answer is not None
    assert last[-1].number == first[-1].number == 1


def test_earlier_answers_are_handed_on_as_turns() -> None:
    assistant = ScriptedAssistant()
    *_, conversation = converse(assistant, (), "Hà Nội?")
    list(converse(assistant, conversation, "Còn Hải Phòng?"))
    assert assistant.histories[-1] == (
        Turn("user", "Hà Nội?"),
        Turn("assistant", "Hà Nội: 30% [1]. Hải Phòng: 25% [2]."),
    )


def test_refused_input_is_no_part_of_the_history() -> None:
    conversation = settle(begin((), " "), answer_of("Hãy nhập.", outcome=Outcome.FAILED))
    assert turns(conversation) == ()


def test_an_unexpected_error_is_logged_whole_without_the_question(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.ERROR):
        *_, last = converse(ScriptedAssistant(), (), "Câu hỏng bí mật?")
    assert last[-1].ending == "failed"
    assert "the library is gone" in caplog.text
    assert "Traceback" in caplog.text
    assert "bí mật" not in caplog.text


def test_a_question_that_never_settled_is_dropped_and_numbers_go_on() -> None:
    conversation = begin(begin((), "một"), "hai")
    assert [(exchange.number, exchange.question) for exchange in conversation] == [(2, "hai")]


def test_only_a_question_that_waits_is_stopped() -> None:
    waiting = begin((), "một")
    assert stop(waiting)[-1].ending == "stopped"
    assert turns(stop(waiting)) == ()
    answered = settle(waiting, answer_of("a"))
    assert stop(answered) == answered
    assert stop(()) == ()


def test_a_long_conversation_keeps_its_latest_exchanges() -> None:
    conversation = begin((), "0")
    for number in range(KEPT_EXCHANGES + 5):
        conversation = begin(settle(conversation, answer_of("a")), str(number))
    assert len(conversation) == KEPT_EXCHANGES
    assert conversation[-1].number == KEPT_EXCHANGES + 6


def test_a_persons_number_is_hidden_in_what_the_page_keeps_and_hands_on() -> None:
    assistant = ScriptedAssistant()
    *_, conversation = converse(assistant, (), "Gọi tôi 0912345678?")
    assert conversation[-1].question == "Gọi tôi [số đã ẩn]?"
    list(converse(assistant, conversation, "Còn Hải Phòng?"))
    assert assistant.histories[-1][0] == Turn("user", "Gọi tôi [số đã ẩn]?")
