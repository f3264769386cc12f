"""Character accuracy on the real documents in legacy fonts that stand beside the project.

Accuracy is 1 - edit distance / length of the true text, white-space runs of both read as one space
and both in NFC.
"""

import shutil
import unicodedata
from pathlib import Path

import pytest
from rapidfuzz.distance import Levenshtein

from tests.ingest.loading.support import loaded_from

SHARED = Path(__file__).parents[4] / "shared" / "legacy_encoding"
LEAST = 0.98
# These two hold only some paragraphs of their true text (the first 120 over a length): they are
# measured on the paragraphs that they hold.
EXTRACTS = {"synthetic-vni-2002-0112qd.docx", "synthetic-vni-2003-02120.docx"}
WHOLE = [
    "2002-0112qd.doc",
    "2003-A-15.rtf",
    "2003-A04.rtf",
    "2003-A05.rtf",
    "2008-23.QD-991-UBND.doc",
    "synthetic-vni-2004-0328NDCP.docx",
]

pytestmark = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the documents in legacy fonts are not beside the project"
)


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def accuracy(text: str, truth: str) -> float:
    return 1 - Levenshtein.distance(text, truth) / len(truth)


def truth_of(name: str) -> str:
    return (SHARED / name).with_suffix(".truth.txt").read_text(encoding="utf-8")


def read(name: str) -> str:
    if not name.endswith(".docx") and not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice")
    return plain(loaded_from(SHARED / name).text)


@pytest.mark.parametrize("name", WHOLE)
def test_a_real_document_is_read_right(name: str) -> None:
    assert accuracy(read(name), plain(truth_of(name))) >= LEAST


@pytest.mark.parametrize("name", sorted(EXTRACTS))
def test_an_extract_is_read_right(name: str) -> None:
    loaded = set(map(plain, loaded_from(SHARED / name).text.split("\n")))
    held = [line for line in map(plain, truth_of(name).split("\n")) if line in loaded]
    assert accuracy(read(name), " ".join(held)) >= LEAST
