import contextlib
import json
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import asdict, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from ingest import versions as versions_module
from ingest import writer as writer_module
from ingest.documents import Dropped, LegalReference, SourceDocument
from ingest.errors import LibraryError
from ingest.library import Library, LibrarySource
from ingest.loading.loaded import LoadedFile
from ingest.manifest import DocumentRecord, EmbeddingRecord, Manifest
from ingest.reading import build_document
from ingest.settings import SplittingSettings
from ingest.splitting import split
from ingest.stored import searched_text
from ingest.versions import (
    current_manifest,
    current_version,
    list_versions,
    previous_version,
    read_version,
    required_manifest,
    roll_back,
)
from ingest.writer import LibraryWriter
from tests.doubles import HashingEmbedder
from tests.factories import make_description, make_passage

ROOT = Path(__file__).parents[2]
EMBEDDER = HashingEmbedder()
TEXTS = {
    "a.txt": "# Kinh tế số\n\nXã phấn đấu kinh tế số đạt 30% GRDP. Năm 2025 phải xong.",
    "thư mục/b.txt": "Tỉnh cấp chữ ký số miễn phí cho người dân.\n\nHồ sơ nộp qua mạng.",
    "c.txt": "Bệnh viện lập hồ sơ sức khỏe điện tử cho trẻ em.",
}


def empty_manifest(identity: str = EMBEDDER.identity) -> Manifest:
    return Manifest(EmbeddingRecord("built-in", identity, 64, "float32"), {})


def document_of(document_id: str, text: str) -> SourceDocument:
    return build_document(document_id, LoadedFile(text))


def put(writer: LibraryWriter, document_id: str, text: str, **changes: object) -> None:
    document = document_of(document_id, text)
    description = replace(document.description, **changes)  # type: ignore[arg-type]
    document = replace(document, description=description)
    passages = split(document, SplittingSettings())
    writer.put(
        document,
        DocumentRecord("root", f"digest of {text}", len(passages), notes=("A note.",)),
        passages,
        EMBEDDER.embed_passages([searched_text(item) for item in passages]),
        EMBEDDER.embed_query(description.title),
    )


def publish(library: Path, texts: dict[str, str], kept: int = 5) -> str:
    planned_on = current_manifest(library)
    with LibraryWriter(library, planned_on, kept) as writer:
        for document_id, text in texts.items():
            put(writer, document_id, text)
        return writer.publish(planned_on or empty_manifest())


def remove(library: Path, *document_ids: str, kept: int = 5) -> str:
    with LibraryWriter(library, required_manifest(library), kept) as writer:
        writer.remove(document_ids)
        return writer.publish()


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stored") / "library"
    publish(folder, TEXTS)
    return folder


@pytest.fixture(scope="module")
def opened(stored: Path) -> Library:
    return Library.open(stored)


@pytest.fixture
def copied(stored: Path, tmp_path: Path) -> Path:
    """Return a library of its own that a test may change."""
    return Path(shutil.copytree(stored, tmp_path / "library"))


# --- What is read is what was written ---


def test_the_stored_text_of_a_document_is_its_whole_text(opened: Library) -> None:
    for document_id, text in TEXTS.items():
        assert opened.document_text(document_id) == text


def test_documents_are_listed_by_id_with_all_that_is_known_of_them(copied: Path) -> None:
    known = {
        "title": "Kế hoạch",
        "title_basis": "stated",
        "kind": "digest",
        "source_file": "goc.txt",
        "publisher": "Báo Xã",
        "date": "2024-05",
        "date_basis": "inferred",
        "locality": "Huế",
        "legal_documents": (LegalReference("12/KH-UBND", "Kế hoạch", "2024", "UBND"),),
    }
    with LibraryWriter(copied, required_manifest(copied), 5) as writer:
        put(writer, "aa.txt", "Một câu.", **known)
        writer.publish()
    documents = Library.open(copied).documents()
    assert [item.id for item in documents] == ["a.txt", "aa.txt", "c.txt", "thư mục/b.txt"]
    assert asdict(documents[1]) == asdict(make_description("aa.txt", **known))


