"""Whether the newest commit moves the yardstick together with what it measures."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

from eval.errors import EvalError

YARDSTICK = ("eval/cases/", "eval/baseline.json")
MEASURED = ("app/", "ingest/", "prompts/")

_COMMIT = "commit:"


def check_newest_commit(repository: Path) -> list[str]:
    """Return one sentence for each commit of HEAD^..HEAD that changes both.

    A merge brings in several commits, each checked by itself. Where HEAD^ is not there (the first
    commit, a shallow clone) there is nothing to compare with.
    """
    if _git(repository, "rev-parse", "--verify", "--quiet", "HEAD^") is None:
        return []
    # The commits at the edge of a shallow clone have no parents and seem to change every file.
    range_ = ("--min-parents=1", "HEAD^..HEAD")
    shown = ("-c", "--name-only", "--no-renames", f"--format={_COMMIT}%h")
    listed = _git(repository, "-c", "core.quotePath=false", "log", *shown, *range_)
    if listed is None:
        raise EvalError(f"The newest commit of {repository} cannot be read: run git log there.")
    faults = (_fault(name, files) for name, files in _commits(listed))
    return [fault for fault in faults if fault]


def _commits(listed: str) -> Iterable[tuple[str, list[str]]]:
    for block in listed.split(_COMMIT)[1:]:
        name, *files = block.split("\n")
        yield name, [file for file in files if file]


def _fault(commit: str, files: Iterable[str]) -> str | None:
    files = list(files)
    yardstick = [file for file in files if file.startswith(YARDSTICK)]
    measured = [file for file in files if file.startswith(MEASURED)]
    if not yardstick or not measured:
        return None
    return (
        f"Commit {commit} changes {yardstick[0]} together with {measured[0]}: make two commits, so "
        "that no change moves the yardstick that it is measured by."
    )


def _git(repository: Path, *arguments: str) -> str | None:
    command = ["git", "-C", str(repository), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise EvalError(f"git cannot be run ({error.strerror}): install it.") from error
    return done.stdout if done.returncode == 0 else None
