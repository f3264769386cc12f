import subprocess
from pathlib import Path

import pytest

from eval.commit_check import check_newest_commit


def git(repository: Path, *arguments: str) -> None:
    name = ("-c", "user.name=t", "-c", "user.email=t@t", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(repository), *name, *arguments]
    subprocess.run(command, check=True, capture_output=True)


def commit(repository: Path, *files: str) -> None:
    for file in files:
        path = repository / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{path.read_text(encoding='utf-8') if path.exists() else ''}+\n", "utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "change")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "app/a.py", "eval/cases/a.jsonl", "eval/baseline.json")
    return folder


@pytest.mark.parametrize("measured", ["app/web/b.py", "ingest/b.py", "prompts/replies.toml"])
@pytest.mark.parametrize("yardstick", ["eval/cases/a.jsonl", "eval/baseline.json"])
def test_the_yardstick_may_not_move_with_what_it_measures(
    repository: Path, yardstick: str, measured: str
) -> None:
    commit(repository, yardstick, measured)
    (fault,) = check_newest_commit(repository)
    assert f"changes {yardstick} together with {measured}: make two commits" in fault


@pytest.mark.parametrize(
    "files",
    [
        ("eval/cases/a.jsonl", "eval/baseline.json", "README.md", "corpus/a.md"),
        ("app/a.py", "ingest/b.py", "eval/gate.py", "eval/cases_more/a.jsonl"),
        ("tests/app/a.py", "eval/baseline.json"),
    ],
)
def test_either_alone_is_right(repository: Path, files: tuple[str, ...]) -> None:
    commit(repository, *files)
    assert check_newest_commit(repository) == []


def test_a_yardstick_that_is_deleted_or_moved_counts_as_changed(repository: Path) -> None:
    (repository / "eval" / "cases" / "a.jsonl").rename(repository / "eval" / "moved.jsonl")
    commit(repository, "app/a.py")
    assert len(check_newest_commit(repository)) == 1


def test_only_the_newest_commit_is_judged(repository: Path) -> None:
    commit(repository, "eval/baseline.json", "app/a.py")
    commit(repository, "app/a.py")
    assert check_newest_commit(repository) == []


@pytest.mark.parametrize(("together", "faults"), [(False, 0), (True, 1)])
def test_a_merge_is_judged_by_each_commit_that_it_brings_in(
    repository: Path, together: bool, faults: int
) -> None:
    git(repository, "checkout", "-q", "-b", "branch")
    for files in (
        [("app/a.py", "eval/baseline.json")]
        if together
        else [("app/a.py",), ("eval/baseline.json",)]
    ):
        commit(repository, *files)
    git(repository, "checkout", "-q", "main")
    commit(repository, "README.md")
    git(repository, "merge", "-q", "--no-ff", "-m", "Merge", "branch")
    assert len(check_newest_commit(repository)) == faults


def test_what_a_merge_itself_changes_counts(repository: Path) -> None:
    git(repository, "checkout", "-q", "-b", "branch")
    commit(repository, "README.md")
    git(repository, "checkout", "-q", "main")
    commit(repository, "docs/a.md")
    git(repository, "merge", "-q", "--no-ff", "--no-commit", "branch")
    commit(repository, "app/a.py", "eval/baseline.json")
    assert len(check_newest_commit(repository)) == 1


def test_a_file_with_a_vietnamese_name_counts(repository: Path) -> None:
    commit(repository, "eval/baseline.json", "prompts/đề.md")
    (fault,) = check_newest_commit(repository)
    assert "prompts/đề.md" in fault


def test_the_edge_of_a_shallow_clone_does_not_seem_to_change_every_file(
    repository: Path, tmp_path: Path
) -> None:
    git(repository, "checkout", "-q", "-b", "branch")
    commit(repository, "README.md")
    git(repository, "checkout", "-q", "main")
    commit(repository, "docs/a.md")
    git(repository, "merge", "-q", "--no-ff", "-m", "Merge", "branch")
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{repository}", str(clone))
    assert check_newest_commit(clone) == []


def test_the_first_commit_and_a_shallow_clone_have_nothing_to_compare_with(
    repository: Path, tmp_path: Path
) -> None:
    assert check_newest_commit(repository) == []
    commit(repository, "eval/baseline.json", "app/a.py")
    for depth, faults in (("1", 0), ("2", 1)):
        clone = tmp_path / depth
        git(tmp_path, "clone", "-q", "--depth", depth, f"file://{repository}", str(clone))
        assert len(check_newest_commit(clone)) == faults


def test_a_folder_without_history_has_nothing_to_compare_with(tmp_path: Path) -> None:
    assert check_newest_commit(tmp_path) == []
