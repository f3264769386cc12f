import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from ingest.loading import office
from tests.ingest.loading.support import lines, loaded_from, refusal, table

PROGRAM = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(
    PROGRAM is None, reason="LibreOffice is not installed: apt-get install libreoffice"
)
RTF = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 .VnTime;}{\f1 Times New Roman;}}"
    r"\f0 C\'b8c ch\'d8 ti\'aau c\'f1a x\'b7\par\f1 Th\u244?n H\u7841?\par}"
)


def stand_in(folder: Path, script: str) -> str:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return str(folder)


@needs_office
def test_an_rtf_file_is_read_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setattr("tempfile.tempdir", None)
    path = tmp_path / "văn bản.rtf"
    path.write_text(RTF)
    loaded = loaded_from(path)
    assert lines(loaded) == ["Các chỉ tiêu của xã", "Thôn Hạ"]
    assert "LibreOffice" in loaded.notes[0]
    assert list(scratch.iterdir()) == []
    assert set(tmp_path.iterdir()) == {scratch, path}


@needs_office
def test_an_xls_file_is_read(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    for row in (["Chỉ tiêu", "Năm 2025"], ["Hồ sơ", 0.8], ["Mạng", 1]):
        book.active.append(row)
    book.active["B2"].number_format = "0.0%"
    book.save(tmp_path / "in.xlsx")
    subprocess.run(
        [
            PROGRAM or "", f"-env:UserInstallation={(tmp_path / 'p').as_uri()}", "--headless",
            "--convert-to", "xls", "--outdir", str(tmp_path), str(tmp_path / "in.xlsx"),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert table(loaded_from(tmp_path / "in.xls"))[0] == [
        ("Hồ sơ", "Chỉ tiêu"),
        ("80,0%", "Năm 2025"),
    ]


@needs_office
def test_a_damaged_file_gets_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20)
    assert "LibreOffice cannot read the DOC file" in refusal(path)


def test_without_libreoffice_the_way_out_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / "a.rtf"
    path.write_text(RTF)
    assert refusal(path) == (
        "RTF files are read through LibreOffice, which is not installed: install it "
        "(apt-get install libreoffice), or save the file as DOCX."
    )


def test_a_program_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "child"
    stand_in(tmp_path, f"sleep 60 & echo $! > {mark}; wait")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    monkeypatch.setattr(office, "_TIMEOUT_SECONDS", 1)
    path = tmp_path / "a.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0 x")
    assert "did not finish" in refusal(path)
    child = Path("/proc", mark.read_text().strip(), "status")
    deadline = time.monotonic() + 5
    while child.exists() and "zombie" not in child.read_text() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not child.exists() or "zombie" in child.read_text()


def test_a_program_that_writes_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in(tmp_path, "exit 0")
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    path = tmp_path / "a.doc"
    path.write_bytes(b"\xd0\xcf\x11\xe0 x")
    assert "cannot read the DOC file" in refusal(path)


@pytest.mark.parametrize("name", ["a.doc", "a.rtf", "a.xls"])
@pytest.mark.parametrize(
    ("data", "named"), [(b"", "empty"), (b"%PDF-1.7", "PDF"), (b"abc", "save it")]
)
def test_other_content_is_refused_before_libreoffice_starts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, named: str
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    path = tmp_path / name
    path.write_bytes(data)
    assert named in refusal(path)


def test_a_new_file_under_an_old_ending_is_read_as_what_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import docx

    monkeypatch.setenv("PATH", str(tmp_path))
    document = docx.Document()
    document.add_paragraph("Thôn Hạ.")
    document.save(str(tmp_path / "a.docx"))
    (tmp_path / "a.docx").rename(tmp_path / "a.doc")
    assert lines(loaded_from(tmp_path / "a.doc")) == ["Thôn Hạ."]
