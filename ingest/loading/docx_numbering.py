"""The numbers that Word computes for list items: 1., a), Điều 5., with levels and restarts.

Follows ECMA-376 part 1, 17.9: a paragraph names a `num`, that names an `abstractNum`, whose levels
have a format, a start and a text such as "%1.%2."; a level begins anew after a higher one.
"""

from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
BULLET = "-"


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    restart: int | None
    is_legal: bool


@dataclass(slots=True)
class _List:
    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts list items in the document's order; `part` is the root of numbering.xml or None."""

    def __init__(self, part: Any | None) -> None:
        self._lists: dict[str, _List] = {}
        self._numbers: dict[str, tuple[_List, dict[int, _Level]]] = {}
        self._begun: set[tuple[str, int]] = set()
        if part is not None:
            self._read(part)

    def label(self, number_id: str, depth: int) -> str:
        """Return the label of the next item of a list at a depth (0 = outermost), "" for none."""
        if number_id not in self._numbers:
            return ""
        counted, overrides = self._numbers[number_id]
        levels = counted.levels | overrides
        level = levels.get(depth)
        if level is None:
            return ""
        self._count(number_id, counted, levels, depth, overrides)
        if level.format == "none":
            return ""
        if level.format == "bullet":
            return BULLET
        text = level.text
        for place in range(9):
            if f"%{place + 1}" in text:
                shown = levels.get(place, level)
                number = counted.counts.get(place, shown.start)
                style = "decimal" if level.is_legal else shown.format
                text = text.replace(f"%{place + 1}", _formatted(number, style))
        return text.strip()

    def _count(
        self,
        number_id: str,
        counted: _List,
        levels: dict[int, _Level],
        depth: int,
        overrides: dict[int, _Level],
    ) -> None:
        if depth in overrides and (number_id, depth) not in self._begun:
            counted.counts.pop(depth, None)
        self._begun.add((number_id, depth))
        level = levels[depth]
        counted.counts[depth] = counted.counts.get(depth, level.start - 1) + 1
        for lower in [place for place in counted.counts if place > depth]:
            restart = levels[lower].restart if lower in levels else None
            if restart is None or depth < restart:
                del counted.counts[lower]

    def _read(self, part: Any) -> None:
        for item in part.findall(f"{_W}abstractNum"):
            levels = {}
            for node in item.findall(f"{_W}lvl"):
                levels[int(node.get(f"{_W}ilvl"))] = _level(node)
            self._lists[item.get(f"{_W}abstractNumId")] = _List(levels)
        for item in part.findall(f"{_W}num"):
            link = item.find(f"{_W}abstractNumId")
            counted = self._lists.get(link.get(f"{_W}val")) if link is not None else None
            if counted is None:
                continue
            overrides = {}
            for node in item.findall(f"{_W}lvlOverride"):
                depth = int(node.get(f"{_W}ilvl"))
                own = node.find(f"{_W}lvl")
                start = node.find(f"{_W}startOverride")
                base = _level(own) if own is not None else counted.levels.get(depth)
                if base is None:
                    continue
                if start is not None:
                    base = _Level(
                        int(start.get(f"{_W}val")),
                        base.format,
                        base.text,
                        base.restart,
                        base.is_legal,
                    )
                overrides[depth] = base
            self._numbers[item.get(f"{_W}numId")] = (counted, overrides)


def _level(node: Any) -> _Level:
    restart = _value(node, "lvlRestart")
    legal = node.find(f"{_W}isLgl")
    return _Level(
        start=int(_value(node, "start") or 1),
        format=_value(node, "numFmt") or "decimal",
        text=_value(node, "lvlText") or "",
        restart=int(restart) if restart is not None else None,
        is_legal=legal is not None and legal.get(f"{_W}val") not in ("0", "false"),
    )


def _value(node: Any, name: str) -> str | None:
    child = node.find(f"{_W}{name}")
    value = child.get(f"{_W}val") if child is not None else None
    return str(value) if value is not None else None


def _formatted(number: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters.upper() if style == "upperLetter" else letters
    if style in ("lowerRoman", "upperRoman") and number > 0:
        letters, rest = "", number
        for value, letter in _ROMAN:
            letters += letter * (rest // value)
            rest %= value
        return letters.upper() if style == "upperRoman" else letters
    if style == "decimalZero":
        return f"{number:02d}"
    return str(number)
