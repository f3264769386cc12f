"""Plain text files: decoded, normalised, never guessed at silently."""

import codecs
from pathlib import Path

from ingest.errors import DocumentError
from ingest.text import normalise

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_BINARY = "The file holds binary data, not text: give the document as text."
_SAMPLE_BYTES = 65536
_MAX_CONTROL_SHARE = 0.02


def read_text(path: Path) -> str:
    """Return the file's text as it is stored; raise DocumentError when there is none to read."""
    data = _read_bytes(path)
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    if encoding != "utf-16" and _is_binary(data[:_SAMPLE_BYTES]):
        raise DocumentError(_BINARY)
    try:
        text = normalise(data.decode(encoding))
    except UnicodeDecodeError as error:
        raise DocumentError(
            f"The file is not {encoding.upper()} text (byte {error.start}): save it again as UTF-8."
        ) from error
    if encoding == "utf-16" and _is_binary(text[:_SAMPLE_BYTES].encode("utf-8", "replace")):
        raise DocumentError(_BINARY)
    if not text.strip():
        raise DocumentError("The file is empty: there is no text to ingest.")
    return text


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise DocumentError(f"The file cannot be read ({error.strerror}).") from error


def _is_binary(sample: bytes) -> bool:
    control = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in sample)
    return b"\0" in sample or control > _MAX_CONTROL_SHARE * max(len(sample), 1)
