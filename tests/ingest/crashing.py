"""Ingests that are killed, starved or forbidden: run by test_crash in a process of its own.

Everything is imported before the processes are forked: importing takes longer than the ingests.
"""

import contextlib
import io
import itertools
import os
import random
import resource
import signal
import stat
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import bm25s  # noqa: F401
import chromadb  # noqa: F401
import numpy as np
from numpy.typing import NDArray

from app import build, cli
from app.settings import DecidingSettings, Settings
from ingest import pipeline
from ingest.library import Library
from ingest.pipeline import ingest_paths
from ingest.settings import EmbeddingSettings
from ingest.versions import current_version, list_versions
from tests.doubles import HashingEmbedder

QUESTION = "Xã số 1 có bao nhiêu phần trăm hộ dân dùng ví điện tử?"
# Hashed words say nothing of scope.
SETTINGS = Settings(
    deciding=DecidingSettings(scope_likeness=-1.0, figure_doubt=-20.0, text_doubt=-20.0)
)
NOBODY = 65534


class SlowEmbedder(HashingEmbedder):
    """Takes a moment, so that two ingests meet."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        time.sleep(1)
        return super().embed_passages(texts)


def texts_of(state: int) -> dict[str, str]:
    """Return the documents of a state; most differ from state to state, some come and go."""
    return {
        f"xã/{number}.txt": "\n".join(
            f"Xã số {number} có {10 + (state * part) % 80}% hộ dân dùng ví điện tử ở thôn {part}."
            for part in range(1, 12)
        )
        for number in range(8)
        if number < 2 or number % 4 != state % 4
    }


def write(folder: Path, texts: dict[str, str]) -> None:
    """Make the folder hold exactly these files."""
    for path in folder.rglob("*.txt"):
        path.unlink()
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def ingest(library: Path, folder: Path) -> None:
    ingest_paths(
        library, [folder], SETTINGS.ingest, prune=True, open_embedder=lambda _: HashingEmbedder()
    )


def check(library: Path, states: Sequence[int]) -> None:
    """Print which of the states the library holds, whole and answering; fail otherwise."""
    opened = Library.open(library)
    texts = {item.id: opened.document_text(item.id) for item in opened.documents()}
    [state] = [state for state in states if texts == texts_of(state)]
    passages = opened.passages(opened.passage_ids)
    assert {item.document.id for item in passages} == set(texts)
    assert len(passages) == opened.manifest.passages
    for passage in passages:
        assert passage.text == texts[passage.document.id][passage.start : passage.end]
    near = opened.nearest(HashingEmbedder().embed_query(QUESTION), len(passages))
    assert len(near) == len(passages)
    answer = build.build_assistant(library, SETTINGS, HashingEmbedder()).answer(QUESTION)
    assert answer.citations, answer
    for citation in answer.citations:
        assert citation.quote in texts[citation.passage.document.id]
    print(f"version {opened.version} holds state {state} whole and answers", flush=True)


def forked(job: Callable[[], object]) -> int:
    """Run the job in a process of its own; return its id."""
    sys.stdout.flush()
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        code = int(job() or 0)  # type: ignore[call-overload]
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr, flush=True)
    finally:
        sys.stdout.flush()
        os._exit(code)


def ended(pid: int) -> int:
    """Wait for a process; return its exit code, negative where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def kill_at_random_moments(home: Path, times: int) -> None:
    """Kill an ingest at seeded moments, and see after each what the library holds."""
    library, folder = home / "library", home / "docs"
    write(folder, texts_of(0))
    assert ended(forked(partial(ingest, library, folder))) == 0
    write(folder, texts_of(1))
    started = time.perf_counter()
    assert ended(forked(partial(ingest, library, folder))) == 0
    duration = time.perf_counter() - started
    moments = random.Random(20250701)
    for number in range(2, times + 2):
        write(folder, texts_of(number))
        pid = forked(partial(ingest, library, folder))
        moment = moments.uniform(0, 1.2 * duration)
        time.sleep(moment)
        os.kill(pid, signal.SIGKILL)
        code = ended(pid)
        print(f"killed after {moment:.3f} of {duration:.3f} s ({code}): ", end="", flush=True)
        assert ended(forked(partial(check, library, range(number + 1)))) == 0
        assert len(list_versions(library)) <= SETTINGS.ingest.kept_versions + 1
    assert ended(forked(partial(ingest, library, folder))) == 0
    assert ended(forked(partial(check, library, [times + 1]))) == 0
    hidden = [entry.name for entry in (library / "versions").iterdir() if entry.name[0] == "."]
    assert hidden == [], hidden


