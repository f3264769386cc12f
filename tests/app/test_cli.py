"""The command line: exit codes, one clear line where it refuses, JSON as the contract has it."""

import json
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from app import build
from app.answers import Answer
from app.assistant import Assistant
from app.catalogue import Catalogue
from app.cli import main
from app.settings import Settings
from app.starting import StartingAssistant
from ingest import pipeline
from ingest.settings import EmbeddingSettings
from tests.doubles import HashingEmbedder

HUE = "Huế đặt mục tiêu đến năm 2025 có 35% hộ dân dùng ví điện tử.\n"
VINH_LONG = "Vĩnh Long đặt mục tiêu đến năm 2025 có 20% hộ dân dùng ví điện tử.\n"
QUESTION = "Huế đặt mục tiêu bao nhiêu phần trăm hộ dân dùng ví điện tử năm 2025?"
ANSWER_KEYS = {
    "id", "question", "understood", "language", "outcome", "answer", "short_answer", "choices",
    "suggestions", "notice", "citations", "related", "computed", "as_of", "library_version",
    "composer", "took_ms",
}  # fmt: skip
REPORT_KEYS = {
    "created", "updated", "unchanged", "removed", "failed", "skipped", "passages", "targets",
    "seconds",
}  # fmt: skip
# Hashed words say nothing of scope.
SETTINGS = "[deciding]\nscope_likeness = -1.0\nfigure_doubt = -20.0\ntext_doubt = -20.0\n"


@dataclass(frozen=True)
class Ran:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    def is_refused(self, *words: str) -> bool:
        """Tell whether it was refused with one line on standard error that holds the words."""
        assert self.code == 1
        assert self.out == ""
        assert self.err.count("\n") == 1, self.err
        assert "Traceback" not in self.err
        missing = [word for word in words if word not in self.err]
        assert not missing, self.err
        return True


Run = Callable[..., Ran]


class Loads(list[EmbeddingSettings]):
    """The models that were asked for; each is given as a light one."""

    def __call__(self, settings: EmbeddingSettings) -> HashingEmbedder:
        self.append(settings)
        return HashingEmbedder()


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> Loads:
    loads = Loads()
    monkeypatch.setattr(build, "create_embedder", loads)
    ingest = partial(pipeline.ingest_paths, open_embedder=loads)
    monkeypatch.setattr(pipeline, "ingest_paths", ingest)
    return loads


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


@pytest.fixture
def config(tmp_path: Path) -> Path:
    path = tmp_path / "hoidap.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    return path