def test_passages_come_back_equal_in_the_order_asked_for(opened: Library) -> None:
    expected = [
        passage
        for document_id, text in TEXTS.items()
        for passage in split(document_of(document_id, text), SplittingSettings())
    ]
    assert len(expected) == len(opened.passage_ids) == 3
    assert opened.passages([passage.id for passage in expected]) == expected
    backwards = expected[::-1]
    assert opened.passages([passage.id for passage in backwards]) == backwards


def test_the_passages_of_a_document_are_its_own_in_their_order(opened: Library) -> None:
    every = opened.passages(opened.passage_ids)
    for document in opened.documents():
        own = [passage for passage in every if passage.document.id == document.id]
        assert opened.passages_of(document.id) == sorted(own, key=lambda one: one.ordinal)
    assert opened.passages_of("none.txt") == []


def test_passage_ids_are_sorted_and_know_their_position(opened: Library) -> None:
    assert list(opened.passage_ids) == sorted(opened.passage_ids)
    assert [opened.position(key) for key in opened.passage_ids] == [0, 1, 2]


def test_every_quote_stands_at_its_offsets_in_the_stored_text(opened: Library) -> None:
    passages = opened.passages(opened.passage_ids)
    assert sum(len(passage.sentences) for passage in passages) >= 5
    for passage in passages:
        text = opened.document_text(passage.document.id)
        assert passage.text == text[passage.start : passage.end]
        for sentence in passage.sentences:
            assert passage.quote(sentence) == text[sentence.start : sentence.end]


def test_the_nearest_passage_is_the_one_that_shares_the_words(opened: Library) -> None:
    vector = EMBEDDER.embed_query("cấp chữ ký số miễn phí cho người dân")
    matches = opened.nearest(vector, 2)
    assert matches[0].passage_id == "thư mục/b.txt#00000"
    assert len(matches) == 2
    assert matches[0].cosine > matches[1].cosine
    assert len(opened.nearest(vector, 100)) == 3


def test_cosines_are_the_scalar_products_in_the_order_of_the_ids(opened: Library) -> None:
    vector = EMBEDDER.embed_query("hồ sơ sức khỏe")
    ids = opened.passage_ids[::-1]
    own = EMBEDDER.embed_passages([searched_text(item) for item in opened.passages(ids)])
    assert opened.cosines(vector, ids) == pytest.approx(list(own @ vector), abs=1e-5)
    match = opened.nearest(vector, 1)[0]
    assert opened.cosines(vector, [match.passage_id]) == pytest.approx([match.cosine], abs=1e-5)


def test_no_ids_give_nothing(opened: Library) -> None:
    vector = EMBEDDER.embed_query("hồ sơ")
    assert opened.passages([]) == []
    assert opened.cosines(vector, []) == []
    assert opened.nearest(vector, 0) == []


def test_lexical_scores_also_see_the_title_and_the_headings(opened: Library) -> None:
    scores = opened.lexical_scores("kinh te so")
    assert opened.passage_ids[int(scores.argmax())] == "a.txt#00000"
    passage = replace(make_passage("c", title="A"), heading=("A", "B"))
    assert searched_text(passage) == "A\nB\nc"


def test_syllables_are_those_of_the_documents(opened: Library) -> None:
    assert opened.syllables.restore("chu ky so") == "chữ ký số"


def test_an_unknown_document_is_refused_by_name(opened: Library) -> None:
    with pytest.raises(LibraryError, match=r"'none\.txt'.*hoidap documents"):
        opened.document_text("none.txt")


