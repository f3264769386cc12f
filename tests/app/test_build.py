"""The composition root: what it refuses before it loads the model, and what it puts together."""

import threading
from pathlib import Path

import pytest

from app import build
from app.build import build_assistant, build_retriever, start_serving
from app.settings import RetrievalSettings, Settings
from ingest.errors import IngestError
from ingest.pipeline import ingest_documents, remove_documents
from ingest.settings import EmbeddingSettings, IngestSettings
from tests.doubles import HashingEmbedder
from tests.factories import make_document

TEXT = "Thư viện số mở cửa cả tuần. Bạn đọc mượn sách điện tử miễn phí."


class OtherEmbedder(HashingEmbedder):
    identity = "another"


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    ingest_documents(
        folder,
        [make_document(TEXT, "a.txt"), make_document(TEXT, "b.txt")],
        IngestSettings(),
        open_embedder=lambda _: HashingEmbedder(),
    )
    return folder


@pytest.fixture
def loaded(monkeypatch: pytest.MonkeyPatch) -> list[EmbeddingSettings]:
    """Let the model be made of hashes, and return what was asked for each time."""
    asked: list[EmbeddingSettings] = []

    def create(settings: EmbeddingSettings) -> HashingEmbedder:
        asked.append(settings)
        return HashingEmbedder()

    monkeypatch.setattr(build, "create_embedder", create)
    return asked


def test_an_assistant_answers_from_the_library_it_was_built_on(library: Path) -> None:
    assistant = build_assistant(library, Settings(), HashingEmbedder())
    assert assistant.library_version == (library / "CURRENT").read_text().strip()


def test_the_model_of_the_settings_is_loaded_once_where_none_is_given(
    library: Path, loaded: list[EmbeddingSettings]
) -> None:
    build_assistant(library, Settings())
    assert loaded == [Settings().ingest.embedding]


def test_a_model_that_is_given_is_used_instead_of_another(
    library: Path, loaded: list[EmbeddingSettings]
) -> None:
    build_retriever(library, Settings(), HashingEmbedder())
    assert loaded == []


def test_the_settings_reach_the_retrieval(library: Path) -> None:
    settings = Settings(retrieval=RetrievalSettings(hits=1))
    retriever = build_retriever(library, settings, HashingEmbedder())
    assert len(retriever.search("Sách điện tử?", 0)) == 1


@pytest.mark.parametrize("emptied", [False, True])
def test_a_library_without_documents_is_refused_before_the_model_is_loaded(
    emptied: bool, tmp_path: Path, library: Path, loaded: list[EmbeddingSettings]
) -> None:
    folder = library if emptied else tmp_path / "none"
    if emptied:
        remove_documents(folder, ["a.txt", "b.txt"], IngestSettings())
    with pytest.raises(IngestError, match="hoidap ingest") as raised:
        build_assistant(folder, Settings())
    assert str(folder) in str(raised.value)
    assert loaded == []


def test_a_missing_library_is_not_created_by_asking_for_it(tmp_path: Path) -> None:
    with pytest.raises(IngestError):
        build_assistant(tmp_path / "none", Settings(), HashingEmbedder())
    assert not (tmp_path / "none").exists()


def test_a_library_of_another_model_is_refused_before_the_model_is_loaded(
    library: Path, loaded: list[EmbeddingSettings]
) -> None:
    ingest = IngestSettings(embedding=EmbeddingSettings(model="mo-hinh-khac"))
    with pytest.raises(IngestError) as raised:
        build_assistant(library, Settings(ingest=ingest))
    assert "'hashing'" in str(raised.value)
    assert "'mo-hinh-khac'" in str(raised.value)
    assert loaded == []


def test_a_model_of_the_same_name_with_other_vectors_is_refused(library: Path) -> None:
    with pytest.raises(IngestError, match="'another'"):
        build_assistant(library, Settings(), OtherEmbedder())


def test_documents_can_be_read_before_any_model_is_loaded(
    library: Path, loaded: list[EmbeddingSettings]
) -> None:
    _, catalogue = start_serving(library, Settings())
    document = catalogue.current().read("a.txt")
    assert document is not None
    assert document.text == TEXT
    assert loaded == []


def test_pages_and_answers_come_from_one_version(
    library: Path, loaded: list[EmbeddingSettings]
) -> None:
    starting, catalogue = start_serving(library, Settings())
    starting.start(on_failure=lambda: pytest.fail("nothing failed"))
    *_, answer = starting.stream("Thư viện số mở cửa khi nào?")
    assert answer.library_version == catalogue.current().library.version
    assert loaded == [Settings().ingest.embedding]


def test_serving_is_refused_at_once_without_documents_and_later_with_another_model(
    tmp_path: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(IngestError, match="hoidap ingest"):
        start_serving(tmp_path / "none", Settings())
    monkeypatch.setattr(build, "create_embedder", lambda _: OtherEmbedder())
    starting, _ = start_serving(library, Settings())
    failed = threading.Event()
    starting.start(on_failure=failed.set)
    assert failed.wait(10)
    with pytest.raises(IngestError, match="'another'"):
        starting.check()
