"""What a DOCX style sheet says of a paragraph or run: heading level, font, numbering, borders."""

import re
from collections.abc import Iterator
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:heading|tiêu đề|đầu đề)\s*([1-9])", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|tiêu đề)", re.IGNORECASE)
_SIDES = ("top", "left", "start", "bottom", "right", "end", "insideH", "insideV")


class Styles:
    """The style sheet; `root` is the root of styles.xml."""

    def __init__(self, root: Any) -> None:
        self._styles = {node.get(f"{_W}styleId"): node for node in root.findall(f"{_W}style")}
        self._default = next(
            (
                key
                for key, node in self._styles.items()
                if node.get(f"{_W}type") == "paragraph"
                and node.get(f"{_W}default") in ("1", "true")
            ),
            None,
        )
        self._defaults = root.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")

    def of_paragraph(self, node: Any) -> str | None:
        """Return the id of a paragraph's style."""
        style = node.find(f"{_W}pPr/{_W}pStyle")
        return style.get(f"{_W}val") if style is not None else self._default

    def heading_level(self, node: Any, style: str | None) -> int | None:
        """Return the level that a paragraph's style or outline gives, 0 for a title, else None."""
        own = node.find(f"{_W}pPr/{_W}outlineLvl")
        if own is not None:
            return _outline(own)
        for item in self._chain(style):
            name = item.find(f"{_W}name")
            words = name.get(f"{_W}val") or "" if name is not None else ""
            if heading := _HEADING.fullmatch(words.strip()):
                return int(heading.group(1))
            if _TITLE.fullmatch(words.strip()):
                return 0
            outline = item.find(f"{_W}pPr/{_W}outlineLvl")
            if outline is not None:
                return _outline(outline)
        return None

    def numbering(self, node: Any, style: str | None) -> tuple[str, int] | None:
        """Return (number id, depth) of a list item, None for a paragraph that is none."""
        places = [node, *self._chain(style)]
        number, depth = None, None
        for place in places:
            properties = place.find(f"{_W}pPr/{_W}numPr")
            if properties is None:
                continue
            found = properties.find(f"{_W}numId")
            level = properties.find(f"{_W}ilvl")
            if number is None and found is not None:
                number = found.get(f"{_W}val")
            if depth is None and level is not None:
                depth = int(level.get(f"{_W}val") or 0)
        return (number, depth or 0) if number and number != "0" else None

    def font(self, run: Any, style: str | None) -> str | None:
        """Return the font of a run: its own, its character style's, its paragraph style's."""
        own = run.find(f"{_W}rPr/{_W}rFonts")
        named = run.find(f"{_W}rPr/{_W}rStyle")
        places = [own] if own is not None else []
        for key in (named.get(f"{_W}val") if named is not None else None, style):
            places += [item.find(f"{_W}rPr/{_W}rFonts") for item in self._chain(key)]
        if self._defaults is not None:
            places.append(self._defaults.find(f"{_W}rFonts"))
        for place in places:
            if place is not None:
                for kind in ("ascii", "hAnsi"):
                    if name := place.get(f"{_W}{kind}"):
                        return str(name)
        return None

    def is_hidden(self, run: Any) -> bool:
        """Tell whether a run is set hidden: no reader sees it."""
        mark = run.find(f"{_W}rPr/{_W}vanish")
        return mark is not None and mark.get(f"{_W}val") not in ("0", "false")

    def is_struck(self, run: Any) -> bool:
        """Tell whether a run is struck out by hand."""
        marks = [run.find(f"{_W}rPr/{_W}{name}") for name in ("strike", "dstrike")]
        return any(m is not None and m.get(f"{_W}val") not in ("0", "false") for m in marks)

    def is_raised(self, run: Any) -> bool:
        """Tell whether a run is set as superscript."""
        mark = run.find(f"{_W}rPr/{_W}vertAlign")
        return mark is not None and mark.get(f"{_W}val") == "superscript"

    def has_borders(self, table: Any) -> bool:
        """Tell whether a table shows any line: its own borders, its style's or a cell's."""
        own = table.find(f"{_W}tblPr/{_W}tblBorders")
        named = table.find(f"{_W}tblPr/{_W}tblStyle")
        if own is not None and _draws(own):
            return True
        if any(_draws(node) for node in table.iter(f"{_W}tcBorders")):
            return True
        if own is not None or named is None:
            return False
        return any(
            _draws(node)
            for item in self._chain(named.get(f"{_W}val"))
            for node in item.iter(f"{_W}tblBorders", f"{_W}tcBorders")
        )

    def _chain(self, style: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        while style and style in self._styles and style not in seen:
            seen.add(style)
            node = self._styles[style]
            yield node
            base = node.find(f"{_W}basedOn")
            style = base.get(f"{_W}val") if base is not None else None


def _outline(node: Any) -> int | None:
    level = int(node.get(f"{_W}val") or 9)
    return level + 1 if level < 9 else None


def _draws(borders: Any) -> bool:
    return any(
        side is not None and side.get(f"{_W}val") not in (None, "nil", "none")
        for side in (borders.find(f"{_W}{name}") for name in _SIDES)
    )