@pytest.fixture
def run(library: Path, config: Path, loads: Loads, capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs one command on the test's library."""

    def call(*arguments: object, settings: Path = config) -> Ran:
        words = [*map(str, arguments), "--library", str(library), "--config", str(settings)]
        code = main(words)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two documents."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "hue.txt").write_text(HUE, encoding="utf-8")
    (folder / "vinh-long.txt").write_text(VINH_LONG, encoding="utf-8")
    return folder


@pytest.fixture
def filled(run: Run, folder: Path) -> Run:
    """Return the same function, the two documents ingested."""
    assert run("ingest", folder).code == 0
    return run


def written(path: Path, *lines: object) -> Path:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")
    return path


def lines_of(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


# --- Usage -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nonsense"],
        ["ingest"],
        ["remove"],
        ["ask", "a", "b"],
        ["ask", "a", "--colour"],
        ["serve", "--port", "many"],
        ["ask", "a", "--output", "out.jsonl"],
        ["ask", "--batch", "in.jsonl"],
        ["ask", "--batch", "in.jsonl", "--output", "out.jsonl", "a"],
        ["ask", "--batch", "in.jsonl", "--output", "out.jsonl", "--history", "h.json"],
    ],
)
def test_wrong_usage_ends_with_2_and_says_how_to_use_it(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    assert "usage: hoidap" in capsys.readouterr().err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--help"])
    assert ended.value.code == 0
    shown = capsys.readouterr().out
    for command in ("ingest", "remove", "documents", "versions", "rollback", "ask", "serve"):
        assert re.search(rf"^    {command}\s", shown, re.MULTILINE)


def test_help_is_quick_and_imports_nothing_heavy() -> None:
    code = (
        "import sys, time\n"
        "from app.cli import main\n"
        "try:\n"
        "    main(['--help'])\n"
        "except SystemExit:\n"
        "    heavy = {'torch', 'gradio', 'chromadb', 'transformers', 'langchain_core'}\n"
        "    print(sorted(heavy & set(sys.modules)), time.process_time(), file=sys.stderr)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "usage: hoidap" in ended.stdout
    heavy, seconds = ended.stderr.rsplit(" ", 1)
    assert heavy == "[]"
    # Time of the processor, not of the clock: it does not count what else the machine does.
    assert float(seconds) < 1.0


# --- Settings and library ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "named"),
    [("question_limit = 1", "question_limit"), ("colour = 'red'", "colour"), ("[", "TOML")],
)
def test_broken_settings_are_refused(text: str, named: str, run: Run, tmp_path: Path) -> None:
    broken = written(tmp_path / "broken.toml", text)
    assert run("versions", settings=broken).is_refused("broken.toml", named)


def test_missing_settings_are_refused(run: Run, tmp_path: Path) -> None:
    assert run("versions", settings=tmp_path / "none.toml").is_refused("none.toml")


@pytest.mark.parametrize(
    "arguments",
    [
        ["ask", QUESTION],
        ["ask", QUESTION, "--json"],
        ["serve"],
        ["documents"],
        ["documents", "--json"],
        ["documents", "--text", "hue.txt"],
        ["remove", "hue.txt"],
        ["rollback"],
        ["rollback", "20990101"],
    ],
)
def test_a_missing_library_is_refused_without_loading_the_model(
    arguments: list[str], run: Run, library: Path, loads: Loads
) -> None:
    assert run(*arguments).is_refused(str(library))
    assert loads == []
    assert not library.exists()


def test_a_batch_on_a_missing_library_is_refused_and_writes_nothing(
    run: Run, tmp_path: Path
) -> None:
    given = written(tmp_path / "in.jsonl", {"id": 1, "question": QUESTION})
    output = tmp_path / "out.jsonl"
    assert run("ask", "--batch", given, "--output", output).is_refused("library")
    assert not output.exists()


@pytest.mark.parametrize("arguments", [["ask", QUESTION], ["ingest", "DOCS"], ["serve"]])
def test_a_library_of_another_model_is_refused_without_loading_the_model(
    arguments: list[str], filled: Run, folder: Path, tmp_path: Path, loads: Loads
) -> None:
    other = written(tmp_path / "other.toml", "[ingest.embedding]", 'model = "mo-hinh-khac"')
    (folder / "moi.txt").write_text("Cần Thơ mở thư viện số.", encoding="utf-8")
    loads.clear()
    words = [str(folder) if word == "DOCS" else word for word in arguments]
    assert filled(*words, settings=other).is_refused("'hashing'", "'mo-hinh-khac'")
    assert loads == []


# --- ingest ------------------------------------------------------------------------------------


def test_ingest_reports_what_it_did_as_json(run: Run, folder: Path) -> None:
    first = run("ingest", folder, "--json")
    assert first.code == 0
    assert set(first.json) >= REPORT_KEYS
    assert sorted(first.json["created"]) == ["hue.txt", "vinh-long.txt"]
    assert first.json["passages"] == 2
    assert isinstance(first.json["seconds"], float)

    (folder / "hue.txt").write_text(HUE.replace("35", "36"), encoding="utf-8")
    (folder / "vinh-long.txt").unlink()
    second = run("ingest", folder, "--prune", "--json").json
    shown = {key: second[key] for key in ("created", "updated", "unchanged", "removed", "failed")}
    assert shown == {
        "created": [],
        "updated": ["hue.txt"],
        "unchanged": [],
        "removed": ["vinh-long.txt"],
        "failed": [],
    }


def test_ingest_without_prune_keeps_documents_whose_file_is_gone(filled: Run, folder: Path) -> None:
    (folder / "vinh-long.txt").unlink()
    report = filled("ingest", folder, "--json").json
    assert (report["removed"], report["unchanged"]) == ([], ["hue.txt"])
    assert len(filled("documents", "--json").json) == 2


def test_an_ingest_that_finds_nothing_changed_loads_no_model(
    filled: Run, folder: Path, loads: Loads
) -> None:
    loads.clear()
    assert filled("ingest", folder).code == 0
    assert loads == []


def test_ingest_prints_the_counts_for_people(run: Run, folder: Path) -> None:
    shown = {
        name: float(count) for name, count in map(str.split, run("ingest", folder).out.splitlines())
    }
    assert set(shown) == REPORT_KEYS
    assert (shown["created"], shown["unchanged"], shown["passages"]) == (2, 0, 2)


def test_one_bad_file_is_named_and_the_good_ones_are_published(run: Run, folder: Path) -> None:
    (folder / "hong.txt").write_bytes(b"\x00\x01\x02" * 50)
    ran = run("ingest", folder)
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "hong.txt" in ran.err
    assert {row["id"] for row in run("documents", "--json").json} == {"hue.txt", "vinh-long.txt"}


def test_bad_files_stand_in_the_json_report_with_the_reason(run: Run, folder: Path) -> None:
    (folder / "hong.txt").write_bytes(b"")
    ran = run("ingest", folder, "--json")
    assert ran.code == 1
    (failed,) = ran.json["failed"]
    assert "hong.txt" in failed["file"]
    assert "hong.txt" in ran.err
    assert "empty" in failed["reason"]


def test_a_path_that_does_not_exist_is_named(run: Run, tmp_path: Path) -> None:
    ran = run("ingest", tmp_path / "none")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
    assert "none" in ran.err


def test_files_of_other_formats_are_counted_and_no_failure(run: Run, folder: Path) -> None:
    for name in ("so-do.png", "anh.PNG", "luu-tru.zip", "~$ke-hoach.docx", ".DS_Store"):
        (folder / name).write_bytes(b"\x00")
    ran = run("ingest", folder, "--json")
    assert ran.code == 0
    assert sorted(Path(name).name for name in ran.json["skipped"]) == [
        "anh.PNG",
        "luu-tru.zip",
        "so-do.png",
    ]
    assert ran.err == "skipped: 2 .png, 1 .zip: not read.\n"


def test_a_file_of_another_format_that_is_named_itself_is_a_failure(run: Run, folder: Path) -> None:
    (folder / "so-do.png").write_bytes(b"\x00")
    ran = run("ingest", folder / "so-do.png")
    assert ran.code == 1
    assert "so-do.png" in ran.err


def test_an_unchanged_ingest_reports_the_current_version(filled: Run, folder: Path) -> None:
    current = filled("versions", "--json").json[0]["version"]
    assert filled("ingest", folder, "--json").json["library_version"] == current


# --- documents, remove, versions, rollback -----------------------------------------------------


def test_documents_are_listed_with_what_is_known_of_them(filled: Run) -> None:
    rows = filled("documents", "--json").json
    assert [row["id"] for row in rows] == ["hue.txt", "vinh-long.txt"]
    assert rows[0]["locality"] == "Huế"
    assert rows[0]["passages"] == 1
    lines = filled("documents").out.splitlines()
    assert [line.split("\t")[0] for line in lines] == ["hue.txt", "vinh-long.txt"]


def test_the_stored_text_of_a_document_is_printed(filled: Run) -> None:
    ran = filled("documents", "--text", "hue.txt")
    assert ran.code == 0
    assert ran.out.rstrip("\n") == HUE.rstrip("\n")


def test_the_text_of_an_unknown_document_is_refused(filled: Run) -> None:
    assert filled("documents", "--text", "khong-co.txt").is_refused("'khong-co.txt'")


def test_a_removed_document_is_gone(filled: Run) -> None:
    assert filled("remove", "hue.txt").code == 0
    assert [row["id"] for row in filled("documents", "--json").json] == ["vinh-long.txt"]


def test_removing_an_unknown_document_is_refused_and_removes_nothing(filled: Run) -> None:
    assert filled("remove", "hue.txt", "khong-co.txt").is_refused("'khong-co.txt'")
    assert len(filled("documents", "--json").json) == 2


def test_versions_are_listed_with_the_current_one_marked(filled: Run) -> None:
    filled("remove", "hue.txt")
    rows = filled("versions", "--json").json
    assert [(row["documents"], row["current"]) for row in rows] == [(2, False), (1, True)]
    assert [line[0] for line in filled("versions").out.splitlines()] == [" ", "*"]


def test_a_rollback_that_brings_removed_documents_back_needs_yes(filled: Run) -> None:
    filled("remove", "hue.txt")
    assert filled("rollback").is_refused("hue.txt", "--yes")
    assert [row["id"] for row in filled("documents", "--json").json] == ["vinh-long.txt"]
    assert filled("rollback", "--yes").code == 0
    assert len(filled("documents", "--json").json) == 2


def test_a_rollback_that_brings_nothing_back_needs_no_yes(filled: Run, tmp_path: Path) -> None:
    more = written(tmp_path / "can-tho.txt", "Cần Thơ mở thư viện số cho bạn đọc.")
    filled("ingest", more)
    oldest = filled("versions", "--json").json[0]["version"]
    ran = filled("rollback", oldest)
    assert ran.code == 0
    assert oldest in ran.out
    assert len(filled("documents", "--json").json) == 2


def test_the_same_text_twice_is_shown_and_cited_once_with_both_sources(
    run: Run, folder: Path
) -> None:
    (folder / "ban-sao.txt").write_text(HUE, encoding="utf-8")
    assert run("ingest", folder).code == 0
    rows = {row["id"]: row for row in run("documents", "--json").json}
    assert set(rows) == {"ban-sao.txt", "vinh-long.txt"}
    assert rows["ban-sao.txt"]["also_in"] == ["hue.txt"]
    assert run("documents").out.splitlines()[0].endswith("\talso in hue.txt")
    assert run("documents", "--text", "hue.txt").out.rstrip("\n") == HUE.rstrip("\n")
    (citation,) = run("ask", QUESTION, "--json").json["citations"]
    assert (citation["document"], citation["also_in"]) == ("ban-sao.txt", ["hue.txt"])
    assert run("remove", "ban-sao.txt").code == 0
    (citation,) = run("ask", QUESTION, "--json").json["citations"]
    assert (citation["document"], citation["also_in"]) == ("hue.txt", [])


def test_notes_of_a_document_are_reported_and_kept(run: Run, folder: Path) -> None:
    more = " ".join(f"Xã số {number} mở lớp học cho người cao tuổi." for number in range(40))
    (folder / "hue.txt").write_text(f"{HUE}\n{more}", encoding="utf-8")
    (folder / "hue-2.txt").write_text(f"{HUE}\n{more} Hết.", encoding="utf-8")
    ran = run("ingest", folder)
    assert ran.code == 0
    note = "Near-duplicate of hue-2.txt (similarity "
    assert f"note: hue.txt: {note}" in ran.err
    rows = {row["id"]: row["notes"] for row in run("documents", "--json").json}
    assert any(text.startswith(note) for text in rows["hue.txt"])
    run("remove", "hue-2.txt")
    rows = {row["id"]: row["notes"] for row in run("documents", "--json").json}
    assert not any("Near-duplicate" in text for text in rows["hue.txt"])


def test_a_damaged_version_is_listed_beside_the_whole_ones(filled: Run, library: Path) -> None:
    filled("remove", "hue.txt")
    first, second = sorted((library / "versions").iterdir())
    (first / "manifest.json").write_text("{", encoding="utf-8")
    rows = filled("versions", "--json").json
    assert [row["documents"] for row in rows] == [None, 1]
    assert [row["damage"] is None for row in rows] == [False, True]
    lines = filled("versions").out.splitlines()
    assert "damaged" in lines[0]
    assert lines[1].startswith(f"* {second.name}  1 documents")


@pytest.mark.parametrize("pointer", [None, b"\xff\xfe", b"", b"20990101T000000-none\n"])
def test_a_lost_pointer_is_told_in_one_line_and_mended_by_a_rollback(
    pointer: bytes | None, filled: Run, library: Path, folder: Path
) -> None:
    version = filled("versions", "--json").json[0]["version"]
    (library / "CURRENT").unlink()
    if pointer is not None:
        (library / "CURRENT").write_bytes(pointer)
    for words in (["documents"], ["ask", QUESTION], ["ingest", folder], ["rollback"], ["serve"]):
        assert filled(*words).is_refused("CURRENT", "hoidap rollback VERSION")
    listed = filled("versions")
    assert listed.code == 0
    assert version in listed.out
    assert "hoidap rollback VERSION" in listed.err
    assert filled("rollback", version).code == 0
    assert len(filled("documents", "--json").json) == 2


def test_a_rollback_goes_to_the_version_that_the_current_one_was_made_from(
    filled: Run, tmp_path: Path
) -> None:
    first = filled("versions", "--json").json[0]["version"]
    filled("ingest", written(tmp_path / "a.txt", "Cần Thơ mở thư viện số cho bạn đọc."))
    filled("rollback", first)
    filled("ingest", written(tmp_path / "b.txt", "Cà Mau mở lớp học số cho người dân."))
    assert first in filled("rollback").out
    assert filled("rollback").is_refused("no earlier version", "hoidap versions")


def test_many_documents_that_would_come_back_are_counted(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "nhieu"
    folder.mkdir()
    for number in range(9):
        written(folder / f"{number}.txt", f"Xã số {number} mở lớp học số cho người dân.")
    run("ingest", folder)
    run("remove", *(f"{number}.txt" for number in range(8)))
    assert run("rollback").is_refused("0.txt, 1.txt, 2.txt, 3.txt, 4.txt and 3 more", "--yes")


def test_a_rollback_to_an_unknown_version_is_refused(filled: Run) -> None:
    assert filled("rollback", "20990101T000000").is_refused("'20990101T000000'", "hoidap versions")


def test_a_rollback_without_an_earlier_version_is_refused(filled: Run) -> None:
    assert filled("rollback").is_refused("no earlier version")


# --- ask ---------------------------------------------------------------------------------------


def test_ask_prints_the_answer_and_its_quotes(filled: Run) -> None:
    ran = filled("ask", QUESTION)
    assert ran.code == 0
    assert ran.err == ""
    assert f"“{HUE.strip()}” [1]" in ran.out
    assert f"\n[1] {HUE.strip()}\n    {HUE.strip()}\n" in ran.out


def test_ask_prints_the_answer_as_json(filled: Run) -> None:
    ran = filled("ask", QUESTION, "--json")
    assert ran.code == 0
    answer = ran.json
    assert set(answer) == ANSWER_KEYS
    assert answer["id"] is None
    assert (answer["outcome"], answer["short_answer"]) == ("answered", "35%")
    citation = answer["citations"][0]
    text = filled("documents", "--text", "hue.txt").out
    assert text[citation["start"] : citation["end"]] == citation["quote"] == HUE.strip()


def test_ask_json_keeps_vietnamese_letters_as_they_are(filled: Run) -> None:
    assert "Huế" in filled("ask", QUESTION, "--json").out


def test_a_refusal_is_an_answer_and_ends_with_0(filled: Run) -> None:
    ran = filled("ask", QUESTION.replace("Huế", "Cần Thơ"), "--json")
    assert ran.code == 0
    assert ran.json["outcome"] == "not_in_documents"
    assert ran.json["citations"] == []


def test_whom_to_ask_is_printed_below_a_refusal(filled: Run, tmp_path: Path) -> None:
    settings = written(tmp_path / "contact.toml", 'contact = "Tổng đài 1022"', SETTINGS)
    ran = filled("ask", QUESTION.replace("Huế", "Cần Thơ"), settings=settings)
    assert ran.out.splitlines()[1] == "Bạn có thể hỏi thêm: Tổng đài 1022."


def test_ask_takes_the_conversation_from_a_file(filled: Run, tmp_path: Path) -> None:
    history = [
        {"role": "user", "content": QUESTION},
        {"role": "assistant", "content": "Mục tiêu là 35% [1]."},
    ]
    path = written(tmp_path / "history.json", history)
    ran = filled("ask", "Còn Vĩnh Long thì sao?", "--history", path, "--json")
    assert ran.json["short_answer"] == "20%"


@pytest.mark.parametrize(
    "content",
    [
        "{",
        "5",
        '{"role": "user"}',
        '[{"role": "user"}]',
        '["user"]',
        '[{"role": "user", "content": 5}]',
        '[{"role": "system", "content": "a"}]',
    ],
)
def test_a_broken_history_is_refused(content: str, filled: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "history.json", content)
    assert filled("ask", QUESTION, "--history", path).is_refused("mend it")


def test_a_missing_history_is_refused(filled: Run, tmp_path: Path) -> None:
    path = tmp_path / "none.json"
    assert filled("ask", QUESTION, "--history", path).is_refused("none.json")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["ask"], ["no question"]),
        (["ask", ""], ["empty"]),
        (["ask", "  \n "], ["empty"]),
        (["ask", "a" * 2001], ["2001", "2000"]),
    ],
)
def test_a_question_that_cannot_be_put_is_refused_without_loading_the_model(
    arguments: list[str], words: list[str], filled: Run, loads: Loads
) -> None:
    loads.clear()
    assert filled(*arguments).is_refused(*words)
    assert loads == []


