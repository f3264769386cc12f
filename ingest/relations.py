"""What the documents of one library are to each other: the same, nearly the same, replaced."""

import json
import zlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.documents import Description
from ingest.figures import legal_key
from ingest.manifest import DocumentRecord
from ingest.text import words

# Runs of five words, as Broder (1997) has them, and the share of common ones from which on two
# documents are reported.
_SHINGLE = 5
_SIMILAR = 0.8
_HASHES = np.random.default_rng(1997).integers(1, 1 << 63, size=(2, 128), dtype=np.uint64)
_MULTIPLIERS, _ADDENDS = _HASHES[0] | np.uint64(1), _HASHES[1]
_FILE = "signatures.npz"


@dataclass(frozen=True, slots=True)
class Settlement:
    """Which documents are stored, and which files have the text of another.

    `stored`: incoming ones to store; `copies`: id -> the stored document with the same text;
    `heirs`: (stored one that goes or changes, the copy that takes its place); `leaving`: stored
    ones whose passages go.
    """

    stored: frozenset[str]
    copies: dict[str, str]
    heirs: tuple[tuple[str, str], ...]
    leaving: frozenset[str]


def settle(
    records: Mapping[str, DocumentRecord], removed: Collection[str], incoming: Mapping[str, str]
) -> Settlement:
    """Decide what is stored of equal texts; `incoming` maps ids to the digests of their texts.

    A document that is stored already stays the stored one as long as it has that text.
    """
    gone = {*removed, *incoming}
    texts = {key: item.text_digest for key, item in records.items() if key not in gone}
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for key, digest in (texts | dict(incoming)).items():
        groups[digest, "" if digest else key].append(key)
    owners = {item.text_digest: key for key, item in records.items() if item.same_as is None}
    stored: set[str] = set()
    copies: dict[str, str] = {}
    heirs: list[tuple[str, str]] = []
    for (digest, _), members in groups.items():
        owner = owners.get(digest)
        keeper = members[0]
        if digest and owner in members:
            keeper = owner
        elif keeper in texts and owner and digest:
            heirs.append((owner, keeper))
        if keeper in incoming:
            stored.add(keeper)
        copies |= {member: keeper for member in members if member != keeper}
    leaving = {key for key in gone if key in records and records[key].same_as is None}
    return Settlement(frozenset(stored), copies, tuple(heirs), frozenset(leaving))


class Signatures:
    """MinHash signatures of the stored documents: they tell near-duplicates (Broder 1997).

    The share of equal places of two signatures estimates the share of common shingles, with a
    standard error of 0.035 at 0.8. All pairs are compared: 10,000 documents take seconds.
    """

    def __init__(self, values: dict[str, NDArray[np.uint32]]) -> None:
        self._values = values

    @classmethod
    def load(cls, folder: Path) -> "Signatures":
        """Return the signatures of a version."""
        # numpy leaves a damaged file open that it opened itself.
        with (folder / _FILE).open("rb") as file, np.load(file) as saved:
            ids = json.loads(saved["ids"].tobytes())
            return cls(dict(zip(ids, saved["values"], strict=True)))

    def save(self, folder: Path) -> None:
        """Write the signatures into a version's folder."""
        ids = np.frombuffer(json.dumps(list(self._values)).encode(), dtype=np.uint8)
        np.savez(folder / _FILE, ids=ids, values=self._matrix())

    def drop(self, document_id: str) -> None:
        """Forget a document."""
        self._values.pop(document_id, None)

    def hand_over(self, owner: str, heir: str) -> None:
        """Let a document have the signature of another."""
        if owner in self._values:
            self._values[heir] = self._values[owner]

    def add(self, texts: Mapping[str, str]) -> dict[str, dict[str, float]]:
        """Add documents; return for each the near-duplicates among those before it.

        The values are their similarities, from 0 to 1.
        """
        first = len(self._values)
        self._values |= {key: _signature(text) for key, text in texts.items()}
        ids, values = list(self._values), self._matrix()
        near: dict[str, dict[str, float]] = {}
        for place in range(first, len(ids)):
            alike = (values[:place] == values[place]).mean(axis=1)
            found = np.flatnonzero(alike >= _SIMILAR).tolist()
            # Equal texts are stored once: what is left is never quite the same.
            near[ids[place]] = {
                ids[other]: min(0.99, round(float(alike[other]), 2)) for other in found
            }
        return near

    def _matrix(self) -> NDArray[np.uint32]:
        rows = list(self._values.values())
        return np.array(rows, dtype=np.uint32).reshape(len(rows), len(_MULTIPLIERS))


