import json
from pathlib import Path

import pytest

from ingest.errors import LibraryError
from ingest.manifest import (
    PIPELINE,
    SCHEMA,
    DocumentRecord,
    EmbeddingRecord,
    Manifest,
    read_manifest,
    write_manifest,
)

MANIFEST = Manifest(
    embedding=EmbeddingRecord("built-in", "model-a", 384, "bfloat16", "query: ", "passage: "),
    splitting={"passage_characters": 900, "sentence_characters": 700},
    created="2025-01-02T03:04:05+00:00",
    parent="20250101T000000-x",
    passages=12,
    replaced_passages=4,
    documents={
        "kế hoạch/số 1.md": DocumentRecord("/tài liệu", "ab12", 12),
        "cũ.txt": DocumentRecord("/tài liệu", "cd34", 0, pipeline=0),
        "bản sao.txt": DocumentRecord(
            "/khác", "ef56", 0, text_digest="gh78", same_as="kế hoạch/số 1.md"
        ),
        "gần giống.txt": DocumentRecord(
            "/khác", "ij90", 3, similar={"cũ.txt": 0.93}, notes=("Một.", "Hai.")
        ),
    },
)


def changed(folder: Path, change: dict[str, object]) -> None:
    data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (folder / "manifest.json").write_text(json.dumps(data | change), encoding="utf-8")


def refusal(folder: Path) -> str:
    with pytest.raises(LibraryError) as caught:
        read_manifest(folder, Path("kho"))
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_a_manifest_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_manifest(tmp_path, MANIFEST)
    assert read_manifest(tmp_path, Path("kho")) == MANIFEST


def test_a_manifest_records_schema_pipeline_and_model(tmp_path: Path) -> None:
    write_manifest(tmp_path, MANIFEST)
    data = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))
    assert data["schema"] == SCHEMA
    assert data["pipeline"] == PIPELINE
    assert data["documents"]["cũ.txt"]["pipeline"] == 0
    assert data["embedding"]["identity"] == "model-a"
    assert data["embedding"]["dimension"] == 384


def test_an_earlier_schema_is_refused_in_one_line(tmp_path: Path) -> None:
    data = {"schema": 1, "pipeline": 1, "documents": {"a": {"root": "x"}}, "embedding": {}}
    (tmp_path / "manifest.json").write_text(json.dumps(data), encoding="utf-8")
    assert refusal(tmp_path) == (
        f"Library kho has schema 1, this program reads schema {SCHEMA}: "
        "ingest the documents into a new folder with '--library DIR'."
    )


def test_the_text_of_a_manifest_is_the_same_every_time() -> None:
    assert MANIFEST.to_json() == MANIFEST.to_json()
    assert "kế hoạch/số 1.md" in MANIFEST.to_json()


def test_another_schema_is_refused_naming_both_and_what_to_do(tmp_path: Path) -> None:
    write_manifest(tmp_path, MANIFEST)
    changed(tmp_path, {"schema": 99, "a field of later times": 1})
    message = refusal(tmp_path)
    assert "schema 99" in message
    assert f"schema {SCHEMA}" in message
    assert "--library" in message


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        f'{{"schema": {SCHEMA}}}',
        f'{{"schema": {SCHEMA}, "documents": [], "embedding": {{}}}}',
        f'{{"schema": {SCHEMA}, "documents": {{}}, "embedding": {{"model": "x"}}}}',
        f'{{"schema": {SCHEMA}, "documents": {{"a": {{"root": "x"}}}}, "embedding": {{}}}}',
        b"\xff\xfe\x00",
    ],
)
def test_a_damaged_manifest_is_refused_with_what_to_do(
    tmp_path: Path, content: str | bytes
) -> None:
    data = content if isinstance(content, bytes) else content.encode()
    (tmp_path / "manifest.json").write_bytes(data)
    message = refusal(tmp_path)
    assert str(tmp_path) in message
    assert "hoidap rollback" in message
    assert "delete" not in message


def test_a_missing_manifest_is_refused(tmp_path: Path) -> None:
    assert "cannot be read" in refusal(tmp_path)


def test_a_manifest_with_unknown_fields_is_refused_not_half_read(tmp_path: Path) -> None:
    write_manifest(tmp_path, MANIFEST)
    changed(tmp_path, {"unknown": 1})
    assert "cannot be read" in refusal(tmp_path)


def test_another_model_is_refused_naming_both() -> None:
    with pytest.raises(LibraryError) as caught:
        MANIFEST.check_model("model-b", Path("kho"))
    message = str(caught.value)
    assert "'model-a'" in message
    assert "'model-b'" in message
    assert "kho" in message
    assert "--library" in message


def test_the_same_model_is_taken_whatever_its_data_type() -> None:
    MANIFEST.check_model("model-a", Path("kho"))
