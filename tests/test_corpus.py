"""The digests in corpus/ hold every figure of their originals, no other, and no copied run."""

import json
from pathlib import Path

import pytest

from eval.case_checks import copied_runs
from ingest.figures import find_figures
from ingest.reading import read_document
from ingest.text import normalise

ROOT = Path(__file__).parents[1]
DIGESTS = sorted((ROOT / "corpus").glob("*.md"))
# Folders of texts that the project writes itself; `ingest/data` holds names of indices.
COMMITTED = ("corpus", "app", "prompts", "eval", "tests")
TEXTS = frozenset({".css", ".js", ".json", ".jsonl", ".md", ".py", ".toml", ".txt"})


@pytest.fixture
def originals(shared: Path) -> list[str]:
    """Return the texts of the originals; a line says so where they are absent."""
    files = sorted((shared / "corpus").glob("*.txt"))
    assert files
    return [normalise(path.read_text(encoding="utf-8")) for path in files]


def figures_of(text: str) -> set[str]:
    return {figure.key for figure in find_figures(text)}


def body_of_original(shared: Path, name: str) -> str:
    """Return the original without the lines that are not the document."""
    entries = json.loads((shared / "eval" / "documents_gold.json").read_text(encoding="utf-8"))
    dropped = next(
        {item["line"] for item in entry["boilerplate"]} for entry in entries if entry["doc"] == name
    )
    lines = normalise((shared / "corpus" / name).read_text(encoding="utf-8")).split("\n")
    return "\n".join(line for number, line in enumerate(lines, 1) if number not in dropped)


def test_there_is_a_digest_for_each_of_five_originals() -> None:
    sources = {read_document(path, path.name).description.source_file for path in DIGESTS}
    assert len(DIGESTS) == len(sources) == 5


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_digest_describes_itself_and_its_original(path: Path) -> None:
    description = read_document(path, path.name).description
    assert description.kind == "digest"
    assert description.title_basis == "stated"
    assert description.source_file
    assert description.locality
    assert description.date
    assert description.date_basis in ("stated", "inferred")


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_digest_has_the_figures_of_its_original_and_no_other(path: Path, shared: Path) -> None:
    document = read_document(path, path.name)
    assert document.description.source_file
    original = body_of_original(shared, document.description.source_file)
    assert figures_of(document.text[document.body_start :]) == figures_of(original)


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_no_sentence_of_an_original_is_copied(path: Path, originals: list[str]) -> None:
    document = read_document(path, path.name)
    assert copied_runs([document.text[document.body_start :]], originals) == []


@pytest.mark.parametrize("name", COMMITTED)
def test_no_text_of_the_project_repeats_an_original(name: str, originals: list[str]) -> None:
    """Titles, gold and texts of tests are own words as well; only names of documents and indices
    may be as long as this.
    """
    files = [path for path in sorted((ROOT / name).rglob("*")) if path.suffix in TEXTS]
    assert files
    copied = {
        str(path.relative_to(ROOT)): runs
        for path in files
        if (runs := copied_runs([_words_of(path)], originals, length=10))
    }
    assert copied == {}


def _words_of(path: Path) -> str:
    return normalise(path.read_text(encoding="utf-8"))
