"""What readers browse is the current version, searched by words, and by meaning with a model."""

from pathlib import Path

import pytest

from app.catalogue import Catalogue
from app.lookup import Filters
from ingest.library import LibrarySource
from ingest.pipeline import ingest_paths
from ingest.settings import IngestSettings
from tests.app.web.doubles import HOSTILE, PLAN, REPORT, publish
from tests.doubles import HashingEmbedder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    publish(tmp_path / "library", PLAN)
    return tmp_path / "library"


def open_catalogue(folder: Path) -> Catalogue:
    return Catalogue(LibrarySource(folder, HashingEmbedder.identity))


def test_a_publish_is_seen_at_once_and_the_registry_read_once_a_version(folder: Path) -> None:
    catalogue = open_catalogue(folder)
    before = catalogue.current()
    assert catalogue.current() is before
    publish(folder, REPORT)
    after = catalogue.current()
    assert len(after.registry.rows) > len(before.registry.rows)
    assert {REPORT.id, PLAN.id} == set(after.documents)
    assert after.gaps
    assert after.conflicts


def test_a_document_is_read_with_its_text_and_passages_in_order(folder: Path) -> None:
    document = open_catalogue(folder).current().read(PLAN.id)
    assert document is not None
    assert document.text == PLAN.text
    assert document.description.title == PLAN.description.title
    for passage in document.passages:
        assert PLAN.text[passage.start : passage.end] == passage.text
    assert open_catalogue(folder).current().read("khác.txt") is None


def test_the_same_text_under_another_name_is_read_as_the_stored_one(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(PLAN.text, encoding="utf-8")
    folder = tmp_path / "library"
    paths = [tmp_path / "a.txt", tmp_path / "b.txt"]
    ingest_paths(folder, paths, IngestSettings(), open_embedder=lambda _: HashingEmbedder())
    edition = open_catalogue(folder).current()
    (stored,) = edition.documents
    for key in ("a.txt", "b.txt"):
        document = edition.read(key)
        assert document is not None
        assert document.description.id == stored
        assert document.passages


def test_meaning_is_searched_by_only_with_a_model_and_where_words_find_nothing(
    folder: Path,
) -> None:
    publish(folder, REPORT, HOSTILE)
    catalogue = open_catalogue(folder)
    edition = catalogue.current()
    query = "hộ gia đình nông thôn miền núi nối mạng băng rộng tốc độ cao"
    assert catalogue.search(edition, query, Filters()).rows == ()
    by_words = catalogue.search(edition, "kinh tế số", Filters())
    catalogue.use(HashingEmbedder())
    found = catalogue.search(edition, query, Filters())
    assert found.by_meaning
    assert {row.indicator for row in found.rows} == {"tỷ lệ hộ gia đình có internet băng rộng"}
    assert catalogue.search(edition, "kinh tế số", Filters()) == by_words
    assert not by_words.by_meaning
    every = catalogue.search(edition, " ", Filters(year=2030))
    assert list(every.rows) == edition.registry.filtered(Filters(year=2030))
