"""The gate's figures on model-worded answers: right ones, and the same with one error planted.

`pytest -s` prints them. The model is scripted: it says the sentence, and says it again when asked
to mend it. What stands in the rewordings was written by hand.
"""

from collections import Counter
from collections.abc import Iterator

from app.chat_model import ChatModel
from app.generation import Writer
from app.settings import Settings
from eval.gate_answers import RightAnswer, reworded_answers
from eval.gate_check import REWORDINGS
from eval.gate_corruptions import PARTS, corruptions
from tests.doubles import ScriptedChatModel
from tests.factories import make_answer

FOREIGN = PARTS["foreign"]


def is_released(answer: RightAnswer, sentence: str) -> bool:
    """Tell whether a sentence that a model says of a quote reaches the reader."""
    quoted = make_answer(f"“{answer.citation.quote}” [1]", answer.citation)
    scripted = ScriptedChatModel(queue=[f"completeness: complete\n{sentence}", sentence])
    model = ChatModel(scripted, Settings(llm_retries=0))
    *_, last = Writer(model).stream(quoted)
    return last.composer == "llm"


def trials() -> Iterator[tuple[str, bool]]:
    """Yield what was planted, "right" where nothing was, and whether it was released."""
    for answer in reworded_answers(REWORDINGS):
        yield "right", is_released(answer, answer.text)
        for corruption in corruptions(answer):
            yield corruption.part, is_released(answer, corruption.text)


def test_a_planted_figure_does_not_reach_the_reader() -> None:
    done = Counter(trials())
    shown = {part for part, _ in done}
    assert shown == {"right", *(part for parts in PARTS.values() for part in parts)}
    print(f"\n{'planted':10} {'sentences':>9} {'held back':>9} {'let through':>11}")
    for part in ["right", *(part for parts in PARTS.values() for part in parts)]:
        held, let = done[part, False], done[part, True]
        print(f"{part:10} {held + let:9} {held:9} {let:11}")
    assert sum(done[part, True] for part in FOREIGN) <= 0.01 * sum(
        done[part, released] for part in FOREIGN for released in (True, False)
    )
    assert done["right", True] >= 0.9 * (done["right", True] + done["right", False])
