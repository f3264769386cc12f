"""Bytes -> text, and text typed in the fonts of before Unicode -> Unicode.

The tables of TCVN3 (ABC) and VNI and the statistics that tell them from other languages are those
of `viparse`; a guess that was not certain is said in a note.
"""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import DocumentError
from ingest.text import normalise

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EMPTY = "The file is empty: there is no text to ingest."
_BINARY = "The file holds binary data, not text: give the document as text."
_SAMPLE = 65536
_LETTERS_FOR_ONE_LOST = 20
_MAX_CONTROL_SHARE = 0.02
# High bytes of UTF-16 in Vietnamese text: Latin, Vietnamese letters, combining marks, dashes.
_UTF16_HIGH = frozenset((0x00, 0x01, 0x03, 0x1E, 0x20))
_MIN_UTF16_SHARE = 0.97
_MIN_UTF16_ZEROS = 0.3
# Letters that only Vietnamese Unicode text has: with marks, or ă đ ĩ ũ ơ ư.
_VIETNAMESE = re.compile(
    "[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_SIGN_IN_WORD = re.compile(r"(?<=[^\W\d_])[¨©«¬\xad®¸¶·¹»¾¼½](?!\w*\d)|[¨«¬®](?=[^\W\d_])")
_MIN_SIGNS = 5
_MIN_SIGN_SHARE = 0.1
_LEGACY_NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "viscii": "VISCII", "vps": "VPS"}
_DETECTED_CHARACTERS = 20000
_MIN_LEGACY_CHARACTERS = 24
# Vietnamese has some seventy marked letters; other languages get by with fewer.
_MIN_KINDS = 6
_MIN_MARKED_SHARE = 0.06
_MAX_UNICODE_SHARE = 0.2
_MIN_GAIN = 0.1
_MAX_ODD_SHARE = 0.01


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text in Unicode (NFC, newlines as `\\n`), and what was guessed of its encoding."""

    text: str
    notes: tuple[str, ...] = ()


def read_text(path: Path) -> Decoded:
    """Return a file's text as it is stored; raise DocumentError when there is none to read."""
    decoded = decode(read_bytes(path))
    if not decoded.text.strip():
        raise DocumentError(_EMPTY)
    return decoded


def read_bytes(path: Path) -> bytes:
    """Return a file's bytes; raise DocumentError where it cannot be read or holds none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"The file cannot be read ({error.strerror}).") from error
    if not data:
        raise DocumentError(_EMPTY)
    return data


def decode(data: bytes) -> Decoded:
    """Return a text file's bytes as text; raise DocumentError where they are none.

    Tried in order: a byte order mark, UTF-16 without one, UTF-8, then the 8-bit encodings of
    Vietnamese (Windows-1258, and TCVN3, VNI and VISCII as their fonts show them).
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), None)
    note: tuple[str, ...] = ()
    if encoding is None and (guess := _utf16_without_mark(data)):
        encoding, note = guess, (f"The file was read as {guess.upper()}, which nothing states.",)
    if encoding is None:
        if _is_binary(data[:_SAMPLE]):
            raise DocumentError(_BINARY)
        encoding = "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        decoded = _decode_damaged(data) or _decode_8_bit(data) if encoding == "utf-8" else None
        if decoded:
            return decoded
        raise DocumentError(
            f"The file is not {encoding.upper()} text (byte {error.start}): save it again as UTF-8."
        ) from error
    if _is_binary(text[:_SAMPLE].encode("utf-8", "replace")):
        raise DocumentError(_BINARY)
    repaired = repair(normalise(text))
    return Decoded(repaired.text, note + repaired.notes)


def _decode_damaged(data: bytes) -> Decoded | None:
    """Return text of which all but a few letters are UTF-8; no 8-bit text has many by chance."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\ufffd")
    letters = sum(character > "\x7f" for character in text) - lost
    if letters < _LETTERS_FOR_ONE_LOST * lost:
        return None
    repaired = repair(normalise(text))
    note = f"Letters that are no UTF-8 were replaced by \ufffd: {lost}; save the file again."
    return Decoded(repaired.text, (note, *repaired.notes))


def repair(text: str) -> Decoded:
    """Return Unicode text whose letters were typed for a TCVN3 or VNI font as what they show."""
    name = detect_legacy(text)
    if name is None:
        return Decoded(text)
    return Decoded(normalise(convert(text, name)), (guess_note(name),))


def guess_note(encoding: str) -> str:
    """Return the note that a text's letters, and nothing else, told its encoding."""
    name = _LEGACY_NAMES.get(encoding, encoding)
    return f"The text was read as {name}, told by its letters: check some words."


def font_encoding(font: str) -> str | None:
    """Return the legacy encoding that a font's name tells (.VnTime, VNI-Times), or None."""
    from viparse.normalize.detector import detect_encoding

    encoding: str | None = detect_encoding([font]).encoding
    return encoding


def convert(text: str, encoding: str) -> str:
    """Return text of a legacy encoding ("tcvn3", "vni", ...) in Unicode, unknown letters kept."""
    from viparse.normalize.encodings import CHARMAPS
    from viparse.normalize.tables import convert as convert_with

    converted: str = convert_with(text, CHARMAPS[encoding])
    return converted


