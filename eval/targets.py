"""Gold targets and results against the rows that ingest pulls out of the same files."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from eval.errors import EvalError
from eval.jsonl import read_jsonl
from ingest.documents import SourceDocument, Target, TargetKind
from ingest.places import canonical
from ingest.reading import read_document
from ingest.settings import SplittingSettings
from ingest.splitting import split
from ingest.targets import extract_targets

KINDS: tuple[TargetKind, ...] = ("target", "result")
FIELDS = ("locality", "operator", "unit")
_SHOWN_CHARACTERS = 100
Span = tuple[int, int]


class GoldTarget(BaseModel):
    """A row that a reader found; `optional` ones need not be found, and are no mistakes either.

    `year_inferred` is a year that the document's date suggests: as good as `year`.
    """

    id: str
    doc: str
    kind: TargetKind
    indicator: str
    value: str
    operator: str
    number: float | tuple[float, float]
    unit: str | None
    year: int | None
    locality: str
    quote: str
    year_inferred: int | None = None
    pillar: str | None = None
    pillar_alt: list[str] = []
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A gold row and the row of ours that says the same; what of `FIELDS` differs."""

    gold: GoldTarget
    ours: Target
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentScore:
    """One document: matches, required gold rows that ours lack, and rows that gold lacks.

    `near` pairs of the last two: rows at the same place with the same number, of another kind or
    year.
    """

    document: str
    matches: tuple[Match, ...]
    missing: tuple[GoldTarget, ...]
    surplus: tuple[Target, ...]
    near: tuple[tuple[GoldTarget, Target], ...]


def read_gold(path: Path) -> list[GoldTarget]:
    """Return the gold file's rows; raise EvalError that names the first bad line."""
    return read_jsonl(path, GoldTarget)


def score_targets(gold: Iterable[GoldTarget], corpus: Path) -> list[DocumentScore]:
    """Return the score of each document that gold names, read and split in memory.

    Raise DocumentError where a file cannot be read, EvalError where a gold quote stands in none.
    """
    by_document: dict[str, list[GoldTarget]] = {}
    for row in gold:
        by_document.setdefault(row.doc, []).append(row)
    scores = []
    for name, rows in sorted(by_document.items()):
        document = read_document(corpus / name, name)
        found = extract_targets(document, split(document, SplittingSettings()))
        scores.append(score_document(document, rows, found))
    return scores


def score_document(
    document: SourceDocument, gold: Sequence[GoldTarget], ours: Sequence[Target]
) -> DocumentScore:
    """Return which rows match, each with one at most.

    Two rows match when kind, number and year (gold's `year_inferred` too) are the same and their
    quotes overlap; of several that do, those with the same locality find each other.
    """
    spans = {row.id: _spans(document, row) for row in gold}
    at_place = [
        [
            place
            for place, target in enumerate(ours)
            if _same_number(row, target) and _overlaps(spans[row.id], target)
        ]
        for row in gold
    ]
    candidates = [
        sorted(
            (place for place in places if _same_row(row, ours[place])),
            key=lambda place: not _same_place(row, ours[place]),
        )
        for row, places in zip(gold, at_place, strict=True)
    ]
    partners = _matching(candidates)
    taken = set(partners.values())
    matches = tuple(
        Match(gold[number], ours[place], tuple(_wrong(gold[number], ours[place])))
        for number, place in sorted(partners.items())
    )
    lost = [number for number in range(len(gold)) if number not in partners]
    return DocumentScore(
        document.id,
        matches,
        tuple(gold[number] for number in lost if not gold[number].optional),
        tuple(target for place, target in enumerate(ours) if place not in taken),
        tuple(
            (gold[number], ours[place])
            for number in lost
            for place in at_place[number]
            if place not in taken
        ),
    )


def _spans(document: SourceDocument, row: GoldTarget) -> list[Span]:
    """Return where the gold quote stands; its white space may differ."""
    pattern = r"\s+".join(map(re.escape, row.quote.split()))
    spans = [match.span() for match in re.finditer(pattern, document.text)]
    if not spans:
        raise EvalError(f"The quote of gold row {row.id} does not stand in {row.doc}.")
    return spans


def _overlaps(spans: Iterable[Span], target: Target) -> bool:
    return any(start < target.end and target.start < end for start, end in spans)


def _same_number(gold: GoldTarget, ours: Target) -> bool:
    return gold.number == ours.number