def test_several_threads_read_one_library(opened: Library) -> None:
    wanted = opened.passages(opened.passage_ids)
    vector = EMBEDDER.embed_query("hồ sơ")
    failures: list[object] = []

    def read() -> None:
        for _ in range(10):
            if opened.passages(opened.passage_ids) != wanted or not opened.nearest(vector, 2):
                failures.append("other passages")

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_what_was_left_out_and_what_to_know_of_a_document_is_kept(copied: Path) -> None:
    document = replace(document_of("d.txt", "Ảnh: T. Một câu."), dropped=(Dropped(0, 7, "credit"),))
    passages = split(document, SplittingSettings())
    vectors = EMBEDDER.embed_passages([searched_text(item) for item in passages])
    record = DocumentRecord("root", "x", len(passages), notes=("One.", "Two."))
    with LibraryWriter(copied, required_manifest(copied), 5) as writer:
        writer.put(document, record, passages, vectors, vectors[0])
        writer.publish()
    library = Library.open(copied)
    assert library.dropped("d.txt") == (Dropped(0, 7, "credit"),)
    assert library.notes("d.txt") == ("One.", "Two.")
    assert library.dropped("a.txt") == ()
    assert library.all_dropped() == {key: library.dropped(key) for key in [*TEXTS, "d.txt"]}


# --- Versions ---


def test_a_document_put_again_takes_the_place_of_its_earlier_self(copied: Path) -> None:
    publish(copied, {"a.txt": "Câu mới. " * 200})
    library = Library.open(copied)
    assert library.document_text("a.txt") == "Câu mới. " * 200
    assert [item.id for item in library.documents()] == sorted(TEXTS)
    texts = [item.text for item in library.passages(library.passage_ids)]
    assert not any("GRDP" in text for text in texts)
    assert not library.lexical_scores("GRDP").any()
    assert library.manifest.passages == len(library.passage_ids) == 4


def test_a_removed_document_leaves_nothing_behind(copied: Path) -> None:
    remove(copied, "a.txt")
    library = Library.open(copied)
    assert sorted(library.manifest.documents) == ["c.txt", "thư mục/b.txt"]
    assert len(library.passage_ids) == library.manifest.passages == 2
    assert not library.lexical_scores("GRDP").any()
    found = library.nearest(EMBEDDER.embed_query(TEXTS["a.txt"]), 10)
    assert {match.passage_id for match in found} == set(library.passage_ids)
    with pytest.raises(LibraryError):
        library.document_text("a.txt")


def test_an_emptied_library_is_opened_and_filled_again(copied: Path) -> None:
    remove(copied, *TEXTS)
    library = Library.open(copied)
    assert library.documents() == library.passage_ids == ()
    assert library.nearest(EMBEDDER.embed_query("hồ sơ"), 5) == []
    assert library.lexical_scores("hồ sơ").shape == (0,)
    publish(copied, {"a.txt": TEXTS["a.txt"]})
    assert Library.open(copied).document_text("a.txt") == TEXTS["a.txt"]


def test_versions_are_named_in_the_order_of_their_making(tmp_path: Path) -> None:
    names = [publish(tmp_path, {"a.txt": f"Câu số {number}."}) for number in range(3)]
    assert list_versions(tmp_path) == names == sorted(names)
    assert current_version(tmp_path) == names[-1]
    assert previous_version(tmp_path) == names[-2]


def test_an_index_that_was_extended_is_the_one_made_anew(copied: Path, tmp_path: Path) -> None:
    publish(copied, {"d.txt": "Xã mở lớp kỹ năng số.", "a.txt": "Kinh tế số đạt 31% GRDP."})
    remove(copied, "c.txt")
    texts = TEXTS | {"d.txt": "Xã mở lớp kỹ năng số.", "a.txt": "Kinh tế số đạt 31% GRDP."}
    publish(tmp_path / "anew", {key: texts[key] for key in sorted(texts) if key != "c.txt"})
    extended, anew = Library.open(copied), Library.open(tmp_path / "anew")
    assert extended.passage_ids == anew.passage_ids
    for question in ("kinh tế số đạt bao nhiêu", "kỹ năng số", "bệnh viện trẻ em", "GRDP 30%"):
        assert np.array_equal(extended.lexical_scores(question), anew.lexical_scores(question))
    for typed in ("ky nang so", "benh vien", "ho so nop qua mang"):
        assert extended.syllables.restore(typed) == anew.syllables.restore(typed)
    assert not extended.syllables.knows("viện")