def convert_runs(runs: Sequence[tuple[str, str | None]], fallback: str | None = None) -> str:
    """Return (text, font) runs as one text, those of legacy fonts converted.

    `fallback` is the encoding of runs whose font tells none, where their letters read better so.

    Neighbours of one encoding are converted together: a letter and its mark may stand in two
    runs. A run with letters that only Unicode has is Unicode, whatever its font is called.
    """
    pieces: list[tuple[str | None, str | None, str]] = []
    for text, font in runs:
        encoding = font_encoding(font) if font else None
        if encoding and _VIETNAMESE.search(text):
            encoding = None
        kind = (encoding, None if encoding else font)
        if pieces and pieces[-1][:2] == kind:
            pieces[-1] = (*kind, pieces[-1][2] + text)
        else:
            pieces.append((*kind, text))
    return "".join(
        convert(text, encoding) if encoding else _better_read(text, fallback)
        for encoding, _, text in pieces
    )


def _better_read(text: str, fallback: str | None) -> str:
    if fallback is None or not _NOT_ASCII.search(text) or _VIETNAMESE.search(text):
        return text
    from viparse.normalize.frequency import vietnamese_score

    guess = convert(text, fallback)
    return guess if vietnamese_score(guess) > vietnamese_score(text) + _MIN_GAIN else text


def detect_legacy(text: str) -> str | None:
    """Return the encoding that the letters of a text tell, None for Unicode and short texts.

    Only lines with a fair share of letters outside ASCII are looked at: an English summary in the
    same document tells nothing.
    """
    if not _NOT_ASCII.search(text):
        return None
    marked = [line for line in text.splitlines() if _marked_share(line) >= _MIN_MARKED_SHARE]
    sample = "\n".join(marked)[:_DETECTED_CHARACTERS]
    foreign = len(_NOT_ASCII.findall(sample))
    kinds = len(set(_NOT_ASCII.findall(sample)))
    unicode_letters = len(_VIETNAMESE.findall(sample))
    if len(sample) < _MIN_LEGACY_CHARACTERS or kinds < _MIN_KINDS:
        return None
    if unicode_letters > _MAX_UNICODE_SHARE * foreign:
        return None
    from viparse import detect_text_encoding

    encoding: str | None = detect_text_encoding(sample)
    return encoding or ("tcvn3" if _has_signs_in_words(sample) else None)


def _has_signs_in_words(text: str) -> bool:
    """Tell whether signs stand where letters belong, as ® for đ and ¬ for ơ: TCVN3 beyond doubt.

    A short text tells too little by the frequency of its letters.
    """
    found = len(_SIGN_IN_WORD.findall(text))
    return found >= _MIN_SIGNS and found >= _MIN_SIGN_SHARE * len(text.split())


def _marked_share(line: str) -> float:
    return len(_NOT_ASCII.findall(line)) / max(len(line), 1)


def surface(data: bytes) -> str:
    """Return bytes as the Western letters that they show: Windows-1252, its gaps as Latin-1."""
    return "".join(_CP1252[byte] for byte in data)


def _decode_8_bit(data: bytes) -> Decoded | None:
    """Return text in the 8-bit encoding that reads best as Vietnamese, None where none does."""
    from viparse.normalize.frequency import vietnamese_score

    shown = surface(data)
    candidates = {"Windows-1258": data.decode("cp1258", "replace")}
    if name := detect_legacy(normalise(shown)):
        candidates[_LEGACY_NAMES[name]] = convert(shown, name)
    best = max(
        candidates,
        key=lambda key: vietnamese_score(normalise(candidates[key])[:_DETECTED_CHARACTERS]),
    )
    text = normalise(candidates[best])
    if "\ufffd" in text or not _VIETNAMESE.search(text) or not _reads_as_vietnamese(text):
        return None
    return Decoded(text, (guess_note(best),))


def _reads_as_vietnamese(text: str) -> bool:
    """Tell whether the lines with marked letters have those of Vietnamese, and hardly others."""
    marked_lines = (line for line in text.splitlines() if _marked_share(line) >= _MIN_MARKED_SHARE)
    letters = [character for line in marked_lines for character in line if character.isalpha()]
    marked = sum(ord(character) > 0x7F for character in letters)
    odd = sum(
        not _VIETNAMESE.match(c) and ord(c) > 0x7F and c.lower() not in _PLAIN_MARKED
        for c in letters
    )
    return marked > 0 and odd <= _MAX_ODD_SHARE * len(letters)


_PLAIN_MARKED = frozenset("àáâãèéêìíòóôõùúý")
_CP1252 = [
    bytes([byte]).decode("cp1252", "ignore") or bytes([byte]).decode("latin-1")
    for byte in range(256)
]


def _utf16_without_mark(data: bytes) -> str | None:
    sample = data[: _SAMPLE & ~1]
    if len(data) % 2 or len(sample) < 4:
        return None
    for name, high in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[::2])):
        known = sum(byte in _UTF16_HIGH for byte in high)
        zeros = high.count(0)
        other = sample[::2] if name == "utf-16-le" else sample[1::2]
        if (
            known >= _MIN_UTF16_SHARE * len(high)
            and zeros >= _MIN_UTF16_ZEROS * len(high)
            and other.count(0) <= 0.02 * len(other)
        ):
            return name
    return None


def _is_binary(sample: bytes) -> bool:
    control = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in sample)
    return b"\0" in sample or control > _MAX_CONTROL_SHARE * max(len(sample), 1)