def _same_row(gold: GoldTarget, ours: Target) -> bool:
    inferred = gold.year_inferred is not None and ours.year == gold.year_inferred
    return gold.kind == ours.kind and (ours.year == gold.year or inferred)


def _same_place(gold: GoldTarget, ours: Target) -> bool:
    known = canonical(gold.locality)
    if known is None or ours.locality is None:
        return gold.locality == ours.locality
    return known == canonical(ours.locality)


def _wrong(gold: GoldTarget, ours: Target) -> Iterator[str]:
    if not _same_place(gold, ours):
        yield "locality"
    if gold.operator != ours.operator:
        yield "operator"
    one, other = (gold.unit or "").casefold(), (ours.unit or "").casefold()
    if bool(one) != bool(other) or not (one in other or other in one):
        yield "unit"


def _matching(candidates: Sequence[Sequence[int]]) -> dict[int, int]:
    """Return a largest matching of gold rows to rows of ours (augmenting paths, Kuhn 1955)."""
    holder: dict[int, int] = {}

    def placed(number: int, seen: set[int]) -> bool:
        for place in candidates[number]:
            if place in seen:
                continue
            seen.add(place)
            if place not in holder or placed(holder[place], seen):
                holder[place] = number
                return True
        return False

    for number in range(len(candidates)):
        placed(number, set())
    return {number: place for place, number in holder.items()}


def targets_summary(scores: Sequence[DocumentScore]) -> dict[str, Any]:
    """Return per kind recall over required gold rows, precision over ours, fields over matches."""
    return {kind: _kind_summary(scores, kind) for kind in KINDS}


def _kind_summary(scores: Sequence[DocumentScore], kind: TargetKind) -> dict[str, Any]:
    matches = [m for score in scores for m in score.matches if m.gold.kind == kind]
    required = sum(not match.gold.optional for match in matches)
    missing = sum(row.kind == kind for score in scores for row in score.missing)
    surplus = sum(row.kind == kind for score in scores for row in score.surplus)
    fields = {
        name: _share(sum(name not in match.wrong for match in matches), len(matches))
        for name in FIELDS
    }
    return {
        "recall": _share(required, required + missing),
        "precision": _share(len(matches), len(matches) + surplus),
        **fields,
        "gold": required + missing,
        "rows": len(matches) + surplus,
    }


def _share(right: int, of: int) -> float | None:
    return round(right / of, 4) if of else None


def targets_report(scores: Sequence[DocumentScore]) -> str:
    """Return a table of the scores per kind, then each wrong, missing and surplus row."""
    summary = targets_summary(scores)
    columns = ("recall", "precision", *FIELDS, "gold", "rows")
    lines = ["kind      " + "  ".join(f"{column:>9}" for column in columns)]
    for kind, shares in summary.items():
        values = "  ".join(f"{_shown(shares[column]):>9}" for column in columns)
        lines.append(f"{kind:<10}{values}")
    return "\n".join([*lines, *(line for kind in KINDS for line in _failures(scores, kind))])


def _shown(value: float | None) -> str:
    if value is None:
        return "-"
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _failures(scores: Sequence[DocumentScore], kind: TargetKind) -> Iterator[str]:
    wrong = [m for score in scores for m in score.matches if m.wrong and m.gold.kind == kind]
    yield f"\n{kind}: wrong ({len(wrong)})"
    for match in wrong:
        differs = ", ".join(_difference(match, name) for name in match.wrong)
        yield f"  {match.gold.id} {match.gold.value}: {differs}"
    missing = [row for score in scores for row in score.missing if row.kind == kind]
    near = {row.id: target for score in scores for row, target in score.near}
    yield f"\n{kind}: missing ({len(missing)})"
    for row in missing:
        found = f"  [found as {near[row.id].kind}, {near[row.id].year}]" if row.id in near else ""
        yield f"  {row.id} {row.value} ({row.year}): {_short(row.quote)}{found}"
    surplus = [row for score in scores for row in score.surplus if row.kind == kind]
    yield f"\n{kind}: surplus ({len(surplus)})"
    for target in surplus:
        yield f"  {target.document} {target.value} ({target.year}): {_short(target.quote)}"


def _difference(match: Match, name: str) -> str:
    return f"{name} {getattr(match.ours, name)!r}, gold {getattr(match.gold, name)!r}"


def _short(text: str) -> str:
    return " ".join(text.split())[:_SHOWN_CHARACTERS]