# --- ask --batch -------------------------------------------------------------------------------


def test_a_batch_answers_each_line_in_order_with_its_id(
    filled: Run, tmp_path: Path, loads: Loads
) -> None:
    other = QUESTION.replace("Huế", "Vĩnh Long")
    given = written(
        tmp_path / "in.jsonl",
        {"id": "b", "question": QUESTION, "category": "target", "gold": [["35%"]]},
        {"id": "a", "question": other, "history": []},
        {"id": 7, "question": "", "history": None},
        {"question": "a" * 2001},
        {
            "id": "c",
            "question": "Còn Vĩnh Long thì sao?",
            "history": [{"role": "user", "content": QUESTION}],
        },
    )
    output = tmp_path / "out.jsonl"
    loads.clear()
    ran = filled("ask", "--batch", given, "--output", output)
    assert (ran.code, ran.err) == (0, "")
    answers = lines_of(output)
    assert [answer["id"] for answer in answers] == ["b", "a", 7, None, "c"]
    assert [answer["outcome"] for answer in answers] == [
        "answered",
        "answered",
        "failed",
        "failed",
        "answered",
    ]
    assert [answer["short_answer"] for answer in answers] == ["35%", "20%", None, None, "20%"]
    assert all(set(answer) == ANSWER_KEYS for answer in answers)
    assert len(loads) == 1


