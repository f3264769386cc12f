"""Composition root: settings -> assistant, for the web page, the command line and eval alike."""

from pathlib import Path

from app.assistant import Assistant
from app.retrieval import Retriever
from app.settings import Settings
from app.starting import StartingAssistant
from ingest.embedding import Embedder, create_embedder, model_identity
from ingest.library import LibrarySource
from ingest.versions import required_manifest


def build_assistant(
    library: Path, settings: Settings, embedder: Embedder | None = None
) -> Assistant:
    """Return an assistant over a library; raise IngestError where library or model is unfit."""
    source, embedder = _open(library, settings, embedder)
    retriever = Retriever(source, embedder, settings.retrieval)
    return Assistant(source, embedder, retriever, settings)


def start_assistant(library: Path, settings: Settings) -> StartingAssistant:
    """Return an assistant to be made later; raise IngestError at once for an unfit library."""
    _check(library, settings)
    return StartingAssistant(lambda: build_assistant(library, settings))


def build_retriever(
    library: Path, settings: Settings, embedder: Embedder | None = None
) -> Retriever:
    """Return the retrieval alone."""
    source, embedder = _open(library, settings, embedder)
    return Retriever(source, embedder, settings.retrieval)


def _open(
    library: Path, settings: Settings, embedder: Embedder | None
) -> tuple[LibrarySource, Embedder]:
    if embedder is None:
        _check(library, settings)
        embedder = create_embedder(settings.ingest.embedding)
        # The first use of a model costs a second more: better at the start than at a question.
        embedder.embed_query("Chuyển đổi số là gì?")
    source = LibrarySource(library, embedder.identity)
    source.current()
    return source, embedder


def _check(library: Path, settings: Settings) -> None:
    """Refuse a missing library or one of another model before the model is loaded."""
    manifest = required_manifest(library)
    if manifest.embedding.model != settings.ingest.embedding.model:
        manifest.check_model(model_identity(settings.ingest.embedding), library)
