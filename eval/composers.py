"""Both composers over the same cases: the quotes, and what a language model makes of them."""

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from pydantic import ValidationError

from app.build import build_language_model
from app.settings import Settings
from eval.answers import run_answers
from eval.cases import Case
from eval.errors import EvalError
from eval.runs import Run, Scored
from ingest.embedding import create_embedder
from ingest.pipeline import OpenEmbedder


def run_composers(
    cases: Sequence[Case],
    corpus: Path,
    settings: Settings,
    llm: str,
    folder: Path,
    open_embedder: OpenEmbedder = create_embedder,
) -> dict[str, Scored]:
    """Answer the cases by quotes and by the model, each a run of its own in the folder.

    Raise AppError or EvalError for an unfit model before anything is answered.
    """
    try:
        worded = Settings.model_validate(settings.model_dump() | {"llm": llm})
    except ValidationError as error:
        raise EvalError(f"--llm {llm!r} names no model: give it as provider:model.") from error
    build_language_model(worded)
    quoted = settings.model_copy(update={"llm": None})
    return {
        name: run_answers(cases, corpus, changed, folder / name, open_embedder)
        for name, changed in (("quotes", quoted), ("llm", worded))
    }


def composition(quotes: Run, llm: Run) -> dict[str, float]:
    """Return how far the model came into play: where it fell back, both runs score the same."""
    worded = [answer for answer in llm.answers.values() if answer.composer == "llm"]
    noticed = [one for one in llm.answers.values() if one.composer == "quotes" and one.notice]
    otherwise = [
        answer
        for answer in llm.answers.values()
        if answer.understood != quotes.answers[answer.id].understood
    ]
    return {
        "in_the_models_words": len(worded),
        "quoted_with_a_notice": len(noticed),
        "understood_otherwise": len(otherwise),
        "seconds_median_quotes": _median_seconds(quotes),
        "seconds_median_llm": _median_seconds(llm),
    }


def _median_seconds(run: Run) -> float:
    return round(median(answer.took_ms for answer in run.answers.values()) / 1000, 2)