def test_a_batch_answers_as_ask_does(filled: Run, tmp_path: Path) -> None:
    given = written(tmp_path / "in.jsonl", {"id": None, "question": QUESTION})
    output = tmp_path / "out.jsonl"
    filled("ask", "--batch", given, "--output", output)
    alone = filled("ask", QUESTION, "--json").json
    assert lines_of(output)[0] | {"took_ms": 0} == alone | {"took_ms": 0}


def test_only_a_line_feed_ends_a_line_of_a_batch(filled: Run, tmp_path: Path) -> None:
    question = f"{QUESTION}\u2028"
    line = json.dumps({"id": 1, "question": question}, ensure_ascii=False)
    given = tmp_path / "in.jsonl"
    given.write_bytes(f"{line}\r\n\n{line}".encode())
    output = tmp_path / "out.jsonl"
    assert filled("ask", "--batch", given, "--output", output).code == 0
    rows = output.read_text(encoding="utf-8").rstrip("\n").split("\n")
    assert [json.loads(row)["question"] for row in rows] == [question, question]


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "nonsense",
        '["id"]',
        "null",
        '{"id": 1}',
        '{"id": 1, "question": null}',
        '{"id": 1, "question": 5}',
        '{"id": 1, "question": "a", "history": [5]}',
        '{"id": 1, "question": "a", "history": [{"role": "user"}]}',
        '{"id": 1, "question": "a", "history": [{"role": "tool", "content": "a"}]}',
    ],
)
def test_a_broken_line_of_a_batch_is_named_and_nothing_is_answered(
    broken: str, filled: Run, tmp_path: Path
) -> None:
    given = written(tmp_path / "in.jsonl", {"id": 1, "question": QUESTION}, broken)
    output = tmp_path / "out.jsonl"
    assert filled("ask", "--batch", given, "--output", output).is_refused("in.jsonl", "line 2")
    assert not output.exists()


