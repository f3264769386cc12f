import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

import pytest

from ingest.discovery import Plan, make_plan
from ingest.manifest import PIPELINE, DocumentRecord, EmbeddingRecord, Manifest


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "sub" / "deep").mkdir(parents=True)
    (folder / "b.txt").write_text("b", encoding="utf-8")
    (folder / "a.txt").write_text("a", encoding="utf-8")
    (folder / "sub" / "a.txt").write_text("sub", encoding="utf-8")
    (folder / "sub" / "deep" / "tài liệu.md").write_text("deep", encoding="utf-8")
    return folder


def record(root: Path | str, text: str, pipeline: int = PIPELINE) -> DocumentRecord:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return DocumentRecord(str(root), digest, 1, pipeline=pipeline)


def planned(
    *paths: Path,
    records: Mapping[str, DocumentRecord] | None = None,
    prune: bool = False,
    splitting_changed: bool = False,
) -> Plan:
    embedding = EmbeddingRecord("built-in", "x", 64, "float32")
    manifest = Manifest(embedding, {}, documents=dict(records)) if records is not None else None
    return make_plan(paths, manifest, splitting_changed, prune=prune)


def changed(plan: Plan) -> list[str]:
    return [file.id for file in plan.changed]


def test_ids_are_paths_relative_to_the_folder_given_in_order(docs: Path) -> None:
    plan = planned(docs)
    assert changed(plan) == ["a.txt", "b.txt", "sub/a.txt", "sub/deep/tài liệu.md"]
    assert {file.root for file in plan.changed} == {str(docs)}
    assert all(file.path.is_file() for file in plan.changed)
    assert plan.failed == plan.removed == plan.unchanged == ()


def test_a_broken_link_is_named_with_where_it_leads_and_the_rest_goes_on(docs: Path) -> None:
    (docs / "báo cáo.txt").symlink_to("/không/có.txt")
    (docs / ".ẩn").symlink_to("/không/có.txt")
    plan = planned(docs)
    [failed] = plan.failed
    assert failed.file == str(docs / "báo cáo.txt")
    assert "'/không/có.txt'" in failed.reason
    assert failed.reason.count(". ") == 0
    assert len(plan.changed) == 4


def test_the_document_of_a_link_that_broke_is_not_pruned(docs: Path) -> None:
    (docs / "a.txt").unlink()
    (docs / "a.txt").symlink_to("unplugged/a.txt")
    records = {"a.txt": record(docs, "a"), "gone.txt": record(docs, "x")}
    assert planned(docs, records=records, prune=True).removed == ("gone.txt",)


def test_a_name_that_is_not_utf_8_is_refused_in_words_that_can_be_printed(docs: Path) -> None:
    for name in (b"t\xeap.txt", b"th\xea/x.txt", b"\xea.zip"):
        path = Path(os.fsdecode(os.fsencode(docs) + b"/" + name))
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    plan = planned(docs)
    assert {failed.file for failed in plan.failed} == {
        str(docs / "t\\xeap.txt"),
        str(docs / "th\\xea/x.txt"),
    }
    assert plan.skipped == (str(docs / "\\xea.zip"),)
    assert len(plan.changed) == 4


def test_a_pipe_is_named_and_not_waited_for(docs: Path) -> None:
    os.mkfifo(docs / "pipe.txt")
    plan = planned(docs)
    assert [failed.file for failed in plan.failed] == [str(docs / "pipe.txt")]
    assert len(plan.changed) == 4


def test_a_link_back_to_a_folder_above_is_not_followed(docs: Path) -> None:
    (docs / "sub" / "loop").symlink_to(docs)
    (docs / "sub" / "here").symlink_to(".")
    assert len(changed(planned(docs))) == 4


def test_a_link_to_another_folder_is_followed(docs: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "x.txt").write_text("x", encoding="utf-8")
    (docs / "other").symlink_to(tmp_path / "other")
    assert "other/x.txt" in changed(planned(docs))


def test_a_single_file_has_its_name_for_an_id(docs: Path) -> None:
    plan = planned(docs / "sub" / "a.txt")
    assert [(file.id, file.root) for file in plan.changed] == [("a.txt", str(docs / "sub"))]


