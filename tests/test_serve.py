"""`hoidap serve` answers in a browser and reaches for nothing outside loopback."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.settings import Settings
from ingest.pipeline import ingest_paths

pytestmark = [pytest.mark.model, pytest.mark.browser]

CORPUS = Path(__file__).parents[1] / "corpus"
# The page opens before the model is loaded: the first answer waits for it, traced and all.
START_SECONDS = 120
# Python tells here of every name looked up and every address reached for; strace adds what
# compiled libraries do by themselves.
AUDIT = """
import os, sys
def _hook(event, args, log=os.environ["HOIDAP_AUDIT_LOG"]):
    if event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"):
        place = args[0] if event != "socket.sendto" else args[1]
    elif event == "socket.connect":
        place = args[1]
    else:
        return
    with open(log, "a", encoding="utf-8") as file:
        file.write(f"{place!r}\\n")
sys.addaudithook(_hook)
with open(os.environ["HOIDAP_AUDIT_LOG"], "a", encoding="utf-8") as file:
    file.write("at work\\n")
"""
LOOPBACK = re.compile(r"127\.|::1|localhost|0\.0\.0\.0|None|^b?'/|^'?/|^''")


@dataclass(frozen=True)
class Served:
    """A running page, and where what it reached for is written."""

    address: str
    audit_log: Path
    trace_log: Path


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("serve")
    ingest_paths(folder / "library", [CORPUS], Settings().ingest)
    (folder / "sitecustomize.py").write_text(AUDIT, encoding="utf-8")
    port = free_port()
    page = Served(f"http://127.0.0.1:{port}", folder / "audit.log", folder / "trace.log")
    page.audit_log.touch()
    command = [sys.executable, "-m", "app.cli", "serve", "--port", str(port)]
    command += ["--library", str(folder / "library")]
    if strace := shutil.which("strace"):
        watched = "trace=connect,sendto,sendmsg,sendmmsg"
        trace = [strace, "-f", "-qq", "--seccomp-bpf", "-e", watched, "-o", str(page.trace_log)]
        command = [*trace, *command]
    elif os.environ.get("CI"):
        pytest.fail("strace is missing: the check of native code cannot run")
    environment = os.environ | {"PYTHONPATH": str(folder), "HOIDAP_AUDIT_LOG": str(page.audit_log)}
    with (folder / "output.txt").open("wb") as output:
        process = subprocess.Popen(
            command, env=environment, stdout=output, stderr=output, start_new_session=True
        )
        try:
            wait_for(page.address, process, folder / "output.txt")
            yield page
        finally:
            # strace passes no signal on: the whole group that this test started is ended.
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(30)


def wait_for(address: str, process: subprocess.Popen[bytes], output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"hoidap serve ended: {output.read_text('utf-8')[-2000:]}")
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"hoidap serve did not answer: {output.read_text('utf-8')[-2000:]}")


def test_a_question_is_answered_and_nothing_outside_loopback_is_tried(served: Served) -> None:
    from tests.browser import open_browser

    with open_browser() as browser:
        page = browser.new_page()
        page.goto(served.address)
        box = page.get_by_role("textbox").first
        box.fill("Hà Nội đặt mục tiêu kinh tế số chiếm bao nhiêu phần trăm GRDP năm 2025?")
        box.press("Enter")
        page.get_by_text("30%").first.wait_for(timeout=START_SECONDS * 1000)
    assert attempts_of_python(served.audit_log) == []
    assert attempts_of_native_code(served.trace_log) == []


def attempts_of_python(log: Path) -> list[str]:
    first, *lines = log.read_text(encoding="utf-8").splitlines()
    assert first == "at work"
    return [line for line in lines if line != "at work" and not LOOPBACK.search(line)]


def attempts_of_native_code(log: Path) -> list[str]:
    if not log.exists():
        return []
    lines = log.read_text(encoding="utf-8").splitlines()
    return [
        line
        for line in lines
        if re.search(r"AF_INET6?\b", line)
        and not re.search(r'inet_addr\("(?:127\.|0\.0\.0\.0)|"::1?"', line)
    ]
