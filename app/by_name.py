"""Questions for who, which or where: the name or phrase in the sentence nearest to the topic."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from app.answers import Outcome
from app.asked import Part
from app.by_text import beside, nearest
from app.evidence import Evidence
from app.filling import refused
from app.followups import JOINT
from app.inquiry import Chosen, Decision, Inquiry
from app.names import foreign_names, organisations, persons, phrase_from, titles
from ingest.places import find_places
from ingest.quantities import find_quantities
from ingest.text import fold, folded_tokens, tokens

Span = tuple[int, int]

_OF_PERSONS = frozenset(["ong", "ba", "nguoi", "lanh", "dong", "vi", "who"])
_OF_BODIES = frozenset(
    [
        "co",
        "don",
        "so",
        "bo",
        "ban",
        "to",
        "cap",
        "phong",
        "doanh",
        "cong",
        "tap",
        "agency",
        "company",
        "ministry",
        "department",
        "body",
    ]
)
_PLACE_WORDS = re.compile(
    r"(?<!\w)(?:tại|ở|trên địa bàn|thuộc|đặt tại|diễn ra tại)\s+", re.IGNORECASE
)
_SUBJECT = re.compile(r"(?:^|[;:]\s)(?P<subject>[^;:]{4,140}?)$")
_FIRMS = {("doanh", "nghiep"), ("cong", "ty"), ("nha", "thau"), ("tap", "doan"), ("nha", "mang")}
_FIRM = re.compile(r"(?:Công ty|Tập đoàn|Tổng [Cc]ông ty|Liên danh|Ngân hàng|Hợp tác xã)")
# Only a person signs, or holds an office.
_SIGNS = re.compile(
    r"\bai k[yi]\b|\b(?:nguoi|ong|ba|vi)(?: nao)?(?: da)? k[yi]\b|\bk[yi] ban hanh\b"
    r"|\bnao (?:da )?k[yi]\b|\bai (?:dang |duoc )?(?:lam|la|giu chuc)(?: chuc)? (?:pho |quyen )?"
    r"(?:truong|chu tich|giam doc|bi thu|bo truong|cuc truong|vu truong|thu tuong|hieu truong)\b"
)
_RIVALS = 3
_SUBJECT_WORDS = 16


def decide_name(inquiry: Inquiry) -> Decision:
    """Return the decision for a question whose first part asks for a name."""
    filled, decision = nearest(inquiry)
    if decision:
        return decision
    filled = _of_rank(inquiry, filled)
    if not filled:
        return refused(inquiry, "kind")
    part = inquiry.question.asked.parts[0]
    best = filled[0]
    for item in filled[:_RIVALS]:
        if piece_of(inquiry, part, item) and item.topic >= 0.8 * best.topic:
            best = item
            break
    spans = [
        span
        for one in inquiry.question.asked.parts
        if one.kind in ("who", "which", "where") and (span := piece_of(inquiry, one, best))
    ]
    short = best.quote[slice(*spans[0])] if spans else None
    chosen = (Chosen(best, tuple(spans)), *map(Chosen, beside(inquiry, best, filled)))
    support = replace(inquiry.support(best), noun=1.0 if spans else -1.0)
    if (part.kind == "where" or _asks_firm(part)) and not spans:
        return refused(inquiry, "kind")
    return Decision(Outcome.ANSWERED, chosen, short, support=support)


def _of_rank(inquiry: Inquiry, filled: Sequence[Evidence]) -> list[Evidence]:
    """Return the sentences that give the rank which a question asks the holder of, if it does."""
    stated = _ranks(inquiry.question.text)
    return [item for item in filled if not stated or stated & _ranks(item.quote)]


def _ranks(text: str) -> set[str]:
    return {str(one.number) for one in find_quantities(text) if one.role == "rank"}


def piece_of(inquiry: Inquiry, part: Part, item: Evidence) -> Span | None:
    """Return the span of a quote that names what a part asks for; None where none is clear."""
    quote = item.quote
    if part.kind == "where":
        return _clear(
            inquiry,
            quote,
            (phrase_from(quote, m.end(), m.end()) for m in _PLACE_WORDS.finditer(quote)),
        )
    if _asks_firm(part):
        firms = [span for span in organisations(quote) if _FIRM.match(quote[slice(*span)])]
        return _clear(inquiry, quote, _new(inquiry, quote, [*firms, *foreign_names(quote)]))
    if part.kind == "which" and part.noun[-1:] == ("chuc",):
        return _clear(inquiry, quote, titles(quote))
    if part.kind == "which":
        return _clear(inquiry, quote, _things(inquiry, quote, part)) or _only_name(inquiry, quote)
    noun = part.noun[-1:] and part.noun[0]
    first, second = persons, organisations
    if set(part.noun) & _OF_BODIES and not set(part.noun) & _OF_PERSONS:
        first, second = organisations, persons
    if not part.noun and (subject := _subject(inquiry, quote)):
        return subject
    found = _clear(inquiry, quote, _new(inquiry, quote, first(quote)))
    if first is persons and _SIGNS.search(fold(inquiry.question.text).casefold()):
        return found
    if found or (
        noun and set(part.noun) & _OF_PERSONS and list(_new(inquiry, quote, persons(quote)))
    ):
        return found
    found = _clear(inquiry, quote, _new(inquiry, quote, second(quote))) or _subject(inquiry, quote)
    of_bodies = set(part.noun) & _OF_BODIES
    return found or (_only_name(inquiry, quote) if of_bodies else None)


def _asks_firm(part: Part) -> bool:
    """Tell whether a firm is asked for: an office that has to do with it is none."""
    return part.kind in ("who", "which") and part.noun[-2:] in _FIRMS


def _only_name(inquiry: Inquiry, quote: str) -> Span | None:
    """Return the one foreign name of a quote that the question does not hold."""
    names = list(_new(inquiry, quote, foreign_names(quote)))
    return names[0] if len({quote[slice(*span)] for span in names}) == 1 else None


def _new(inquiry: Inquiry, quote: str, spans: Iterable[Span]) -> Iterable[Span]:
    """Yield the names that the question does not hold itself, and no places."""
    asked = set(folded_tokens(inquiry.question.search_text))
    places = [(place.start, place.end) for place in find_places(quote)]
    for start, end in spans:
        within = any(low <= start and end <= high for low, high in places)
        if not within and not set(folded_tokens(quote[start:end])) <= asked:
            yield start, end


def _things(inquiry: Inquiry, quote: str, part: Part) -> Iterable[Span]:
    """Yield the phrases of a quote that open with the noun that is asked about."""
    nouns = [part.noun[-size:] for size in range(len(part.noun), 0, -1)]
    if concept := inquiry.topic.concept_of(part.noun[-1:]) or inquiry.topic.concept_of(part.noun):
        nouns += sorted(concept.forms, key=len, reverse=True)
    folded = fold(quote).casefold()
    if len(folded) != len(quote):
        return
    places = [(place.start, place.end) for place in find_places(quote)]
    for noun in nouns:
        pattern = r"\b" + r"\s+".join(map(re.escape, noun)) + r"\b"
        spans = [
            (start, end)
            for match in re.finditer(pattern, folded)
            for start, end in [phrase_from(quote, match.start(), match.end())]
            if end > match.end() + 1
            and not any(low <= match.start() < high for low, high in places)
            and _is_marked_alike(inquiry, quote[match.start() : match.end()])
        ]
        if spans:
            yield from spans
            return


def _is_marked_alike(inquiry: Inquiry, written: str) -> bool:
    """Tell whether the question has a word with the same marks, or none that only looks like it."""
    asked = set(tokens(inquiry.question.text))
    folded = set(folded_tokens(inquiry.question.text))
    return all(
        token in asked or flat not in folded
        for token, flat in zip(tokens(written), folded_tokens(written), strict=True)
    )


def _clear(inquiry: Inquiry, quote: str, spans: Iterable[Span]) -> Span | None:
    """Return the span nearest to the words of the topic."""
    found = list(spans)
    if not found:
        return None
    at = _topic_places(inquiry, quote)
    return min(found, key=lambda span: _distance(span, at))


def _topic_places(inquiry: Inquiry, quote: str) -> list[int]:
    wanted = {
        token for concept in inquiry.topic.concepts for form in concept.forms for token in form
    }
    return [m.start() for m in re.finditer(r"\w+", quote) if set(folded_tokens(m.group())) & wanted]


def _distance(span: Span, at: Sequence[int]) -> float:
    near = sorted(abs(place - span[1]) for place in at if not span[0] <= place < span[1])[:4]
    return sum(near) / len(near) if near else 1e6


def _subject(inquiry: Inquiry, quote: str) -> Span | None:
    """Return what stands before the verb that the question asks "ai" for."""
    asked = fold(inquiry.question.text.rpartition(JOINT)[2]).casefold()
    match = re.search(r"\bai (?:la nguoi |la |se |phai |da )*(\w+ \w+)", asked)
    folded = fold(quote).casefold()
    if not match or len(folded) != len(quote) or (at := folded.find(match.group(1))) <= 0:
        return None
    subject = _SUBJECT.search(quote[:at].rstrip())
    start = subject.start("subject") if subject else 0
    end = len(quote[:at].rstrip())
    if any(place.start <= start and end <= place.end for place in find_places(quote)):
        return None
    named = _new(inquiry, quote, persons(quote))
    if people := [span for span in named if start <= span[0] and span[1] <= end]:
        return people[-1]
    return (start, end) if len(quote[start:end].split()) <= _SUBJECT_WORDS else None