def _signature(text: str) -> NDArray[np.uint32]:
    """Return the least value of each hash over the text's shingles."""
    shingles = np.array([zlib.crc32(item) for item in _shingles(text)], dtype=np.uint64)
    # Multiply-shift hashing (Dietzfelbinger et al. 1997): the upper half of the product.
    values = (shingles[:, None] * _MULTIPLIERS + _ADDENDS) >> np.uint64(32)
    return np.asarray(values.min(axis=0), dtype=np.uint32)


def _shingles(text: str) -> set[bytes]:
    """Return the runs of words of a text; one shorter than a run is one."""
    found = [word.casefold() for word in words(text)]
    last = max(1, len(found) - _SHINGLE + 1)
    return {" ".join(found[start : start + _SHINGLE]).encode() for start in range(last)}


def similar_notes(record: DocumentRecord) -> tuple[str, ...]:
    """Return what an operator is told of a document's near-duplicates, one sentence each."""
    return tuple(
        f"Near-duplicate of {key} (similarity {value:.2f}): {record.differing[key]}."
        if key in record.differing
        else f"Near-duplicate of {key} (similarity {value:.2f})."
        for key, value in record.similar.items()
    )


def relate(
    descriptions: Collection[Description], records: Mapping[str, DocumentRecord]
) -> dict[str, Description]:
    """Return the descriptions by id, with where else their texts are and what replaced what.

    Which document replaces which is told by either of the two, and stands in both.
    """
    copies: dict[str, list[str]] = defaultdict(list)
    for key in sorted(records):
        if owner := records[key].same_as:
            copies[owner].append(key)
    pairs = _replacements(descriptions)
    return {
        item.id: replace(
            item,
            also_in=tuple(copies[item.id]),
            replaces=item.replaces or tuple(old for new, old in pairs if new == item.id),
            replaced_by=item.replaced_by or tuple(new for new, old in pairs if old == item.id),
        )
        for item in descriptions
    }


def _replacements(descriptions: Collection[Description]) -> list[tuple[str, str]]:
    """Return (newer, older) ids of documents of which one says so, in order."""
    tellers = [item for item in descriptions if item.replaces or item.replaced_by]
    named: dict[str, list[Description]] = defaultdict(list)
    for item in descriptions if tellers else ():
        named[item.id].append(item)
        if item.number:
            named[legal_key(item.number)].append(item)
    pairs = set()
    for item in tellers:
        for name in item.replaces:
            pairs |= {(item.id, older.id) for older in _meant(item, name, named, is_newer=False)}
        for name in item.replaced_by:
            pairs |= {(newer.id, item.id) for newer in _meant(item, name, named, is_newer=True)}
    return sorted(pairs)


def _meant(
    teller: Description, name: str, named: Mapping[str, Sequence[Description]], *, is_newer: bool
) -> list[Description]:
    """Return the documents that one can mean by an id or number: none where it may be any.

    Authorities of two places use the same numbers, and one authority does every year.
    """
    if name in named:
        return [item for item in named[name] if item.id != teller.id]
    others = [item for item in named.get(legal_key(name), ()) if item.id != teller.id]
    stated = {
        reference.date
        for reference in teller.legal_documents
        if legal_key(reference.number) == legal_key(name)
    }
    meant = [
        item
        for item in others
        if _are_one([teller.locality, item.locality])
        and _in_order(*((teller, item) if is_newer else (item, teller)))
        and all(_are_one([date, item.date]) for date in stated)
    ]
    is_one = _are_one([item.locality for item in meant]) and _are_one([item.date for item in meant])
    return meant if is_one else []


def _are_one(values: Iterable[str | None]) -> bool:
    """Tell whether the known ones among places or dates are the same, or shorter forms of it."""
    known = sorted(filter(None, values), key=len)
    return all(known[-1].startswith(value) for value in known)


def _in_order(older: Description, newer: Description) -> bool:
    return not older.date or not newer.date or older.date[:4] <= newer.date[:4]
