"""How far chosen evidence is about what is asked, and whether that is enough to answer."""

from dataclasses import dataclass

from app.settings import DecidingSettings


@dataclass(frozen=True, slots=True)
class Support:
    """How far the evidence chosen is about what is asked: each from 0 to 1, `noun` from -1.

    `gap`: how much less like the question (cosine) the sentence is than the likest one found;
    `own`: the share of the topic in the figure's own words, `share`: in these, its sentence and
    what is around it, each at its weight; `noun`: whether what is counted is what was asked.
    """

    share: float
    own: float
    noun: float
    cosine: float
    gap: float = 0.0
    of_figure: bool = False


def believable(support: Support, limits: DecidingSettings) -> bool:
    """Tell whether evidence so far about the topic may answer."""
    return True
