"""The slots of a question that evidence must fill: legal document, place, year, aim."""

import re
from collections.abc import Callable, Sequence

from app.answers import Outcome
from app.evidence import Evidence
from app.facts import Fact, names_of_places, owner_of, sentences_back
from app.inquiry import Decision, Inquiry, Slot
from app.questions import Question, years_named
from ingest.figures import figure_keys, names_same_legal, short_legal_keys

RELATED = 2

# "Theo Nghị định ..., bộ nào ...": what the document says is asked, not what it is.
_UNDER = re.compile(
    r"(?<!\w)(?:theo|tại|trong|căn cứ|tai|can cu)\s+(?:nghị|quyết|kế|thông|chỉ|luật|nghi|quyet"
    r"|ke|nđ|nq"
    r"|qđ|kh|điều|khoản)",
    re.IGNORECASE,
)

# "Khoản 2 Điều 34 của Luật X": an article, and the law that it is of.
_ARTICLE = re.compile(r"(?<!\w)điều (?P<number>\d+[a-zđ]?)(?!\w)(?P<of>.*)", re.IGNORECASE)
_REFERS = re.compile(r"(?:theo|tại|của|ở)\s(?:khoản \S+,? |điểm \S+,? )*$", re.IGNORECASE)
_LAW = re.compile(
    r"\s*(?:của |trong |tại )?(?P<genre>bộ luật|luật|nghị định|thông tư|nghị quyết|quyết định)\s",
    re.IGNORECASE,
)

Check = tuple[Slot, Callable[[Evidence], bool]]


def refused(
    inquiry: Inquiry, missing: Slot, places: Sequence[str] = (), years: Sequence[int] = ()
) -> Decision:
    """Return the decision that says which of the places or years asked for are lacking."""
    lacking = {"place": list(places), "year": [str(year) for year in years]}.get(missing, [])
    return Decision(
        Outcome.NOT_IN_DOCUMENTS,
        related=tuple(inquiry.ranked[:RELATED]),
        missing=missing,
        lacking=tuple(dict.fromkeys(lacking)),
    )


def checks(question: Question, places: Sequence[str], years: Sequence[int]) -> list[Check]:
    """Return what a sentence must be about, in the order in which a lack is told."""
    return [
        ("legal", lambda item: is_about_legal(question, item) and is_of_article(question, item)),
        ("place", lambda item: all(is_about_place(item, place) for place in places)),
        ("year", lambda item: all(is_about_year(item, year) for year in years)),
    ]


def passing(
    ranked: Sequence[Evidence], wanted: Sequence[Check], shares: dict[Slot, float]
) -> tuple[list[Evidence], Slot | None]:
    """Return the evidence that passes all checks, or the first check that leaves none near.

    A sentence that fills a slot counts only if it is nearly as much about the thing asked as the
    best sentence is; of another place the same thing is often told in quite other words.
    """
    kept_before = list(ranked)
    for slot, check in wanted:
        kept = [item for item in kept_before if check(item)]
        if not kept or kept[0].topic < shares.get(slot, 0.0) * kept_before[0].topic:
            return [], slot
        kept_before = kept
    return kept_before, None


def is_about_legal(question: Question, item: Evidence) -> bool:
    """Tell whether a sentence speaks of the legal documents that the question names.

    What a document says may stand anywhere in a passage about it; its date, its number and who
    issued it only where it is named.
    """
    asked = question.legal_keys
    if not asked:
        return True
    of_itself = question.kind in ("date", "legal", "who") and not _UNDER.search(question.text)
    around = item.before if of_itself else item.passage.text
    near = figure_keys(" ".join([around, item.quote, *item.passage.heading]))
    if of_itself or all(names_same_legal(key, near) for key in asked):
        return all(names_same_legal(key, near) for key in asked)
    document = item.passage.document
    named = [
        document.title,
        document.number or "",
        *(one.number for one in document.legal_documents),
    ]
    known = near | _with_short(figure_keys(" ".join(named)))
    return all(names_same_legal(key, known) for key in asked)


def is_of_article(question: Question, item: Evidence) -> bool:
    """Tell whether a sentence stands in the article that the question names, of the law it names.

    Another text that only speaks of that article is meant where it says whose article it is.
    """
    asked = _ARTICLE.search(question.text)
    if not asked:
        return True
    number = re.compile(rf"(?<!\w)điều {asked['number']}(?!\w)", re.IGNORECASE)
    law = _LAW.match(asked["of"])
    title = item.passage.document.title.casefold()
    its_own = any(number.match(one) for one in item.passage.heading) or number.match(item.quote)
    if its_own and (not law or title.startswith(law["genre"].casefold())):
        return True
    told = number.search(item.quote)
    if not told or not law or its_own or _REFERS.search(item.quote[: told.start()]):
        return False
    its = _LAW.match(item.quote[told.end() :])
    return its is not None and its["genre"].casefold() == law["genre"].casefold()


def _with_short(keys: set[str]) -> set[str]:
    """Return the keys of legal documents with those of their short names (Kế hoạch 239)."""
    return keys.union(*map(short_legal_keys, keys))


def is_about_place(item: Evidence, place: str) -> bool:
    """Tell whether a sentence speaks of a place: by name, or by its document's locality."""
    if named := names_of_places(item.quote):
        return place in named
    before = next(filter(None, map(names_of_places, sentences_back(item.before))), ())
    return place in before or owner_of(item) == place


def is_about_year(item: Evidence, year: int) -> bool:
    """Tell whether a sentence speaks of a year: its own, or that of the last one naming any."""
    if own := years_named(item.quote):
        return year in own
    if own := years_named(item.sentence.context):
        return year in own
    before = next(filter(None, map(years_named, sentences_back(item.before))), ())
    return year in (before or years_named(" ".join(item.passage.heading)))


def fits_place(fact: Fact, places: Sequence[str]) -> bool:
    """Tell whether a figure is given for one of the places; one given for none fits any."""
    return not places or not fact.places or any(place in fact.places for place in places)


def fits_year(fact: Fact, years: Sequence[int]) -> bool:
    """Tell whether a figure is given for one of the years."""
    return not years or any(year in fact.years for year in years)


def fits_aim(fact: Fact, question: Question) -> bool:
    """Tell whether a figure is a target or a result as the question asks; unknown fits both."""
    aim = question.asked.aim
    return aim is None or fact.row is None or fact.row.kind == aim