def test_a_missing_batch_file_is_refused(filled: Run, tmp_path: Path) -> None:
    output = tmp_path / "out.jsonl"
    ran = filled("ask", "--batch", tmp_path / "none.jsonl", "--output", output)
    assert ran.is_refused("none.jsonl")
    assert not output.exists()


def test_a_batch_file_that_is_not_utf8_is_refused(filled: Run, tmp_path: Path) -> None:
    given = tmp_path / "in.jsonl"
    given.write_bytes('{"question": "Huế"}'.encode("utf-16"))
    assert filled("ask", "--batch", given, "--output", tmp_path / "o").is_refused("UTF-8")


def test_a_question_that_breaks_something_fails_alone(
    filled: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    answer = Assistant.answer

    def breaking(self: Assistant, question: str, history: Any = ()) -> Answer:
        if question == "hỏng":
            raise RuntimeError("the index is gone")
        return answer(self, question, history)

    monkeypatch.setattr(Assistant, "answer", breaking)
    given = written(
        tmp_path / "in.jsonl",
        {"id": 1, "question": QUESTION},
        {"id": 2, "question": "hỏng"},
        {"id": 3, "question": QUESTION},
    )
    output = tmp_path / "out.jsonl"
    assert filled("ask", "--batch", given, "--output", output).code == 0
    rows = lines_of(output)
    assert [(row["id"], row["outcome"]) for row in rows] == [
        (1, "answered"),
        (2, "failed"),
        (3, "answered"),
    ]
    assert rows[1]["answer"]
    assert set(rows[1]) == ANSWER_KEYS
    assert "the index is gone" in caplog.text


def test_an_output_that_cannot_be_written_is_refused(filled: Run, tmp_path: Path) -> None:
    given = written(tmp_path / "in.jsonl", {"id": 1, "question": QUESTION})
    output = tmp_path / "none" / "out.jsonl"
    assert filled("ask", "--batch", given, "--output", output).is_refused("out.jsonl")


# --- serve -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ([], ("127.0.0.1", 7860)),
        (["--host", "0.0.0.0", "--port", "8080"], ("0.0.0.0", 8080)),
    ],
)
def test_serve_opens_the_page_where_it_is_told(
    arguments: list[str],
    expected: tuple[str, int],
    filled: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    served: list[tuple[str, int]] = []

    def serve(
        starting: StartingAssistant, catalogue: Catalogue, settings: Settings, host: str, port: int
    ) -> None:
        starting.start(on_failure=lambda: None)
        *_, answer = starting.stream(QUESTION)
        assert answer.short_answer == "35%"
        assert answer.library_version == catalogue.current().library.version
        served.append((host, port))

    page = ModuleType("app.web.page")
    page.serve = serve  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "app.web.page", page)
    assert filled("serve", *arguments).code == 0
    assert served == [expected]