def test_an_index_is_built_anew_when_most_of_it_was_removed(copied: Path) -> None:
    places = []
    for number in range(8):
        publish(copied, {"a.txt": f"Câu số {number}. " * 300})
        places.append(required_manifest(copied).replaced_passages)
    assert max(places) > 3
    assert places[-1] <= required_manifest(copied).passages * 2
    assert any(later < earlier for earlier, later in pairwise(places))
    library = Library.open(copied)
    assert library.document_text("a.txt").startswith("Câu số 7.")
    assert library.document_text("c.txt") == TEXTS["c.txt"]
    vector = EMBEDDER.embed_query("cấp chữ ký số miễn phí cho người dân")
    assert library.nearest(vector, 1)[0].passage_id == "thư mục/b.txt#00000"


def test_the_text_of_a_document_goes_over_to_its_copy(copied: Path) -> None:
    base = required_manifest(copied)
    old = Library.open(copied)
    with LibraryWriter(copied, base, 5) as writer:
        writer.note("z.txt", replace(base.documents["a.txt"], same_as="a.txt", passages=0))
        writer.publish()
    assert Library.open(copied).documents()[0].also_in == ("z.txt",)
    assert Library.open(copied).document_text("z.txt") == TEXTS["a.txt"]
    with LibraryWriter(copied, required_manifest(copied), 5) as writer:
        writer.hand_over("a.txt", "z.txt")
        writer.remove(["a.txt"])
        writer.publish()
    new = Library.open(copied)
    assert [item.id for item in new.documents()] == ["c.txt", "thư mục/b.txt", "z.txt"]
    assert new.documents()[2].also_in == ()
    [before], [after] = old.passages(["a.txt#00000"]), new.passages(["z.txt#00000"])
    assert after == replace(before, document=replace(before.document, id="z.txt"))
    vector = EMBEDDER.embed_query("kinh tế số")
    assert new.cosines(vector, ["z.txt#00000"]) == old.cosines(vector, ["a.txt#00000"])
    assert new.passage_ids[int(new.lexical_scores("GRDP").argmax())] == "z.txt#00000"


def test_what_replaced_a_document_is_told_when_it_is_read(copied: Path) -> None:
    with LibraryWriter(copied, required_manifest(copied), 5) as writer:
        put(writer, "cũ.txt", "Kế hoạch cũ.", number="12/KH-UBND", locality="Huế")
        put(writer, "mới.txt", "Kế hoạch mới.", replaces=("12/KH-UBND", "c.txt"), locality="Huế")
        writer.publish()
    library = Library.open(copied)
    told = {item.id: item.replaced_by for item in library.documents() if item.replaced_by}
    assert told == {"cũ.txt": ("mới.txt",), "c.txt": ("mới.txt",)}
    [passage] = library.passages(["c.txt#00000"])
    assert passage.document.replaced_by == ("mới.txt",)


@pytest.mark.parametrize("kept", [2, 3])
def test_only_the_last_versions_are_kept(tmp_path: Path, kept: int) -> None:
    names = [publish(tmp_path, {"a.txt": f"Câu số {number}."}, kept) for number in range(5)]
    assert list_versions(tmp_path) == names[-kept:]
    assert Library.open(tmp_path).document_text("a.txt") == "Câu số 4."


def test_the_parent_of_the_current_version_is_never_removed(tmp_path: Path) -> None:
    names = [publish(tmp_path, {"a.txt": f"Câu số {number}."}, 3) for number in range(3)]
    roll_back(tmp_path, names[0])
    last = publish(tmp_path, {"a.txt": "Câu cuối."}, 3)
    assert list_versions(tmp_path) == [names[0], names[2], last]
    assert previous_version(tmp_path) == names[0]


