"""Old Office files (DOC, RTF, XLS): LibreOffice, where installed, turns them into new ones."""

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from ingest.errors import DocumentError
from ingest.loading.containers import content_kind
from ingest.loading.docx import load_docx
from ingest.loading.encodings import read_bytes
from ingest.loading.loaded import LoadedFile
from ingest.loading.spreadsheets import load_xlsx

_PROGRAMS = ("soffice", "libreoffice")
_TIMEOUT_SECONDS = 180
_OLE = b"\xd0\xcf\x11\xe0"
_RTF = b"{\\rtf"
_ZIP = b"PK\x03\x04"
# The filters to read a file with, by its new format and its first bytes: left to itself,
# LibreOffice reads a damaged file as if it were text. Tried in order.
_FILTERS: dict[tuple[str, bytes], tuple[str | None, ...]] = {
    ("docx", _OLE): ("MS Word 97", "MS Word 95"),
    ("docx", _RTF): ("Rich Text Format",),
    ("docx", b"<"): (None,),
    ("xlsx", _OLE): ("MS Excel 97", "MS Excel 95", "MS Excel 5.0/95"),
    ("xlsx", b"<"): (None,),
}


def load_old_text(path: Path) -> LoadedFile:
    """Return a DOC or RTF file by way of DOCX; raise DocumentError where that cannot be done."""
    return _by_way_of(path, "docx", load_docx)


def load_old_sheet(path: Path) -> LoadedFile:
    """Return an XLS file by way of XLSX; raise DocumentError where that cannot be done."""
    return _by_way_of(path, "xlsx", load_xlsx)


def _by_way_of(path: Path, suffix: str, load: Callable[[Path], LoadedFile]) -> LoadedFile:
    data = read_bytes(path)
    if data.startswith(_ZIP):
        # A new file under an old ending, as programs write it that only rename.
        return load(path)
    with _converted(path, data, suffix) as new:
        return _noted(load(new))


def _noted(loaded: LoadedFile) -> LoadedFile:
    note = "LibreOffice turned the file into a new format before it was read."
    return replace(loaded, notes=(note, *loaded.notes))


@contextmanager
def _converted(path: Path, data: bytes, suffix: str) -> Iterator[Path]:
    """Yield the file in the new format; a folder of its own holds all that LibreOffice writes."""
    kind = path.suffix.upper().lstrip(".")
    start = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    filters = next(
        (
            names
            for (new, mark), names in _FILTERS.items()
            if new == suffix and start.startswith(mark)
        ),
        (),
    )
    if not filters:
        raise DocumentError(f"The file is no {kind} file ({content_kind(data)}): save it again.")
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise DocumentError(
            f"{kind} files are read through LibreOffice, which is not installed: install it "
            f"(apt-get install libreoffice), or save the file as {suffix.upper()}."
        )
    with tempfile.TemporaryDirectory(prefix="hoidap-office-") as folder:
        source = Path(folder, f"in{path.suffix.casefold()}")
        source.write_bytes(data)
        new = Path(folder, f"out/in.{suffix}")
        for name in filters:
            if not new.is_file():
                _run(program, source, suffix, name, Path(folder))
        if not new.is_file():
            raise DocumentError(
                f"LibreOffice cannot read the {kind} file: it is damaged or protected; open it, "
                f"and save it as {suffix.upper()}."
            )
        yield new


def _run(program: str, source: Path, suffix: str, name: str | None, folder: Path) -> None:
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--nolockcheck",
        *([f"--infilter={name}"] if name else []),
        "--convert-to",
        suffix,
        "--outdir",
        str(folder / "out"),
        str(source),
    ]
    # A home of its own: nothing is left in the user's folder. A session of its own: soffice is a
    # script that starts the program, and both have to end.
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "HOME": str(folder)},
        start_new_session=True,
    )
    try:
        process.wait(_TIMEOUT_SECONDS)
    except subprocess.TimeoutExpired as error:
        raise DocumentError(
            f"LibreOffice did not finish with the file in {_TIMEOUT_SECONDS} seconds: open it, and "
            f"save it as {suffix.upper()}."
        ) from error
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