def test_a_relative_path_and_a_link_name_the_same_root(
    docs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(docs.parent)
    link = docs.parent / "link"
    link.symlink_to(docs)
    records = {"a.txt": record(docs, "a")}
    for path in (Path("docs"), Path("docs/../docs"), link):
        plan = planned(path, records=records)
        assert plan.unchanged == ("a.txt",)
        assert plan.failed == ()


def test_hidden_files_and_folders_are_left_out(docs: Path) -> None:
    (docs / ".hidden.txt").write_text("x", encoding="utf-8")
    (docs / ".git").mkdir()
    (docs / ".git" / "c.txt").write_text("x", encoding="utf-8")
    assert len(planned(docs).changed) == 4


def test_lock_files_of_an_office_program_are_left_out(docs: Path) -> None:
    for name in ("~$ke-hoach.docx", ".~lock.ke-hoach.docx#", "~$a.txt"):
        (docs / name).write_bytes(b"x")
    plan = planned(docs)
    assert len(plan.changed) == 4
    assert plan.skipped == plan.failed == ()


def test_files_of_other_formats_are_skipped_in_a_folder_and_tried_by_name(docs: Path) -> None:
    (docs / "sub" / "ảnh.PNG").write_bytes(b"x")
    plan = planned(docs)
    assert plan.skipped == (str(docs / "sub" / "ảnh.PNG"),)
    assert len(plan.changed) == 4
    assert plan.failed == ()
    assert changed(planned(docs / "sub" / "ảnh.PNG")) == ["ảnh.PNG"]


def test_a_hidden_folder_that_is_given_itself_is_read(tmp_path: Path) -> None:
    folder = tmp_path / ".docs"
    folder.mkdir()
    (folder / "a.txt").write_text("a", encoding="utf-8")
    assert changed(planned(folder)) == ["a.txt"]


def test_the_same_path_given_twice_is_planned_once(docs: Path) -> None:
    plan = planned(docs, docs, docs / "a.txt")
    assert len(plan.changed) == 4
    assert plan.failed == ()


@pytest.mark.parametrize("missing", ["none.txt", "none", "a.txt/none"])
def test_a_missing_path_fails_and_the_others_go_on(docs: Path, missing: str) -> None:
    plan = planned(docs / missing, docs / "a.txt")
    assert changed(plan) == ["a.txt"]
    assert [failed.file for failed in plan.failed] == [str(docs / missing)]
    assert "no such file or folder" in plan.failed[0].reason


def test_an_empty_folder_and_no_library_leave_nothing_to_do(tmp_path: Path) -> None:
    plan = planned(tmp_path)
    assert plan.changed == plan.removed == ()
    assert plan.failed == ()


def test_a_file_is_known_by_its_content_not_by_its_time(docs: Path) -> None:
    os.utime(docs / "a.txt", (1, 1))
    records = {"a.txt": record(docs, "a"), "b.txt": record(docs, "earlier")}
    plan = planned(docs / "a.txt", docs / "b.txt", records=records)
    assert plan.unchanged == ("a.txt",)
    assert changed(plan) == ["b.txt"]
    assert plan.changed or plan.removed


def test_digests_are_those_of_the_files(docs: Path) -> None:
    (docs / "a.txt").write_bytes(b"x" * 3_000_000)
    assert planned(docs / "a.txt").digests == {
        "a.txt": hashlib.sha256(b"x" * 3_000_000).hexdigest()
    }


def test_an_unchanged_folder_leaves_nothing_to_do(docs: Path) -> None:
    known = {"a.txt": "a", "b.txt": "b", "sub/a.txt": "sub", "sub/deep/tài liệu.md": "deep"}
    plan = planned(docs, records={key: record(docs, text) for key, text in known.items()})
    assert plan.changed == plan.removed == ()
    assert plan.unchanged == tuple(known)


@pytest.fixture
def other(docs: Path) -> Path:
    """Return a second folder: one id as in the first one, one of its own."""
    other = docs.parent / "other"
    other.mkdir()
    (other / "a.txt").write_text("another", encoding="utf-8")
    (other / "new.txt").write_text("new", encoding="utf-8")
    return other


def test_the_same_id_from_another_root_is_refused_and_the_rest_goes_on(
    docs: Path, other: Path
) -> None:
    plan = planned(other, records={"a.txt": record(docs, "a")})
    assert changed(plan) == ["new.txt"]
    assert plan.unchanged == ()
    [failed] = plan.failed
    assert failed.file == str(other / "a.txt")
    assert "'a.txt'" in failed.reason
    assert str(docs) in failed.reason
    assert "\n" not in failed.reason


def test_a_document_whose_file_is_gone_is_taken_over_with_a_note(docs: Path, other: Path) -> None:
    (docs / "a.txt").unlink()
    plan = planned(other, records={"a.txt": record(docs, "a")})
    assert [(file.id, file.root) for file in plan.changed] == [
        ("a.txt", str(other)),
        ("new.txt", str(other)),
    ]
    assert plan.failed == ()
    assert plan.moved == {}
    [note] = plan.notes
    assert note.document == "a.txt"
    assert str(docs) in note.text


def test_an_unchanged_document_of_a_moved_folder_is_only_told_where_it_is(
    docs: Path, other: Path
) -> None:
    records = {"a.txt": record(docs.parent / "gone", "another")}
    plan = planned(other, records=records)
    assert plan.unchanged == ("a.txt",)
    assert plan.moved == {"a.txt": str(other)}
    assert changed(plan) == ["new.txt"]


def test_what_did_not_arrive_with_a_moved_folder_is_pruned(docs: Path, other: Path) -> None:
    gone = docs.parent / "gone"
    records = {
        "a.txt": record(gone, "another"),
        "left.txt": record(gone, "x"),
        "elsewhere.txt": record(docs.parent / "unplugged", "x"),
    }
    assert planned(other, records=records, prune=True).removed == ("left.txt",)
    assert planned(other, records=records).removed == ()


def test_documents_of_a_folder_that_is_only_unplugged_are_not_pruned(
    docs: Path, other: Path
) -> None:
    """A file that went elsewhere alone says nothing of its folder."""
    (docs / "a.txt").unlink()
    records = {"a.txt": record(docs, "another"), "b.txt": record(docs, "b")}
    plan = planned(other, records=records, prune=True)
    assert plan.moved == {"a.txt": str(other)}
    assert plan.removed == ()


def test_a_document_in_memory_is_not_taken_over(other: Path) -> None:
    plan = planned(other, records={"a.txt": record("", "another")})
    assert [failed.file for failed in plan.failed] == [str(other / "a.txt")]


def test_two_roots_with_the_same_id_in_one_call_take_the_first(docs: Path) -> None:
    plan = planned(docs / "a.txt", docs / "sub" / "a.txt")
    assert [(file.id, file.root) for file in plan.changed] == [("a.txt", str(docs))]
    assert [failed.file for failed in plan.failed] == [str(docs / "sub" / "a.txt")]


def test_without_prune_nothing_is_removed(docs: Path) -> None:
    plan = planned(docs, records={"gone.txt": record(docs, "x")})
    assert plan.removed == ()


def test_prune_removes_what_is_gone_from_the_folders_given_only(docs: Path) -> None:
    records = {
        "a.txt": record(docs, "a"),
        "gone.txt": record(docs, "x"),
        "also/gone.txt": record(docs, "x"),
        "elsewhere.txt": record(docs.parent / "elsewhere", "x"),
        "in-memory": record("", "x"),
    }
    plan = planned(docs, records=records, prune=True)
    assert plan.removed == ("also/gone.txt", "gone.txt")
    assert plan.unchanged == ("a.txt",)


def test_prune_of_a_single_file_removes_nothing(docs: Path) -> None:
    records = {"a.txt": record(docs, "a"), "gone.txt": record(docs, "x")}
    assert planned(docs / "a.txt", records=records, prune=True).removed == ()


def test_prune_of_a_missing_folder_removes_nothing(docs: Path) -> None:
    missing = docs.parent / "missing"
    plan = planned(missing, records={"a.txt": record(missing, "a")}, prune=True)
    assert plan.removed == ()
    assert len(plan.failed) == 1


def test_another_pipeline_number_makes_known_files_changed(docs: Path) -> None:
    records = {"a.txt": record(docs, "a", pipeline=PIPELINE - 1), "b.txt": record(docs, "b")}
    plan = planned(docs / "a.txt", docs / "b.txt", records=records)
    assert changed(plan) == ["a.txt"]
    assert plan.unchanged == ("b.txt",)


def test_documents_of_another_pipeline_are_fetched_from_where_they_were(docs: Path) -> None:
    elsewhere = docs.parent / "elsewhere"
    (elsewhere / "x").mkdir(parents=True)
    (elsewhere / "x" / "old.txt").write_text("old", encoding="utf-8")
    records = {
        "x/old.txt": record(elsewhere, "old", pipeline=PIPELINE - 1),
        "x/gone.txt": record(elsewhere, "gone", pipeline=PIPELINE - 1),
    }
    plan = planned(docs / "a.txt", records=records)
    assert sorted(changed(plan)) == ["a.txt", "x/old.txt"]
    assert plan.failed == plan.removed == ()


def test_changed_splitting_makes_every_file_changed(docs: Path) -> None:
    records = {"a.txt": record(docs, "a"), "b.txt": record(docs, "b")}
    plan = planned(docs / "a.txt", records=records, splitting_changed=True)
    assert sorted(changed(plan)) == ["a.txt", "b.txt"]
    assert plan.unchanged == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_an_unreadable_file_fails_and_is_not_pruned(docs: Path) -> None:
    (docs / "a.txt").chmod(0)
    plan = planned(docs, records={"a.txt": record(docs, "a")}, prune=True)
    assert plan.removed == ()
    assert [failed.file for failed in plan.failed] == [str(docs / "a.txt")]
