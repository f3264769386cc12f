"""How much must speak for evidence before it is given."""

from dataclasses import replace

import pytest

from app.settings import DecidingSettings
from app.support import Support, believable

LIMITS = DecidingSettings()
SURE = Support(share=1.0, missing=0.0, noun=1.0, cosine=0.97, nearness=1.0)
FOREIGN = Support(share=0.0, missing=1.0, noun=-1.0, cosine=0.75, nearness=0.1)


@pytest.mark.parametrize("of_figure", [True, False])
def test_what_is_all_about_the_topic_is_believed_and_what_is_foreign_is_not(
    of_figure: bool,
) -> None:
    assert believable(replace(SURE, of_figure=of_figure), LIMITS)
    assert not believable(replace(FOREIGN, of_figure=of_figure), LIMITS)


@pytest.mark.parametrize(
    "worse",
    [{"share": 0.0}, {"missing": 1.0}, {"noun": -1.0}, {"cosine": 0.8}, {"nearness": 0.0}],
)
def test_each_lack_makes_a_figure_harder_to_believe(worse: dict[str, float]) -> None:
    sure = replace(SURE, of_figure=True)

    bears = [DecidingSettings(figure_doubt=n / 10) for n in range(-200, 200)]
    before = sum(believable(sure, limit) for limit in bears)
    after = sum(believable(replace(sure, **worse), limit) for limit in bears)  # type: ignore[arg-type]
    assert after < before


def test_figures_and_sentences_have_a_limit_each() -> None:
    strict = DecidingSettings(figure_doubt=20, text_doubt=-20)
    assert not believable(replace(SURE, of_figure=True), strict)
    assert believable(SURE, strict)


def test_a_question_in_english_may_be_less_like_a_sentence() -> None:
    limits = DecidingSettings(figure_doubt=0.0, english_allowance=1.0)
    support = replace(SURE, of_figure=True, cosine=0.5)
    assert not believable(support, limits)
    assert believable(support, limits, english=True)