def kill_at_every_step(home: Path) -> None:
    """Kill a first and a later ingest before and after each step that shows on the disk."""
    library, folder = home / "library", home / "docs"
    for state in (0, 1):
        write(folder, texts_of(state))
        for step in range(100):
            code = ended(forked(partial(ingest_until, step, library, folder)))
            if current_version(library):
                print(f"killed at step {step} ({code}): ", end="", flush=True)
                assert ended(forked(partial(check, library, range(state + 1)))) == 0
            if code == 0:
                break
        assert ended(forked(partial(check, library, [state]))) == 0


def ingest_until(step: int, library: Path, folder: Path) -> None:
    """Ingest; the process kills itself at the step of that number."""
    steps = itertools.count()

    def die_at(last: int) -> None:
        if next(steps) == last:
            os.kill(os.getpid(), signal.SIGKILL)

    def killing(call: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(*arguments: Any, **options: Any) -> Any:
            die_at(step)
            result = call(*arguments, **options)
            die_at(step)
            return result

        return wrapped

    for owner, name in ((Path, "rename"), (Path, "replace"), (Path, "write_text"), (os, "rmdir")):
        setattr(owner, name, killing(getattr(owner, name)))
    ingest(library, folder)


def command(*arguments: object, embedder: type[HashingEmbedder] = HashingEmbedder) -> int:
    """Run a command on light parts; return its exit code."""

    def create(_: EmbeddingSettings) -> HashingEmbedder:
        return embedder()

    build.create_embedder = create
    pipeline.ingest_paths = partial(ingest_paths, open_embedder=create)  # type: ignore[assignment]
    return cli.main([str(argument) for argument in arguments])


def two_at_once(home: Path) -> None:
    """Start two ingests of different folders into one library."""
    for name in ("one", "two"):
        write(home / name, {f"{name}.txt": texts_of(0)["xã/1.txt"] + f"\nBản {name}."})
    pids = [
        forked(
            partial(
                command, "ingest", home / name, "--library", home / "library", embedder=SlowEmbedder
            )
        )
        for name in ("one", "two")
    ]
    print(sorted(ended(pid) for pid in pids))
    print(sorted(item.id for item in Library.open(home / "library").documents()))


def full_disk(home: Path, *limits: int) -> None:
    """Ingest where no file may grow beyond a limit, in bytes."""
    library, folder = home / "library", home / "docs"
    write(folder, texts_of(0))
    assert ended(forked(partial(ingest, library, folder))) == 0
    lines = [f"Xã số {n} mở {n % 80} lớp học số cho người cao tuổi." for n in range(1500)]
    write(folder, texts_of(1) | {"big.txt": "\n".join(lines)})
    before = current_version(library)
    for limit in limits:
        print("exit code", ended(forked(partial(starved, limit, library, folder))))
        assert current_version(library) == before
        assert [entry.name for entry in (library / "versions").iterdir()] == [before]
        assert ended(forked(partial(check, library, [0]))) == 0


def starved(limit: int, library: Path, folder: Path) -> int:
    """Run an ingest under the limit."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return command("ingest", folder, "--prune", "--library", library)


def read_only(home: Path) -> None:
    """Read and write a library that may not be written, as an unprivileged user."""
    library, folder = home / "library", home / "docs"
    write(folder, texts_of(0))
    ingest(library, folder)
    config = home / "hoidap.toml"
    config.write_text(
        "[deciding]\nscope_likeness = -1.0\nfigure_doubt = -20.0\ntext_doubt = -20.0\n",
        encoding="utf-8",
    )
    shared = ["--library", library, "--config", config]
    readers = (["ask", QUESTION], ["documents", "--json"], ["documents"], ["versions"])
    writers = (["ingest", folder], ["remove", "xã/1.txt"], ["rollback", current_version(library)])
    # The interpreter itself may be out of the other user's reach: all is imported before.
    for words in readers:
        with contextlib.redirect_stdout(io.StringIO()):
            assert command(*words, *shared) == 0
    for path in [library, *library.rglob("*")]:
        path.chmod(stat.S_IMODE(path.stat().st_mode) & ~0o222)
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        codes = [command(*words, *shared) for words in readers]
    assert "ví điện tử" in shown.getvalue()
    print("readers", codes)
    (folder / "xã" / "1.txt").write_text("Câu mới.", encoding="utf-8")
    print("writers", [command(*words, *shared) for words in writers])


if __name__ == "__main__":
    jobs: dict[str, Callable[..., None]] = {
        "kill": kill_at_random_moments,
        "step": kill_at_every_step,
        "two": two_at_once,
        "full": full_disk,
        "read-only": read_only,
    }
    os.umask(0)
    jobs[sys.argv[1]](Path(sys.argv[2]), *map(int, sys.argv[3:]))
