"""The stages of a question as a chart: one bar a library size, and the tutorial's chain beside."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

_WIDTH, _LEFT, _BAR, _GAP, _TOP = 760, 190, 22, 12, 56
_COLOURS = ("#4c78a8", "#f58518", "#54a24b", "#b279a2", "#e45756", "#9d755d")
_OTHER = "#9aa3ad"
_SVG = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
    'font-family="system-ui, sans-serif" font-size="13" role="img">\n'
    "<title>Median milliseconds of a question, by stage</title>\n"
    '<rect width="{width}" height="{height}" fill="#fff"/>\n{parts}</svg>\n'
)
_RECTANGLE = Markup(
    '<rect x="{x:.1f}" y="{y}" width="{width:.1f}" height="{height}" fill="{colour}">'
    "<title>{title}</title></rect>\n"
)
_TEXT = Markup('<text x="{x:.1f}" y="{y}" text-anchor="{anchor}" fill="#1d2733">{text}</text>\n')

# The name of a bar, and its parts in seconds.
Bar = tuple[str, Mapping[str, float]]


def speed_chart(sizes: Sequence[Mapping[str, Any]]) -> str:
    """Return the chart as SVG."""
    bars = [bar for size in sizes for bar in _bars(size)]
    longest = max(sum(parts.values()) for _, parts in bars)
    stages = list(dict.fromkeys(name for _, parts in bars for name in parts))
    colours = dict(zip(stages, [*_COLOURS, *[_OTHER] * len(stages)], strict=False))
    drawn = [_legend(colours)]
    for row, bar in enumerate(bars):
        drawn.append(_bar(bar, _TOP + row * (_BAR + _GAP), longest, colours))
    height = _TOP + len(bars) * (_BAR + _GAP)
    return str(_SVG.format(width=_WIDTH, height=height, parts=Markup("").join(drawn)))


def _bars(size: Mapping[str, Any]) -> list[Bar]:
    stages = {name: times["p50"] for name, times in size["stages"].items()}
    bars: list[Bar] = [(f"{size['passages']:,} passages", stages)]
    if tutorial := size.get("tutorial"):
        time = tutorial["chains"]["tutorial"]["p50"]
        bars.append((f"tutorial, {tutorial['chunks']:,} chunks", {"tutorial": time}))
    return bars


def _legend(colours: Mapping[str, str]) -> Markup:
    step = _WIDTH / max(len(colours), 1)
    return Markup("").join(
        _RECTANGLE.format(x=8 + at * step, y=12, width=12, height=12, colour=colour, title=name)
        + _TEXT.format(x=26 + at * step, y=23, anchor="start", text=name)
        for at, (name, colour) in enumerate(colours.items())
    )


def _bar(bar: Bar, y: int, longest: float, colours: Mapping[str, str]) -> Markup:
    name, parts = bar
    scale = (_WIDTH - _LEFT - 80) / longest
    drawn = _TEXT.format(x=_LEFT - 8, y=y + 16, anchor="end", text=name)
    x = float(_LEFT)
    for stage, seconds in parts.items():
        title = f"{stage}: {1000 * seconds:.0f} ms"
        width, colour = seconds * scale, colours[stage]
        drawn += _RECTANGLE.format(x=x, y=y, width=width, height=_BAR, colour=colour, title=title)
        x += width
    total = f"{1000 * sum(parts.values()):.0f} ms"
    return drawn + _TEXT.format(x=x + 8, y=y + 16, anchor="start", text=total)
