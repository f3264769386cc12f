import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest import discovery, pipeline
from ingest.documents import FailedFile, IngestReport, SourceDocument
from ingest.embedding import Embedder
from ingest.errors import LibraryError
from ingest.library import Library, LibrarySource
from ingest.loading.loaded import LoadedFile
from ingest.manifest import PIPELINE
from ingest.pipeline import OpenEmbedder, ingest_documents, ingest_paths, remove_documents
from ingest.reading import build_document
from ingest.settings import EmbeddingSettings, IngestSettings, SplittingSettings
from ingest.stored import searched_text
from ingest.versions import (
    current_manifest,
    current_version,
    list_versions,
    required_manifest,
    roll_back,
)
from ingest.writer import LibraryWriter
from tests.doubles import HashingEmbedder

ROOT = Path(__file__).parents[2]
FILES = {
    "a.txt": "Kinh tế số của xã\nXã phấn đấu kinh tế số đạt 30% GRDP vào năm 2025. "
    "Năm 2022, xã xếp thứ 24/63 theo số 12/KH-UBND, ngày 6-9-2021.\n",
    "b.md": "---\nkind: digest\ntitle: Chữ ký số\n---\n\n# Chữ ký số\n\n"
    "Tỉnh cấp chữ ký số miễn phí cho người dân. Ai cũng nhận được.\n\n"
    "## Hồ sơ\n\n- Hồ sơ nộp qua mạng đạt 80,5%.\n",
    "sub/c.txt": "Bệnh viện lập hồ sơ sức khỏe điện tử cho trẻ em. Trạm y tế xã cũng làm theo.\n",
}


class OtherEmbedder(HashingEmbedder):
    identity = "another-model"


class BrokenEmbedder(HashingEmbedder):
    """Fails at the second batch: some of the documents have been written by then."""

    calls = 0

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.calls += 1
        if self.calls > 2:
            raise KeyboardInterrupt
        return super().embed_passages(texts)


def hashing(settings: EmbeddingSettings) -> Embedder:
    return HashingEmbedder()


def other(settings: EmbeddingSettings) -> Embedder:
    return OtherEmbedder()


def forbidden(settings: EmbeddingSettings) -> Embedder:
    raise AssertionError("the model must not be loaded")


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def ingest(
    library: Path,
    *paths: Path,
    prune: bool = False,
    settings: IngestSettings | None = None,
    open_embedder: OpenEmbedder = hashing,
) -> IngestReport:
    return ingest_paths(
        library, paths, settings or IngestSettings(), prune=prune, open_embedder=open_embedder
    )


def done(report: IngestReport) -> dict[str, list[str]]:
    names = ("created", "updated", "unchanged", "removed")
    return {name: sorted(getattr(report, name)) for name in names if getattr(report, name)}


def quotes(library: Library) -> dict[str, list[str]]:
    return {
        passage.id: [passage.quote(sentence) for sentence in passage.sentences]
        for passage in library.passages(library.passage_ids)
    }


@pytest.fixture(scope="module")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("ingested")
    ingest(folder / "library", written(folder / "docs", FILES))
    return folder


@pytest.fixture
def home(ingested: Path, tmp_path: Path) -> Path:
    """Return a folder of the test's own with docs/ and the library made of it."""
    folder = Path(shutil.copytree(ingested, tmp_path / "home"))
    change_records(folder / "library", root=str(folder / "docs"))
    return folder


def change_records(library: Path, **values: object) -> None:
    """Write other values into all document records of the current version."""
    path = library / "versions" / str(current_version(library)) / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    for record in data["documents"].values():
        record.update(values)
    path.write_text(json.dumps(data), encoding="utf-8")


# --- What becomes of the files ---


