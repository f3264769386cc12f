"""Both composers over the same cases: the quotes, and what a language model makes of them."""

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from app.build import build_language_model
from app.settings import Settings
from eval.answers import run_answers
from eval.cases import Case
from eval.errors import EvalError
from eval.runs import Scored
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