def test_a_version_that_is_being_read_is_not_removed(tmp_path: Path) -> None:
    first = publish(tmp_path, {"a.txt": "Câu đầu."}, 2)
    reader = Library.open(tmp_path)
    names = [publish(tmp_path, {"a.txt": f"Câu số {number}."}, 2) for number in range(3)]
    assert list_versions(tmp_path) == [first, *names[-2:]]
    assert reader.document_text("a.txt") == "Câu đầu."
    assert reader.nearest(EMBEDDER.embed_query("câu"), 5)[0].passage_id == "a.txt#00000"
    reader.close()
    names.append(publish(tmp_path, {"a.txt": "Câu cuối."}, 2))
    assert list_versions(tmp_path) == names[-2:]


def test_readers_leave_the_vector_index_as_it_was_published(copied: Path) -> None:
    folder = copied / "versions" / str(current_version(copied)) / "chroma"

    def index_files() -> dict[Path, tuple[int, bytes]]:
        return {
            path: (path.stat().st_mtime_ns, path.read_bytes())
            for path in folder.rglob("*.*")
            if path.is_file() and path.suffix != ".sqlite3"
        }

    before = index_files()
    assert len(before) >= 10
    for _ in range(2):
        reader = Library.open(copied)
        assert len(reader.nearest(EMBEDDER.embed_query("hồ sơ"), 3)) == 3
        reader.close()
    assert index_files() == before


def test_a_version_is_copied_while_readers_open_it(copied: Path) -> None:
    """Chroma writes to its SQLite file even to read."""
    stop = threading.Event()
    failures: list[BaseException] = []

    def read() -> None:
        while not stop.is_set():
            try:
                reader = Library.open(copied)
                assert len(reader.nearest(EMBEDDER.embed_query("hồ sơ"), 3)) >= 3
                reader.close()
            except BaseException as error:
                failures.append(error)

    thread = threading.Thread(target=read)
    thread.start()
    try:
        for number in range(8):
            publish(copied, {"d.txt": f"Câu số {number}."})
    finally:
        stop.set()
        thread.join()
    assert failures == []
    assert Library.open(copied).document_text("d.txt") == "Câu số 7."


def test_leftovers_of_a_killed_writer_are_cleared_by_the_next(copied: Path) -> None:
    for name in (".staging", ".discarded-20200101T000000-x"):
        (copied / "versions" / name / "chroma").mkdir(parents=True)
        (copied / "versions" / name / "chroma" / "chroma.sqlite3").write_bytes(b"half of it")
    publish(copied, {"a.txt": "Câu mới."})
    assert sorted(entry.name for entry in (copied / "versions").iterdir()) == list_versions(copied)
    assert Library.open(copied).document_text("a.txt") == "Câu mới."


def test_rolling_back_makes_an_earlier_version_current_and_forth_again(copied: Path) -> None:
    first = current_version(copied)
    assert first
    second = publish(copied, {"a.txt": "Câu mới."})
    roll_back(copied, previous_version(copied))
    assert current_version(copied) == first
    assert Library.open(copied).document_text("a.txt") == TEXTS["a.txt"]
    roll_back(copied, second)
    assert Library.open(copied).document_text("a.txt") == "Câu mới."


def test_writing_after_a_rollback_goes_on_from_the_older_version(copied: Path) -> None:
    first = current_version(copied)
    assert first
    publish(copied, {"d.txt": "Tài liệu này sẽ bị bỏ."})
    roll_back(copied, first)
    third = publish(copied, {"e.txt": "Tài liệu này ở lại."})
    assert sorted(read_version(copied, third).documents) == sorted([*TEXTS, "e.txt"])


