"""Composition root: settings -> assistant, for the web page, the command line and eval alike."""

from datetime import date
from pathlib import Path

from app.assistant import Assistant, LanguageModel
from app.catalogue import Catalogue
from app.chat_model import create_chat_model
from app.generation import Writer
from app.lookup import Filters, Registry
from app.retrieval import Retriever
from app.rewriting import Rewriter
from app.settings import Settings
from app.starting import StartingAssistant
from ingest.documents import Target
from ingest.embedding import Embedder, create_embedder, model_identity
from ingest.library import Library, LibrarySource
from ingest.versions import required_manifest


def build_assistant(
    library: Path,
    settings: Settings,
    embedder: Embedder | None = None,
    source: LibrarySource | None = None,
    model: LanguageModel | None = None,
) -> Assistant:
    """Return an assistant over a library; raise IngestError where library or model is unfit.

    Raise AppError where the language model of the settings is unfit.
    """
    model = model or build_language_model(settings)
    source, embedder = _open(library, settings, embedder, source)
    retriever = Retriever(source, embedder, settings.retrieval)
    return Assistant(source, embedder, retriever, settings, date.today, model)


def build_language_model(settings: Settings) -> LanguageModel | None:
    """Return what a language model does for the answers, None where none is set."""
    model = create_chat_model(settings)
    return LanguageModel(Rewriter(model), Writer(model), model.allowance) if model else None


def start_serving(library: Path, settings: Settings) -> tuple[StartingAssistant, Catalogue]:
    """Return an assistant to be made later, and the library for the pages that need no model.

    Raise IngestError at once for an unfit library, AppError for an unfit language model.
    """
    _check(library, settings)
    model = build_language_model(settings)
    manifest = required_manifest(library)
    source = LibrarySource(library, manifest.embedding.identity)
    catalogue = Catalogue(source)

    def build() -> Assistant:
        embedder = _ready_embedder(settings)
        manifest.check_model(embedder.identity, library)
        catalogue.use(embedder)
        return build_assistant(library, settings, embedder, source, model)

    return StartingAssistant(build), catalogue


def build_retriever(
    library: Path, settings: Settings, embedder: Embedder | None = None
) -> Retriever:
    """Return the retrieval alone."""
    source, embedder = _open(library, settings, embedder)
    return Retriever(source, embedder, settings.retrieval)


def find_rows(
    library: Path, settings: Settings, filters: Filters, query: str | None
) -> list[Target]:
    """Return the rows of the target registry that pass the filters and match the query.

    Words are enough where they find something; only otherwise is the model loaded, for meaning.
    """
    required_manifest(library)
    registry = Registry(*Library.open(library).targets())
    if not query:
        return registry.filtered(filters)
    if rows := registry.search(query, filters):
        return rows
    _check(library, settings)
    vector = create_embedder(settings.ingest.embedding).embed_query(query)
    return registry.search(query, filters, vector)


def _open(
    library: Path,
    settings: Settings,
    embedder: Embedder | None,
    source: LibrarySource | None = None,
) -> tuple[LibrarySource, Embedder]:
    if embedder is None:
        _check(library, settings)
        embedder = _ready_embedder(settings)
    source = source or LibrarySource(library, embedder.identity)
    source.current()
    return source, embedder


def _ready_embedder(settings: Settings) -> Embedder:
    embedder = create_embedder(settings.ingest.embedding)
    # The first use of a model costs a second more: better at the start than at a question.
    embedder.embed_query("Chuyển đổi số là gì?")
    return embedder


def _check(library: Path, settings: Settings) -> None:
    """Refuse a missing library or one of another model before the model is loaded."""
    manifest = required_manifest(library)
    if manifest.embedding.model != settings.ingest.embedding.model:
        manifest.check_model(model_identity(settings.ingest.embedding), library)
