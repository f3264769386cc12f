"""What is left of a library when an ingest is killed, starved of disk, or forbidden to write.

`pytest -s tests/ingest/test_crash.py` prints the report of every kill.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KILLS = 20


@pytest.fixture
def home() -> Iterator[Path]:
    """Return a folder that every user may reach: pytest's own are closed to others."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        home.chmod(0o777)
        (home / "tmp").mkdir()
        (home / "tmp").chmod(0o777)
        yield home


def run(job: str, home: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tests.ingest.crashing", job, str(home), *map(str, arguments)]
    ended = subprocess.run(
        command,
        cwd=ROOT,
        env=os.environ | {"TMPDIR": str(home / "tmp")},
        capture_output=True,
        text=True,
        timeout=120,
    )
    print(ended.stdout, ended.stderr, sep="")
    assert ended.returncode == 0, ended.stderr
    return ended


def test_an_ingest_killed_at_random_moments_leaves_a_whole_library(home: Path) -> None:
    lines = run("kill", home, KILLS).stdout.splitlines()
    assert sum("whole and answers" in line for line in lines) == KILLS + 1
    assert sum("(-9)" in line for line in lines) >= KILLS / 2


def test_an_ingest_killed_at_every_step_of_publishing_leaves_a_whole_library(home: Path) -> None:
    lines = run("step", home).stdout.splitlines()
    assert all("whole and answers" in line for line in lines)
    assert sum("(-9)" in line for line in lines) >= 10
    assert "holds state 1" in lines[-1]


def test_of_two_ingests_at_once_one_wins_and_one_is_refused(home: Path) -> None:
    ended = run("two", home)
    codes, documents = ended.stdout.splitlines()[-2:]
    assert codes == "[0, 1]"
    assert documents in ("['one.txt']", "['two.txt']")
    [line] = ended.stderr.splitlines()
    assert "is being written by another process: wait until it has finished" in line


def test_a_full_disk_is_told_in_one_line_and_the_old_version_answers(home: Path) -> None:
    limits = (20_000, 100_000, 400_000, 700_000)
    ended = run("full", home, *limits)
    told = ended.stdout.splitlines()
    assert told[::2] == ["exit code 1"] * len(limits)
    assert all("holds state 0 whole and answers" in line for line in told[1::2])
    lines = ended.stderr.splitlines()
    assert len(lines) == len(limits)
    assert all("nothing was published; free some disk space" in line for line in lines)


def test_a_library_that_may_not_be_written_is_read_all_the_same(home: Path) -> None:
    ended = run("read-only", home)
    assert ended.stdout == "readers [0, 0, 0, 0]\nwriters [1, 1, 1]\n"
    lines = ended.stderr.splitlines()
    assert len(lines) == 3
    assert all("cannot be written (Permission denied): check the folder's" in x for x in lines)
    assert list((home / "tmp").iterdir()) == []