@pytest.mark.parametrize("port", ["0", "99999", "x"])
def test_a_wrong_port_is_wrong_usage(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["serve", "--port", port])
    assert stopped.value.code == 2
    assert "--port" in capsys.readouterr().err


# --- targets ---


def test_targets_are_listed_filtered_and_exported(filled: Run, tmp_path: Path) -> None:
    rows = filled("targets", "--format", "json").json
    assert rows
    assert {row["locality"] for row in rows} >= {"Huế"}
    one = filled("targets", "--locality", "hue", "--min", "35", "--max", "35", "--format", "json")
    assert [row["value"] for row in one.json] == ["35%"]
    assert one.json[0]["quote"].find("35%") >= 0
    assert filled("targets", "--query", "không có gì như vậy", "--year", "1999").out == (
        filled("targets", "--year", "1999").out
    )
    table = filled("targets")
    assert table.out.strip().endswith(f"{len(rows)} rows")
    csv_file, book = tmp_path / "t.csv", tmp_path / "t.xlsx"
    assert filled("targets", "--format", "csv", "--output", csv_file).code == 0
    assert csv_file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert filled("targets", "--format", "xlsx", "--output", book).code == 0
    assert book.read_bytes().startswith(b"PK")


def test_targets_refuses_what_it_cannot_do(filled: Run, tmp_path: Path) -> None:
    assert filled("targets", "--locality", "Atlantis").is_refused("Atlantis")
    output = tmp_path / "none" / "t.csv"
    assert filled("targets", "--format", "csv", "--output", output).is_refused(str(output))


@pytest.mark.parametrize(
    "arguments", [["--format", "xlsx"], ["--kind", "x"], ["--operator", "~"], ["--year", "x"]]
)
def test_targets_wrong_usage(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["targets", *arguments])
    assert stopped.value.code == 2
