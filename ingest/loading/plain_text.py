"""Plain text files: decoded, normalised, lines that a layout broke joined again."""

from pathlib import Path

from ingest.loading.encodings import read_text
from ingest.loading.loaded import LoadedFile
from ingest.loading.pipe_tables import table_rows
from ingest.loading.rewrapping import join_soft_breaks


def load_plain_text(path: Path) -> LoadedFile:
    """Return a text file; raise DocumentError when there is none to read."""
    decoded = read_text(path)
    rows = table_rows(decoded.text)
    return LoadedFile(join_soft_breaks(decoded.text), rows=rows, notes=decoded.notes)