def test_new_files_are_created_and_reported(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", FILES)
    report = ingest(tmp_path / "library", docs)
    assert done(report) == {"created": sorted(FILES)}
    assert report.failed == ()
    assert report.passages == len(Library.open(tmp_path / "library").passage_ids) >= 3
    assert report.targets == len(Library.open(tmp_path / "library").targets()[0]) >= 2
    assert report.seconds > 0
    assert report.library_version == current_version(tmp_path / "library")
    library = Library.open(tmp_path / "library")
    assert [item.id for item in library.documents()] == sorted(FILES)
    assert all(library.document_text(key) == text for key, text in FILES.items())


def test_a_changed_file_is_updated_and_nothing_else_is_touched(home: Path) -> None:
    before = quotes(Library.open(home / "library"))
    written(home / "docs", {"a.txt": "Xã đã xong kinh tế số."})
    report = ingest(home / "library", home / "docs")
    assert done(report) == {"updated": ["a.txt"], "unchanged": ["b.md", "sub/c.txt"]}
    after = quotes(Library.open(home / "library"))
    assert after.pop("a.txt#00000") == ["Xã đã xong kinh tế số."]
    before.pop("a.txt#00000")
    assert after == before


def test_only_changed_files_are_embedded(home: Path) -> None:
    seen: list[str] = []

    class Watching(HashingEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            seen.extend(texts)
            return super().embed_passages(texts)

    written(home / "docs", {"d.txt": "Tài liệu mới tinh."})
    ingest(home / "library", home / "docs", open_embedder=lambda settings: Watching())
    assert seen == ["Tài liệu mới tinh.", "Tài liệu mới tinh.\nTài liệu mới tinh."]


def test_an_unchanged_folder_publishes_nothing_and_loads_no_model(home: Path) -> None:
    before = current_version(home / "library")
    report = ingest(home / "library", home / "docs", prune=True, open_embedder=forbidden)
    assert done(report) == {"unchanged": sorted(FILES)}
    assert report.passages == required_manifest(home / "library").passages
    assert report.library_version == before
    assert list_versions(home / "library") == [before]


def test_an_unchanged_ingest_imports_no_heavy_library(home: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from ingest.pipeline import ingest_paths\n"
        "from ingest.settings import IngestSettings\n"
        "report = ingest_paths(Path(sys.argv[1]), [Path(sys.argv[2])], IngestSettings())\n"
        "print(len(report.unchanged), report.created + report.updated + report.failed)\n"
        "print({'torch', 'chromadb', 'bm25s', 'sentence_transformers', 'transformers'}"
        " & set(sys.modules))\n"
    )
    command = [sys.executable, "-c", script, str(home / "library"), str(home / "docs")]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.splitlines() == ["3 ()", "set()"]


def test_a_touched_file_is_unchanged(home: Path) -> None:
    os.utime(home / "docs" / "a.txt", (1, 1))
    report = ingest(home / "library", home / "docs", open_embedder=forbidden)
    assert done(report) == {"unchanged": sorted(FILES)}


def test_without_prune_a_file_that_is_gone_stays_in_the_library(home: Path) -> None:
    (home / "docs" / "a.txt").unlink()
    report = ingest(home / "library", home / "docs", open_embedder=forbidden)
    assert done(report) == {"unchanged": ["b.md", "sub/c.txt"]}
    assert "a.txt" in required_manifest(home / "library").documents


def test_with_prune_a_file_that_is_gone_is_removed_without_the_model(home: Path) -> None:
    (home / "docs" / "a.txt").unlink()
    report = ingest(home / "library", home / "docs", prune=True, open_embedder=forbidden)
    assert done(report) == {"removed": ["a.txt"], "unchanged": ["b.md", "sub/c.txt"]}
    library = Library.open(home / "library")
    assert report.passages == len(library.passage_ids)
    assert [item.id for item in library.documents()] == ["b.md", "sub/c.txt"]
    assert not library.lexical_scores("GRDP").any()


def test_a_renamed_file_is_one_removed_and_one_created(home: Path) -> None:
    (home / "docs" / "a.txt").rename(home / "docs" / "z.txt")
    report = ingest(home / "library", home / "docs", prune=True)
    assert done(report) == {
        "created": ["z.txt"],
        "removed": ["a.txt"],
        "unchanged": ["b.md", "sub/c.txt"],
    }
    assert Library.open(home / "library").document_text("z.txt") == FILES["a.txt"]


def test_a_folder_whose_files_are_all_gone_leaves_an_empty_library_that_works(home: Path) -> None:
    shutil.rmtree(home / "docs")
    (home / "docs").mkdir()
    report = ingest(home / "library", home / "docs", prune=True)
    assert done(report) == {"removed": sorted(FILES)}
    assert report.passages == 0
    library = Library.open(home / "library")
    assert library.documents() == library.passage_ids == ()
    assert library.lexical_scores("kinh tế số").shape == (0,)
    assert library.nearest(HashingEmbedder().embed_query("kinh tế số"), 5) == []
    written(home / "docs", FILES)
    assert done(ingest(home / "library", home / "docs")) == {"created": sorted(FILES)}


def test_an_empty_folder_makes_no_library(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {})
    docs.mkdir()
    report = ingest(tmp_path / "library", docs, prune=True, open_embedder=forbidden)
    assert report == IngestReport(seconds=report.seconds)
    assert not (tmp_path / "library").exists()


def test_ids_are_relative_to_the_path_given_and_a_single_file_has_its_name(
    tmp_path: Path,
) -> None:
    docs = written(tmp_path / "docs", FILES)
    assert done(ingest(tmp_path / "one", docs / "sub")) == {"created": ["c.txt"]}
    assert done(ingest(tmp_path / "two", docs / "sub" / "c.txt")) == {"created": ["c.txt"]}
    assert Library.open(tmp_path / "two").passage_ids == ("c.txt#00000",)


def test_the_same_id_from_another_root_is_refused_and_the_rest_is_published(home: Path) -> None:
    more = written(home / "more", {"a.txt": "Tài liệu khác.", "new.txt": "Tài liệu mới."})
    report = ingest(home / "library", more)
    assert done(report) == {"created": ["new.txt"]}
    [failed] = report.failed
    assert failed.file == str(more / "a.txt")
    assert "'a.txt'" in failed.reason
    assert str(home / "docs") in failed.reason
    assert Library.open(home / "library").document_text("a.txt") == FILES["a.txt"]


def test_a_bad_file_does_not_stop_the_rest(tmp_path: Path) -> None:
    docs = written(
        tmp_path / "docs", {**FILES, "bad.txt": "a\0b", "empty.txt": " \n", "x.zip": "PK"}
    )
    report = ingest(tmp_path / "library", docs, docs / "none.txt", docs / "x.zip")
    assert done(report) == {"created": sorted(FILES)}
    reasons = {Path(failed.file).name: failed.reason for failed in report.failed}
    words = {"none.txt": "no such file", "bad.txt": "binary", "empty.txt": "empty", "x.zip": "zip"}
    assert set(reasons) == set(words)
    for name, word in words.items():
        assert word in reasons[name]
        assert "\n" not in reasons[name]
    assert report.skipped == (str(docs / "x.zip"),)
    assert sorted(required_manifest(tmp_path / "library").documents) == sorted(FILES)


def test_a_file_that_breaks_its_reader_does_not_stop_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    read = pipeline.read_document

    def breaking(path: Path, document_id: str) -> SourceDocument:
        if document_id == "a.txt":
            raise KeyError("no such\nstream")
        return read(path, document_id)

    monkeypatch.setattr(pipeline, "read_document", breaking)
    report = ingest(tmp_path / "library", written(tmp_path / "docs", FILES))
    assert done(report) == {"created": ["b.md", "sub/c.txt"]}
    assert "KeyError" in report.failed[0].reason
    assert "\n" not in report.failed[0].reason
    assert "Traceback" in caplog.text


# --- Equal and nearly equal texts ---


def test_the_same_text_twice_is_stored_once_with_both_sources(home: Path) -> None:
    written(home / "docs", {"z/copy.txt": FILES["a.txt"]})
    report = ingest(home / "library", home / "docs", open_embedder=forbidden)
    assert done(report) == {"created": ["z/copy.txt"], "unchanged": sorted(FILES)}
    note = "Has the same text as a.txt, which is stored for both."
    assert [(item.document, item.text) for item in report.notes] == [("z/copy.txt", note)]
    library = Library.open(home / "library")
    assert {item.id: item.also_in for item in library.documents()} == {
        "a.txt": ("z/copy.txt",),
        "b.md": (),
        "sub/c.txt": (),
    }
    assert library.document_text("z/copy.txt") == FILES["a.txt"]
    assert sorted(required_manifest(home / "library").documents) == sorted([*FILES, "z/copy.txt"])
    before = current_version(home / "library")
    again = ingest(home / "library", home / "docs", prune=True, open_embedder=forbidden)
    assert done(again) == {"unchanged": sorted([*FILES, "z/copy.txt"])}
    assert current_version(home / "library") == before


def test_equal_texts_of_one_ingest_are_embedded_once(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {f"{n}.txt": "Xã mở lớp học số." for n in range(3)})
    report = ingest(tmp_path / "library", docs)
    assert done(report) == {"created": ["0.txt", "1.txt", "2.txt"]}
    [description] = Library.open(tmp_path / "library").documents()
    assert (description.id, description.also_in) == ("0.txt", ("1.txt", "2.txt"))
    assert report.passages == 1


@pytest.mark.parametrize("change", ["remove", "prune", "change"])
def test_the_copy_takes_the_place_of_the_stored_one_in_the_same_ingest(
    home: Path, change: str
) -> None:
    written(home / "docs", {"z/copy.txt": FILES["a.txt"]})
    ingest(home / "library", home / "docs")
    before = quotes(Library.open(home / "library"))["a.txt#00000"]
    if change == "remove":
        remove_documents(home / "library", ["a.txt"], IngestSettings())
    elif change == "prune":
        (home / "docs" / "a.txt").unlink()
        report = ingest(home / "library", home / "docs", prune=True, open_embedder=forbidden)
        assert done(report)["removed"] == ["a.txt"]
        note = "Takes the place of a.txt, whose text it has."
        assert [(item.document, item.text) for item in report.notes] == [("z/copy.txt", note)]
    else:
        written(home / "docs", {"a.txt": "Câu mới."})
        assert done(ingest(home / "library", home / "docs"))["updated"] == ["a.txt"]
    library = Library.open(home / "library")
    assert quotes(library)["z/copy.txt#00000"] == before
    assert {item.also_in for item in library.documents()} == {()}
    assert library.passage_ids[int(library.lexical_scores("GRDP").argmax())] == "z/copy.txt#00000"
    assert ("a.txt" in library.manifest.documents) == (change == "change")
    expected = sum(record.passages for record in library.manifest.documents.values())
    assert len(library.passage_ids) == expected


def test_removing_the_copy_leaves_the_stored_one(home: Path) -> None:
    written(home / "docs", {"z/copy.txt": FILES["a.txt"]})
    ingest(home / "library", home / "docs")
    remove_documents(home / "library", ["z/copy.txt"], IngestSettings())
    library = Library.open(home / "library")
    assert [item.id for item in library.documents()] == sorted(FILES)
    assert {item.also_in for item in library.documents()} == {()}


def test_a_copy_that_changes_becomes_a_document_and_back(home: Path) -> None:
    written(home / "docs", {"z/copy.txt": FILES["a.txt"]})
    ingest(home / "library", home / "docs")
    written(home / "docs", {"z/copy.txt": "Tài liệu này nay đã khác."})
    assert done(ingest(home / "library", home / "docs"))["updated"] == ["z/copy.txt"]
    assert len(Library.open(home / "library").documents()) == 4
    written(home / "docs", {"z/copy.txt": FILES["sub/c.txt"]})
    assert done(ingest(home / "library", home / "docs"))["updated"] == ["z/copy.txt"]
    library = Library.open(home / "library")
    assert {item.id: item.also_in for item in library.documents()}["sub/c.txt"] == ("z/copy.txt",)
    assert len(library.documents()) == 3


def test_equal_texts_are_all_processed_anew_after_a_change_of_the_pipeline(home: Path) -> None:
    written(home / "docs", {"z/copy.txt": FILES["a.txt"]})
    ingest(home / "library", home / "docs")
    change_records(home / "library", pipeline=PIPELINE - 1)
    report = ingest(home / "library", home / "docs")
    assert done(report) == {"updated": sorted([*FILES, "z/copy.txt"])}
    library = Library.open(home / "library")
    assert library.documents()[0].also_in == ("z/copy.txt",)
    again = ingest(home / "library", home / "docs", open_embedder=forbidden)
    assert done(again) == {"unchanged": sorted([*FILES, "z/copy.txt"])}


def test_a_near_duplicate_is_stored_and_reported(home: Path) -> None:
    lines = [f"Xã số {number} mở lớp học cho người cao tuổi ở thôn." for number in range(60)]
    written(home / "docs", {"m.txt": "\n".join(lines), "n.txt": "\n".join([*lines, "Hết."])})
    report = ingest(home / "library", home / "docs")
    [note] = report.notes
    assert note.document == "n.txt"
    assert note.text.startswith("Near-duplicate of m.txt (similarity 0.99)")
    library = Library.open(home / "library")
    assert library.notes("n.txt") == (note.text,)
    assert library.notes("m.txt") == ()
    assert len(library.documents()) == 5


def test_the_figures_of_a_near_duplicate_are_compared_with_the_text_that_is_stored(
    home: Path,
) -> None:
    lines = [f"Ở thôn {number} có lớp học số cho người cao tuổi." for number in range(60)]
    old, new = "Kinh phí là 120 triệu đồng.", "Kinh phí là 150 triệu đồng."
    written(home / "docs", {"m.txt": "\n".join([*lines, old])})
    ingest(home / "library", home / "docs")
    written(home / "docs", {"n.txt": "\n".join([*lines, new])})
    [note] = ingest(home / "library", home / "docs").notes
    assert "figures differ: here “Kinh phí là 150 triệu đồng”, there “120 triệu”." in note.text
    assert Library.open(home / "library").notes("n.txt") == (note.text,)
    # Once the two agree in every figure, the note says so; without the other there is none.
    written(home / "docs", {"m.txt": "\n".join([*lines, new, "Hết."])})
    [note] = ingest(home / "library", home / "docs").notes
    assert note.document == "m.txt"
    assert note.text.endswith("): no figure differs.")
    assert Library.open(home / "library").notes("n.txt") == ()


# --- Files that moved ---


def test_documents_of_a_folder_that_moved_are_taken_over(home: Path) -> None:
    moved = (home / "docs").rename(home / "moved")
    report = ingest(home / "library", moved, open_embedder=forbidden)
    assert done(report) == {"unchanged": sorted(FILES)}
    assert report.failed == ()
    assert {note.document for note in report.notes} == set(FILES)
    assert str(home / "docs") in report.notes[0].text
    roots = {record.root for record in required_manifest(home / "library").documents.values()}
    assert roots == {str(moved)}
    again = ingest(home / "library", moved, open_embedder=forbidden)
    assert (again.notes, again.library_version) == ((), report.library_version)
    (moved / "a.txt").unlink()
    assert done(ingest(home / "library", moved, prune=True))["removed"] == ["a.txt"]


def test_a_file_that_moved_and_changed_is_updated(home: Path) -> None:
    moved = (home / "docs").rename(home / "moved")
    written(moved, {"a.txt": "Câu mới."})
    (moved / "b.md").unlink()
    report = ingest(home / "library", moved, prune=True)
    assert done(report) == {"updated": ["a.txt"], "unchanged": ["sub/c.txt"], "removed": ["b.md"]}


def test_only_bad_files_publish_nothing_and_load_no_model(tmp_path: Path) -> None:
    docs = written(tmp_path / "docs", {"bad.txt": "a\0b"})
    report = ingest(tmp_path / "library", docs, open_embedder=forbidden)
    assert done(report) == {}
    assert len(report.failed) == 1
    assert current_manifest(tmp_path / "library") is None


def test_a_file_that_went_bad_keeps_its_earlier_version_until_it_is_mended(home: Path) -> None:
    written(home / "docs", {"a.txt": "a\0b", "sub/c.txt": "Câu mới."})
    report = ingest(home / "library", home / "docs", prune=True)
    assert done(report) == {"updated": ["sub/c.txt"], "unchanged": ["b.md"]}
    assert [type(failed) for failed in report.failed] == [FailedFile]
    assert Library.open(home / "library").document_text("a.txt") == FILES["a.txt"]
    again = ingest(home / "library", home / "docs", prune=True, open_embedder=forbidden)
    assert len(again.failed) == 1
    written(home / "docs", {"a.txt": "Đã chữa."})
    assert done(ingest(home / "library", home / "docs"))["updated"] == ["a.txt"]
    assert Library.open(home / "library").document_text("a.txt") == "Đã chữa."


# --- Identity and evidence ---


def test_the_same_input_twice_gives_the_same_ids_and_quotes(home: Path, tmp_path: Path) -> None:
    ingest(tmp_path / "again", home / "docs")
    one, two = Library.open(home / "library"), Library.open(tmp_path / "again")
    assert one.passage_ids == two.passage_ids
    assert {key.split("#")[0] for key in one.passage_ids} == set(FILES)
    assert quotes(one) == quotes(two)
    assert one.passages(one.passage_ids) == two.passages(two.passage_ids)
    assert one.documents() == two.documents()


def test_every_quote_is_the_stored_text_at_its_offsets(ingested: Path) -> None:
    library = Library.open(ingested / "library")
    count = 0
    for passage in library.passages(library.passage_ids):
        text = library.document_text(passage.document.id)
        assert passage.text == text[passage.start : passage.end]
        for sentence in passage.sentences:
            count += 1
            assert passage.quote(sentence) == text[sentence.start : sentence.end]
            assert passage.quote(sentence) in FILES[passage.document.id]
    assert count >= 6


def test_what_describes_a_document_reaches_its_passages(ingested: Path) -> None:
    library = Library.open(ingested / "library")
    [first] = library.passages(["b.md#00000"])
    assert first.document.kind == "digest"
    assert first.document.title == "Chữ ký số"
    assert first.heading == ("Chữ ký số",)
    assert library.syllables.restore("chu ky so") == "chữ ký số"


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("xã phấn đấu kinh tế số đạt 30% GRDP vào năm 2025", "a.txt#00000"),
        ("chữ ký số miễn phí cho người dân", "b.md#00000"),
        ("hồ sơ sức khỏe điện tử cho trẻ em", "sub/c.txt#00000"),
    ],
)
def test_what_was_ingested_is_found_by_both_legs(
    ingested: Path, question: str, passage: str
) -> None:
    library = Library.open(ingested / "library")
    assert library.nearest(HashingEmbedder().embed_query(question), 1)[0].passage_id == passage
    assert library.passage_ids[int(library.lexical_scores(question).argmax())] == passage


