"""File -> loaded text: the format is told by the file's ending."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from ingest.errors import DocumentError
from ingest.loading.delimited import load_delimited
from ingest.loading.docx import load_docx
from ingest.loading.html import load_html
from ingest.loading.loaded import LoadedFile
from ingest.loading.markdown import load_markdown
from ingest.loading.office import load_old_sheet, load_old_text
from ingest.loading.pdf import load_pdf
from ingest.loading.plain_text import load_plain_text
from ingest.loading.spreadsheets import load_xlsx

_LOADERS: dict[str, Callable[[Path], LoadedFile]] = {
    ".txt": load_plain_text,
    ".md": load_markdown,
    ".markdown": load_markdown,
    ".pdf": load_pdf,
    ".docx": load_docx,
    ".xlsx": load_xlsx,
    ".csv": load_delimited,
    ".tsv": load_delimited,
    ".html": load_html,
    ".htm": load_html,
    ".doc": load_old_text,
    ".rtf": load_old_text,
    ".xls": load_old_sheet,
}
SUFFIXES = tuple(_LOADERS)
# Portals export pages under these endings. LibreOffice reads the figures of such a page as English
# ones: 1.250 becomes 1,25.
_MAY_BE_HTML = frozenset({".doc", ".xls", ".txt"})
_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|meta|body|table)\b",
    re.IGNORECASE | re.DOTALL,
)
_START_BYTES = 2048
_PAGE_NOTE = "The file is a web page, whatever its ending says, and was read as one."


def load(path: Path) -> LoadedFile:
    """Return the file's text and layout; raise DocumentError where it cannot be read."""
    suffix = path.suffix.casefold()
    loader = _LOADERS.get(suffix)
    if loader is None:
        raise DocumentError(
            f"The format {suffix or path.name!r} is not read: give one of {', '.join(SUFFIXES)}."
        )
    try:
        if suffix in _MAY_BE_HTML and _is_html(path):
            loaded = load_html(path)
            return replace(loaded, notes=(_PAGE_NOTE, *loaded.notes))
        return loader(path)
    except DocumentError:
        raise
    # A parser meets a damaged file in ways of its own: none may stop the other files.
    except Exception as error:
        detail = " ".join(str(error).split())[:120] or type(error).__name__
        raise DocumentError(
            f"The file cannot be read as {suffix.lstrip('.').upper()} ({detail}): it is damaged; "
            "open it and save it again."
        ) from error


def _is_html(path: Path) -> bool:
    with suppress(OSError), path.open("rb") as file:
        return _HTML.match(file.read(_START_BYTES)) is not None
    return False  # the loader says why it cannot be read
