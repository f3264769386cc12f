"""How far chosen evidence is about what is asked, and whether that is enough to answer."""

from dataclasses import dataclass

from app.settings import DecidingSettings

# Logistic regression on the "tune" half of eval/cases and eval/cases_more: weights of share,
# missing, noun, nearness, named, and of the cosine above what any two sentences of the field have.
_OF_FIGURE = (0.82, -0.90, 0.54, 1.45, 0.0, 27.3)
_OF_TEXT = (0.54, -0.92, 0.58, 0.31, 0.61, 41.2)
_COMMON_COSINE = 0.9


@dataclass(frozen=True, slots=True)
class Support:
    """How far the evidence chosen is about what is asked; shares are from 0 to 1.

    `share`: of the topic, in the figure's own words, its sentence and what is around, each at its
    weight; `missing`: of the topic's concepts, what nothing there expresses; `noun`, from -1 to 1:
    whether what is counted or named is what was asked; `cosine`: with the sentence; `nearness`: of
    the sentence among all found, 1 for the nearest; `named`: whether the
    sentence names the legal document that the question names; `exact`: it is the figure of the
    row of the registry that the question finds first, and its own words express the whole topic.
    """

    share: float
    missing: float
    noun: float
    cosine: float
    nearness: float
    named: float = 0.0
    exact: bool = False
    of_figure: bool = False


def believable(support: Support, limits: DecidingSettings, *, english: bool = False) -> bool:
    """Tell whether evidence so far about the topic may answer.

    A question in English is less like a Vietnamese sentence, whatever both say.
    """
    if support.exact:
        return True
    weights = _OF_FIGURE if support.of_figure else _OF_TEXT
    doubt = limits.figure_doubt if support.of_figure else limits.text_doubt
    values = (
        support.share,
        support.missing,
        support.noun,
        support.nearness,
        support.named,
    )
    cosine = support.cosine + (limits.english_allowance if english else 0.0)
    belief = weights[-1] * (cosine - _COMMON_COSINE)
    belief += sum(weight * value for weight, value in zip(weights, values, strict=False))
    return belief > doubt