def test_many_documents_in_many_batches_keep_their_own_vectors(tmp_path: Path) -> None:
    words = [f"từ{number}khoá" for number in range(30)]
    docs = written(
        tmp_path / "docs",
        {
            f"{n:02}.txt": "\n".join(
                " ".join(f"Việc {part} của {word} {n} là việc {item}." for item in range(30))
                for part in ("một", "hai", "ba")
            )
            for n, word in enumerate(words)
        },
    )
    report = ingest(tmp_path / "library", docs)
    assert len(report.created) == 30
    assert report.passages > 64
    library = Library.open(tmp_path / "library")
    embedder = HashingEmbedder()
    for passage in library.passages(library.passage_ids[::20]):
        [cosine] = library.cosines(embedder.embed_query(searched_text(passage)), [passage.id])
        assert cosine == pytest.approx(1, abs=1e-4)


def test_a_megabyte_in_one_line_is_ingested_whole(tmp_path: Path) -> None:
    text = "Xã mở lớp kỹ năng số cho người cao tuổi, đạt 80,5% kế hoạch. " * 12_500
    docs = written(tmp_path / "docs", {"long.txt": text})
    assert (docs / "long.txt").stat().st_size > 1_000_000
    report = ingest(tmp_path / "library", docs)
    library = Library.open(tmp_path / "library")
    assert report.passages == len(library.passage_ids) > 700
    assert library.document_text("long.txt") == text
    assert sum(map(len, quotes(library).values())) == 12_500


