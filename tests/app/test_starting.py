"""A question may be asked before the assistant is there."""

import threading
from collections.abc import Iterator

import pytest

from app.answers import Answer
from app.assistant import Assistant
from app.starting import StartingAssistant
from ingest.errors import ModelError
from tests.factories import make_answer


class Ready(Assistant):
    def __init__(self) -> None:
        pass

    def stream(self, question: str, history: object = ()) -> Iterator[Answer]:
        yield make_answer("Đạt 30%.", question=question)


def test_a_question_waits_until_the_assistant_is_made() -> None:
    opened = threading.Event()

    def build() -> Assistant:
        assert opened.wait(10)
        return Ready()

    starting = StartingAssistant(build)
    starting.start(on_failure=lambda: pytest.fail("nothing failed"))
    starting.check()
    answers = starting.stream("Bao nhiêu?")
    opened.set()
    assert [answer.question for answer in answers] == ["Bao nhiêu?"]
    starting.check()


def test_a_failure_is_told_and_kept() -> None:
    failed = threading.Event()

    def build() -> Assistant:
        raise ModelError("The model is not there: install it.")

    starting = StartingAssistant(build)
    starting.start(on_failure=failed.set)
    assert failed.wait(10)
    with pytest.raises(ModelError):
        starting.check()
    with pytest.raises(ModelError):
        next(starting.stream("Bao nhiêu?"))