def test_a_version_that_is_not_there_is_refused_and_nothing_moves(copied: Path) -> None:
    before = current_version(copied)
    for name in ("none", ".staging", "", "../versions"):
        with pytest.raises(LibraryError, match="has no version"):
            roll_back(copied, name)
    with pytest.raises(LibraryError, match="no earlier version"):
        previous_version(copied)
    assert current_version(copied) == before


def test_a_version_left_unpublished_by_a_kill_is_not_the_current_one(
    copied: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = current_version(copied)
    with monkeypatch.context() as patch:
        patch.setattr(versions_module, "point_to", _killed)
        with pytest.raises(KeyboardInterrupt):
            publish(copied, {"a.txt": "Câu mới."})
    assert current_version(copied) == before
    assert Library.open(copied).document_text("a.txt") == TEXTS["a.txt"]
    publish(copied, {"a.txt": "Câu mới."})
    assert Library.open(copied).document_text("a.txt") == "Câu mới."


def _killed(*_: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("step", ["put", "extend_lexical_index", "write_manifest"])
def test_a_failure_before_publishing_leaves_the_old_version_and_no_rest(
    copied: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    before = current_version(copied)
    with monkeypatch.context() as patch:
        owner = LibraryWriter if step == "put" else writer_module
        patch.setattr(owner, step, _killed)
        with pytest.raises(KeyboardInterrupt):
            publish(copied, {"a.txt": "Câu mới."})
    assert current_version(copied) == before
    assert [entry.name for entry in (copied / "versions").iterdir()] == [before]
    assert Library.open(copied).document_text("a.txt") == TEXTS["a.txt"]
    assert publish(copied, {"a.txt": "Câu mới."}) == current_version(copied)


def test_a_version_that_does_not_add_up_is_not_published(copied: Path) -> None:
    before = current_version(copied)
    document = document_of("d.txt", "Một câu.")
    passages = split(document, SplittingSettings())
    record = DocumentRecord("root", "x", len(passages) + 1)
    vectors = EMBEDDER.embed_passages(["Một câu."])
    with LibraryWriter(copied, required_manifest(copied), 5) as writer:
        writer.put(document, record, passages, vectors, vectors[0])
        with pytest.raises(LibraryError, match="does not add up"):
            writer.publish()
    assert current_version(copied) == before


def test_a_second_writer_is_refused_while_the_first_one_writes(copied: Path) -> None:
    manifest = required_manifest(copied)
    with LibraryWriter(copied, manifest, 5):
        with pytest.raises(LibraryError) as caught, LibraryWriter(copied, manifest, 5):
            pass
        with pytest.raises(LibraryError):
            roll_back(copied, list_versions(copied)[0])
    assert str(caught.value) == (
        f"Library {copied} is being written by another process: "
        "wait until it has finished, then try again."
    )
    publish(copied, {"a.txt": "Câu mới."})


def test_a_writer_in_another_process_is_noticed(copied: Path) -> None:
    script = (
        "import sys; from pathlib import Path; import filelock\n"
        "lock = filelock.FileLock(Path(sys.argv[1]) / 'write.lock'); lock.acquire()\n"
        "print('held', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", script, str(copied)]
    with subprocess.Popen(command, stdin=-1, stdout=-1, text=True) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LibraryError, match="being written by another process"):
            publish(copied, {"a.txt": "Câu mới."})
        holder.kill()
    publish(copied, {"a.txt": "Câu mới."})


def test_changes_planned_on_a_version_that_is_no_longer_current_are_refused(copied: Path) -> None:
    planned_on = required_manifest(copied)
    publish(copied, {"d.txt": "Người khác vừa thêm."})
    for manifest in (planned_on, empty_manifest()):
        writer = LibraryWriter(copied, manifest, 5)
        with pytest.raises(LibraryError, match="changed by another process"):
            writer.__enter__()
    assert sorted(required_manifest(copied).documents) == sorted([*TEXTS, "d.txt"])
    publish(copied, {"e.txt": "Lần sau thì được."})


# --- Missing, damaged and foreign libraries ---


def test_a_library_that_holds_nothing_is_refused_with_the_command_to_fill_it(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "none"
    for read in (Library.open, required_manifest):
        with pytest.raises(LibraryError, match=rf"hoidap ingest PATH --library {folder}"):
            read(folder)
    assert current_version(folder) is None
    assert current_manifest(folder) is None
    assert list_versions(folder) == []
    assert not folder.exists()


def test_a_file_in_the_place_of_a_library_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "library"
    path.write_text("x", encoding="utf-8")
    for use in (Library.open, current_manifest, lambda folder: publish(folder, TEXTS)):
        with pytest.raises(LibraryError, match="is a file, not a folder"):
            use(path)


def test_vectors_cut_short_are_refused_before_they_end_the_program(copied: Path) -> None:
    publish(copied, {"d.txt": "Một câu rất dài. " * 400})
    version = copied / "versions" / str(current_version(copied))
    for path in version.rglob("header.bin"):
        path.write_bytes(path.read_bytes()[:20])
    with pytest.raises(LibraryError, match=r"cut short.*hoidap rollback"):
        Library.open(copied)


@pytest.mark.parametrize(
    "part", ["chroma", "lexical", "lexical/bm25", "manifest.json", "descriptions.json"]
)
def test_a_damaged_version_is_refused_with_the_way_back(copied: Path, part: str) -> None:
    version = current_version(copied)
    assert version
    damaged = copied / "versions" / version / part
    if damaged.is_dir():
        shutil.rmtree(damaged)
    else:
        damaged.unlink()
    with pytest.raises(LibraryError, match="hoidap rollback"):
        Library.open(copied)


@pytest.mark.parametrize("part", ["signatures.npz", "descriptions.json"])
@pytest.mark.parametrize("content", [None, b"", b"{", b"PK\x03\x04"])
def test_a_damaged_version_is_not_built_on(copied: Path, part: str, content: bytes | None) -> None:
    damaged = copied / "versions" / str(current_version(copied)) / part
    damaged.unlink()
    if content is not None:
        damaged.write_bytes(content)
    with pytest.raises(LibraryError, match="hoidap rollback"):
        publish(copied, {"d.txt": "Một câu."})
    assert not (copied / "versions" / ".staging").exists()


def test_a_pointer_to_a_missing_version_is_refused(copied: Path) -> None:
    (copied / "CURRENT").write_text("20200101T000000-none\n", encoding="utf-8")
    with pytest.raises(LibraryError, match=r"CURRENT names '.*-none', which is no version: .*VER"):
        Library.open(copied)


@pytest.mark.parametrize("part", ["chroma", "lexical/bm25", "manifest.json", "descriptions.json"])
def test_the_way_back_is_told_once_and_no_data_are_to_be_deleted(copied: Path, part: str) -> None:
    damaged = copied / "versions" / str(current_version(copied)) / part
    shutil.rmtree(damaged) if damaged.is_dir() else damaged.write_text("{", encoding="utf-8")
    with pytest.raises(LibraryError) as caught:
        Library.open(copied)
    assert str(caught.value).count("hoidap rollback") == 1
    assert "delete" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_vectors_cut_short_are_not_published(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """HNSW's writer does not tell of a full disk: what it wrote is read back."""
    before = current_version(copied)
    write = writer_module.write_manifest

    def cutting(folder: Path, manifest: Manifest) -> None:
        write(folder, manifest)
        for path in folder.rglob("data_level0.bin"):
            with path.open("rb+") as file:
                file.truncate(1000)

    monkeypatch.setattr(writer_module, "write_manifest", cutting)
    with pytest.raises(LibraryError, match="nothing was published"):
        publish(copied, {"d.txt": "Một câu rất dài. " * 400})
    assert current_version(copied) == before


def test_another_schema_is_refused(copied: Path) -> None:
    path = copied / "versions" / str(current_version(copied)) / "manifest.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(data | {"schema": 7}), encoding="utf-8")
    for use in (Library.open, current_manifest):
        with pytest.raises(LibraryError, match="has schema 7, this program reads schema"):
            use(copied)


# --- Long-running readers ---


def test_a_running_reader_sees_the_next_version_without_a_restart(copied: Path) -> None:
    source = LibrarySource(copied, EMBEDDER.identity)
    before = source.current()
    assert source.current() is before
    version = publish(copied, {"a.txt": "Câu mới."})
    assert source.current().version == version
    assert source.current().document_text("a.txt") == "Câu mới."
    assert before.document_text("a.txt") == TEXTS["a.txt"]
    roll_back(copied, before.version)
    assert source.current().document_text("a.txt") == TEXTS["a.txt"]


def test_a_running_reader_is_not_disturbed_by_a_writer_at_work(copied: Path) -> None:
    source = LibrarySource(copied, EMBEDDER.identity)
    with LibraryWriter(copied, required_manifest(copied), 5) as writer:
        put(writer, "a.txt", "Câu mới.")
        assert source.current().document_text("a.txt") == TEXTS["a.txt"]
        assert Library.open(copied).document_text("a.txt") == TEXTS["a.txt"]


@pytest.mark.parametrize("damage", ["pointer", "version"])
def test_a_running_reader_goes_on_where_the_next_version_is_damaged(
    copied: Path, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    source = LibrarySource(copied, EMBEDDER.identity)
    before = source.current()
    version = publish(copied, {"a.txt": "Câu mới."})
    if damage == "pointer":
        (copied / "CURRENT").write_bytes(b"\xff")
    else:
        shutil.rmtree(copied / "versions" / version / "chroma")
    assert source.current() is before
    assert f"Version {before.version} goes on answering" in caplog.text
    roll_back(copied, before.version)
    assert source.current() is before


def test_a_reader_of_another_model_is_refused(copied: Path) -> None:
    with pytest.raises(LibraryError, match=r"'hashing'.*'another'"):
        LibrarySource(copied, "another").current()


def versions_open(library: Path) -> set[str]:
    """Return the versions of a library of which this process holds a file open."""
    found = set()
    for entry in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            path = entry.readlink()
            if path.is_relative_to(library / "versions"):
                found.add(path.relative_to(library / "versions").parts[0])
    return found


def test_versions_that_nobody_reads_any_more_give_back_their_open_files(copied: Path) -> None:
    source = LibrarySource(copied, EMBEDDER.identity)
    for number in range(4):
        publish(copied, {"a.txt": f"Câu số {number}."})
        assert source.current().nearest(EMBEDDER.embed_query("hồ sơ"), 3)
    deadline = time.monotonic() + 10
    while versions_open(copied) != {source.current().version} and time.monotonic() < deadline:
        time.sleep(0.05)
    assert versions_open(copied) == {source.current().version}


def test_a_library_is_closed_twice_without_harm(copied: Path) -> None:
    library = Library.open(copied)
    library.close()
    library.close()
    assert Library.open(copied).document_text("c.txt") == TEXTS["c.txt"]


def test_reading_the_manifest_imports_no_heavy_library(stored: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from ingest.versions import required_manifest\n"
        "print(len(required_manifest(Path(sys.argv[1])).documents))\n"
        "print({'chromadb', 'torch', 'bm25s', 'sentence_transformers'} & set(sys.modules))\n"
    )
    command = [sys.executable, "-c", script, str(stored)]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert result.stdout.splitlines() == ["3", "set()"]


def test_vectors_are_stored_as_they_were_given(opened: Library) -> None:
    vector = EMBEDDER.embed_query("một câu hỏi bất kỳ")
    assert np.isclose(np.linalg.norm(vector), 1)
    assert all(-1.001 <= cosine <= 1.001 for cosine in opened.cosines(vector, opened.passage_ids))