# --- Settings, models and pipelines ---


def test_another_model_by_the_settings_is_refused_before_it_is_loaded(home: Path) -> None:
    settings = IngestSettings(embedding=EmbeddingSettings(model="folder/of-a-model"))
    with pytest.raises(LibraryError) as caught:
        ingest(home / "library", home / "docs", settings=settings, open_embedder=forbidden)
    assert "'hashing'" in str(caught.value)
    assert "'folder/of-a-model'" in str(caught.value)


def test_the_same_model_in_another_place_is_taken(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "model_identity", lambda settings: HashingEmbedder.identity)
    settings = IngestSettings(embedding=EmbeddingSettings(model="moved/to/this-folder"))
    report = ingest(home / "library", home / "docs", settings=settings, open_embedder=forbidden)
    assert done(report) == {"unchanged": sorted(FILES)}
    written(home / "docs", {"a.txt": "Câu mới."})
    assert done(ingest(home / "library", home / "docs", settings=settings))["updated"] == ["a.txt"]
    assert required_manifest(home / "library").embedding.model == "moved/to/this-folder"


def test_a_model_of_another_identity_is_refused_and_nothing_is_published(home: Path) -> None:
    before = current_version(home / "library")
    written(home / "docs", {"a.txt": "Câu mới."})
    with pytest.raises(LibraryError) as caught:
        ingest(home / "library", home / "docs", open_embedder=other)
    assert "'hashing'" in str(caught.value)
    assert "'another-model'" in str(caught.value)
    assert current_version(home / "library") == before
    assert done(ingest(home / "library", home / "docs"))["updated"] == ["a.txt"]


