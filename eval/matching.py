"""Whether an answer holds a string: the matching rules of the evaluation contract."""

import re
import unicodedata
from collections.abc import Sequence

from ingest.splitting import sentence_spans

MARK = re.compile(r"\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\]")
_NO_BREAK_SPACES = str.maketrans({"\u00a0": " ", "\u202f": " "})
# A digit, or a separator with a digit behind it, continues a figure: 14 is not in 14.837 or 2,14.
_NO_FIGURE_BEFORE = r"(?<!\d)(?<!\d[.,])"
_NO_FIGURE_AFTER = r"(?!\d)(?![.,]\d)"


def comparable(text: str) -> str:
    """Return the text in NFC, case-folded, with plain spaces."""
    folded = unicodedata.normalize("NFC", text).casefold()
    return unicodedata.normalize("NFC", folded).translate(_NO_BREAK_SPACES)


def holds(text: str, wanted: str) -> bool:
    """Tell whether the text holds the string, no figure of it cut out of a longer one."""
    return occurrence(text, wanted) is not None


def occurrence(text: str, wanted: str) -> re.Match[str] | None:
    """Return where the comparable text first holds the string, by the same rule."""
    wanted = comparable(wanted)
    before = _NO_FIGURE_BEFORE if wanted[:1].isdigit() else ""
    after = _NO_FIGURE_AFTER if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, comparable(text))


def holds_any(text: str, spellings: Sequence[str]) -> bool:
    """Tell whether the text holds one of the spellings."""
    return any(holds(text, spelling) for spelling in spellings)


def holds_together(text: str, first: Sequence[str], second: Sequence[str]) -> bool:
    """Tell whether one sentence or line of the text holds one spelling of each."""
    sentences = (text[start:end] for start, end in sentence_spans(text))
    return any(holds_any(item, first) and holds_any(item, second) for item in sentences)


def without_marks(text: str) -> str:
    """Return the answer without its citation marks: [14] is not the figure 14."""
    return re.sub(rf"[ \u00a0]?{MARK.pattern}", "", text)
