"""Questions for what something is: the sentence that defines it, or writes its letters out."""

import re

from app.answers import Outcome
from app.asked import asking, plain
from app.evidence import Evidence
from app.inquiry import Chosen, Decision, Inquiry
from ingest.text import fold

# "Dạ cho em hỏi ...": what opens so ends in "hỏi" or "biết".
_OPENS = (
    r"^\W*(?:(?:(?:cho|xin|da|em|toi|minh|a|anh|chi|ad|ban|oi|vui long|lam on)\b[ ,]*)+"
    r"(?:hoi|biet)\b[ ,]*)?"
)
_ASKS = re.compile(
    _OPENS
    + r"(?:(?:the nao (?:duoc goi )?la|khai niem|dinh nghia(?: ve)?) (?P<named>[^,;:?.]{2,60}?)"
    r"|(?P<thing>[^,;:?.]{2,60}?) (?:(?:co )?nghia |duoc hieu |viet tat (?:cua tu )?)?"
    r"(?:la (?:cai )?gi|la to chuc (?:nao|gi)|la sao|nghia la gi"
    r"|(?:la )?viet tat (?:cua|cho) (?:tu )?(?:gi|nao)|duoc hieu (?:(?:nhu )?the nao|la gi|ra sao)"
    r"|(?<=nghia )(?:la )?(?:sao|the nao)"
    r"|(?:duoc )?dinh nghia (?:la gi|(?:nhu )?the nao|ra sao)))"
    r"(?: (?:vay|the|a|nhi|ha|v|z|va|roi|do|day|nhe|ta)\b)*\s*(?:[?,;.!]|$)"
)
_NUMBERED = r"^\W*(?:\d{1,3}[.)]\s*|[a-z][.)]\s*)?"
# What a definition begins with behind the thing, in letters without marks.
_IS = r"(?:\s*\([^()]{1,80}\))?(?:\s+duoc hieu)?\s*,?\s*(?:la|tuc(?: la)?|nghia la|gom|bao gom)\b"
_LETTERS = re.compile(r"[A-Z]{2,}")
_LEFT_OUT = re.compile(r"[“”\"']|^\W*[Dd]ạ(?!\w)[ ,]*")
_ENDS = re.compile(r"[,;)]")


def decide_definition(inquiry: Inquiry) -> Decision | None:
    """Return the decision for "X là gì?" where a sentence says what X is, None for all else."""
    question = inquiry.question
    thing = _thing(question.text, lettered=bool(_LETTERS.search(f"{question.raw} {question.text}")))
    if thing is None:
        return None
    for item in inquiry.ranked:
        if span := _defined(thing, item):
            short = item.quote[slice(*span)] if span[1] else None
            chosen = Chosen(item, (span,) if short else ())
            return Decision(Outcome.ANSWERED, (chosen,), short)
    return None


def _thing(text: str, *, lettered: bool) -> str | None:
    """Return the folded name of what a question wants to have defined; one word if `lettered`."""
    match = _ASKS.search(plain(_LEFT_OUT.sub("", asking(text))))
    found = match and (match["named"] or match["thing"])
    return found.strip() if found and (lettered or " " in found) else None


def _defined(thing: str, item: Evidence) -> tuple[int, int] | None:
    """Return what a sentence writes the thing out as, (0, 0) where the sentence itself says it."""
    quote = fold(item.quote).casefold()
    if len(quote) != len(item.quote):
        return None
    name = re.escape(thing).replace(r"\ ", r"\s+")
    written_out = [rf"(?<!\w){name},? tuc(?: la)?\s+"]
    if " " not in thing:
        written_out.append(rf"(?<!\w){name}\s*\(")
    for pattern in written_out:
        if found := re.search(pattern, quote):
            end = _ENDS.search(quote, found.end())
            return found.end(), end.start() if end else len(quote.rstrip(" ."))
    return (0, 0) if re.search(_NUMBERED + name + _IS, quote) else None