def test_another_schema_is_refused_by_ingest(home: Path) -> None:
    path = home / "library" / "versions" / str(current_version(home / "library"))
    data = json.loads((path / "manifest.json").read_text(encoding="utf-8"))
    (path / "manifest.json").write_text(json.dumps(data | {"schema": 0}), encoding="utf-8")
    with pytest.raises(LibraryError, match=r"schema 0, .* reads schema \d"):
        ingest(home / "library", home / "docs")


def test_another_pipeline_number_reprocesses_every_document(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = written(home / "elsewhere", {"d.txt": "Tài liệu ở nơi khác."})
    ingest(home / "library", more)
    monkeypatch.setattr(discovery, "PIPELINE", discovery.PIPELINE + 1)
    report = ingest(home / "library", home / "docs")
    assert done(report) == {"updated": sorted([*FILES, "d.txt"])}


def test_documents_of_an_earlier_pipeline_are_reprocessed_once(home: Path) -> None:
    change_records(home / "library", pipeline=PIPELINE - 1)
    assert done(ingest(home / "library", home / "docs")) == {"updated": sorted(FILES)}
    again = ingest(home / "library", home / "docs", open_embedder=forbidden)
    assert done(again) == {"unchanged": sorted(FILES)}


def test_changed_splitting_reprocesses_every_document_once(home: Path) -> None:
    small = SplittingSettings(passage_characters=200, sentence_characters=200)
    settings = IngestSettings(splitting=small)
    report = ingest(home / "library", home / "docs" / "a.txt", settings=settings)
    assert done(report) == {"updated": sorted(FILES)}
    library = Library.open(home / "library")
    assert all(len(item.text) <= 200 for item in library.passages(library.passage_ids))
    again = ingest(home / "library", home / "docs", settings=settings, open_embedder=forbidden)
    assert done(again) == {"unchanged": sorted(FILES)}


def test_old_versions_are_pruned_to_the_number_kept(home: Path) -> None:
    settings = IngestSettings(kept_versions=2)
    for number in range(4):
        written(home / "docs", {"a.txt": f"Câu số {number}."})
        ingest(home / "library", home / "docs", settings=settings)
    assert len(list_versions(home / "library")) == 2
    assert Library.open(home / "library").document_text("a.txt") == "Câu số 3."


def test_an_ingest_after_a_rollback_brings_the_present_files_back(home: Path) -> None:
    first = current_version(home / "library")
    assert first
    written(home / "docs", {"a.txt": "Câu mới."})
    ingest(home / "library", home / "docs")
    roll_back(home / "library", first)
    assert Library.open(home / "library").document_text("a.txt") == FILES["a.txt"]
    assert done(ingest(home / "library", home / "docs"))["updated"] == ["a.txt"]
    assert Library.open(home / "library").document_text("a.txt") == "Câu mới."


# --- Removing, and documents in memory ---


def test_removed_documents_are_gone_and_come_back_with_the_next_ingest(home: Path) -> None:
    version = remove_documents(home / "library", ["a.txt", "b.md", "a.txt"], IngestSettings())
    assert current_version(home / "library") == version
    assert list(required_manifest(home / "library").documents) == ["sub/c.txt"]
    assert done(ingest(home / "library", home / "docs"))["created"] == ["a.txt", "b.md"]


def test_removing_an_unknown_document_is_refused_and_removes_nothing(home: Path) -> None:
    with pytest.raises(LibraryError, match=r"no document 'none\.txt'"):
        remove_documents(home / "library", ["a.txt", "none.txt"], IngestSettings())
    assert "a.txt" in required_manifest(home / "library").documents
    with pytest.raises(LibraryError, match="no document"):
        remove_documents(home / "nothing", ["a.txt"], IngestSettings())


def test_documents_in_memory_are_created_and_updated(tmp_path: Path) -> None:
    library = tmp_path / "library"
    first = [build_document(str(number), LoadedFile(f"Tài liệu {number}.")) for number in range(3)]
    report = ingest_documents(library, first, IngestSettings(), open_embedder=hashing)
    assert done(report) == {"created": ["0", "1", "2"]}
    assert report.passages == 3
    texts = {"1": "Bản sau.", "3": "Tài liệu 3."}
    later = [build_document(key, LoadedFile(text)) for key, text in texts.items()]
    report = ingest_documents(library, later, IngestSettings(), open_embedder=hashing)
    assert done(report) == {"created": ["3"], "updated": ["1"]}
    assert Library.open(library).document_text("1") == "Bản sau."
    assert Library.open(library).passage_ids == tuple(f"{n}#00000" for n in range(4))


# --- Kills, locks and readers ---


def test_a_failure_in_the_middle_leaves_the_old_version_answering(home: Path) -> None:
    before = current_version(home / "library")
    written(home / "docs", {f"new{n}.txt": f"Câu {n}. " * 2000 for n in range(8)})
    with pytest.raises(KeyboardInterrupt):
        ingest(home / "library", home / "docs", open_embedder=lambda settings: BrokenEmbedder())
    assert current_version(home / "library") == before
    assert [item.id for item in Library.open(home / "library").documents()] == sorted(FILES)
    assert len(ingest(home / "library", home / "docs").created) == 8


@pytest.mark.parametrize("step", ["put", "publish"])
def test_a_failing_writer_leaves_the_old_version_answering(
    home: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def fail(*_: object) -> None:
        raise OSError("no space left on device")

    before = current_version(home / "library")
    written(home / "docs", {"a.txt": "Câu mới."})
    with monkeypatch.context() as patch:
        patch.setattr(LibraryWriter, step, fail)
        with pytest.raises(OSError, match="no space"):
            ingest(home / "library", home / "docs")
    assert current_version(home / "library") == before
    assert Library.open(home / "library").document_text("a.txt") == FILES["a.txt"]
    assert done(ingest(home / "library", home / "docs"))["updated"] == ["a.txt"]


SLEEPING_INGEST = """
import sys, time
from pathlib import Path
from ingest.pipeline import ingest_paths
from ingest.settings import IngestSettings
from tests.doubles import HashingEmbedder

class Sleeping(HashingEmbedder):
    calls = 0
    def embed_passages(self, texts):
        self.calls += 1
        if self.calls == 4:
            print("writing", flush=True)
            time.sleep(600)
        return super().embed_passages(texts)

library, docs = map(Path, sys.argv[1:])
ingest_paths(library, [docs], IngestSettings(), open_embedder=lambda settings: Sleeping())
"""


def test_a_killed_ingest_leaves_the_old_version_answering_and_the_lock_free(home: Path) -> None:
    before = current_version(home / "library")
    files = {f"new{n}.txt": f"Câu {n} dài hơn một chút để thành nhiều đoạn. " * 2000 for n in "12"}
    written(home / "docs", files)
    command = [sys.executable, "-c", SLEEPING_INGEST, str(home / "library"), str(home / "docs")]
    with subprocess.Popen(command, cwd=ROOT, stdout=-1, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "writing\n"
        with pytest.raises(LibraryError, match="is being written by another process"):
            ingest(home / "library", home / "docs")
        assert Library.open(home / "library").document_text("a.txt") == FILES["a.txt"]
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert current_version(home / "library") == before
    assert list_versions(home / "library") == [before]
    assert [item.id for item in Library.open(home / "library").documents()] == sorted(FILES)
    report = ingest(home / "library", home / "docs")
    assert done(report) == {"created": sorted(files), "unchanged": sorted(FILES)}
    assert not (home / "library" / "versions" / ".staging").exists()
    assert len(Library.open(home / "library").documents()) == 5


def test_a_second_ingest_is_refused_before_it_reads_any_file(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def reading(*_: object) -> None:
        raise AssertionError("a file was read")

    written(home / "docs", {"a.txt": "Câu mới."})
    with LibraryWriter(home / "library", required_manifest(home / "library"), 5):
        monkeypatch.setattr(pipeline, "read_document", reading)
        with pytest.raises(LibraryError, match="is being written by another process"):
            ingest(home / "library", home / "docs")


def test_a_second_ingest_is_refused_while_the_first_one_writes(home: Path) -> None:
    before = current_version(home / "library")
    written(home / "docs", {"a.txt": "Câu mới."})
    with LibraryWriter(home / "library", required_manifest(home / "library"), 5):
        for write in (
            lambda: ingest(home / "library", home / "docs"),
            lambda: remove_documents(home / "library", ["a.txt"], IngestSettings()),
        ):
            with pytest.raises(LibraryError, match="is being written by another process: wait"):
                write()
    assert current_version(home / "library") == before


def test_an_ingest_planned_on_an_older_version_does_not_undo_the_newer_one(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = written(home / "more2", {"d.txt": "Người khác vừa thêm."})
    plan = pipeline.make_plan

    def slow(*arguments: Any, **options: Any) -> discovery.Plan:
        monkeypatch.setattr(pipeline, "make_plan", plan)
        ingest(home / "library", more)
        return plan(*arguments, **options)

    monkeypatch.setattr(pipeline, "make_plan", slow)
    written(home / "docs", {"a.txt": "Câu mới."})
    with pytest.raises(LibraryError, match="changed by another process meanwhile: try again"):
        ingest(home / "library", home / "docs")
    assert "d.txt" in required_manifest(home / "library").documents
    assert done(ingest(home / "library", home / "docs"))["updated"] == ["a.txt"]
    assert sorted(required_manifest(home / "library").documents) == sorted([*FILES, "d.txt"])


def test_a_running_reader_sees_what_was_ingested_without_a_restart(home: Path) -> None:
    source = LibrarySource(home / "library", HashingEmbedder.identity)
    assert source.current().document_text("a.txt") == FILES["a.txt"]
    written(home / "docs", {"a.txt": "Câu mới về băng thông."})
    report = ingest(home / "library", home / "docs")
    now = source.current()
    assert now.version == report.library_version
    assert now.document_text("a.txt") == "Câu mới về băng thông."
    assert now.passage_ids[int(now.lexical_scores("bang thong").argmax())] == "a.txt#00000"


def test_progress_is_shown_only_when_asked_for(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ingest(home / "one", home / "docs")
    assert capsys.readouterr() == ("", "")
    ingest_paths(
        home / "two", [home / "docs"], IngestSettings(), progress=True, open_embedder=hashing
    )
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "passages" in shown.err
    assert "documents" in shown.err
    assert "3/3" in shown.err


def test_documents_wait_for_each_other_only_until_a_batch_is_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "_GROUP", 2)
    docs = written(tmp_path / "docs", {f"{n}.txt": f"Câu {n}." for n in range(5)})
    sizes: list[int] = []

    class Watching(HashingEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            sizes.append(len(texts))
            return super().embed_passages(texts)

    ingest(tmp_path / "library", docs, open_embedder=lambda settings: Watching())
    assert sizes == [2, 2, 2, 2, 1, 1]
