"""File -> loaded text: the format is told by the file's ending."""

from collections.abc import Callable
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


def load(path: Path) -> LoadedFile:
    """Return the file's text and layout; raise DocumentError where it cannot be read."""
    suffix = path.suffix.casefold()
    loader = _LOADERS.get(suffix)
    if loader is None:
        raise DocumentError(
            f"The format {suffix or path.name!r} is not read: give one of {', '.join(SUFFIXES)}."
        )
    try:
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
