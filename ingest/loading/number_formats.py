"""A spreadsheet's stored value and number format -> the text that an official sees.

Written the Vietnamese way: 1.234,5 and day/month/year. The grammar is that of ECMA-376 part 1,
18.8.31 (sections, percent, thousands, scaling commas, literals, date codes), without fractions
and exponents, which are written out as plain numbers.
"""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.'
    r"|\[\$(?P<currency>[^\]-]*)(?:-[^\]]*)?\]|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<number>[0#?][0#?,. ]*|\.[0#?]+)|(?P<exponent>E[+-]0+)|(?P<percent>%)|(?P<literal>.)"
)
_SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;"\\\[])*)(?:;|$)')
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_BRACKETS = re.compile(r"\[([^\]$]*)\]")
_DATE_CODE = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|(d+|m+|y+|h+|s+)', re.IGNORECASE)
_GENERAL = re.compile(r"general|standard|@", re.IGNORECASE)
_GENERAL_DIGITS = 11

Value = (
    bool
    | int
    | float
    | str
    | datetime.datetime
    | datetime.date
    | datetime.time
    | datetime.timedelta
)


def display(value: Value, number_format: str) -> str:
    """Return what a cell with the value and the format shows."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return value
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return _date(value, number_format)
    if isinstance(value, datetime.timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    return _number(Decimal(repr(value)), number_format)


def _number(value: Decimal, number_format: str) -> str:
    section, shows_sign = _section(value, number_format)
    if section is None or _GENERAL.search(re.sub(r'"[^"]*"|\[[^\]]*\]', "", section)):
        return _general(value)
    tokens = list(_TOKEN.finditer(section))
    numbers = [index for index, token in enumerate(tokens) if token["number"]]
    if not numbers:
        return "".join(map(_literal, tokens)).strip()
    is_fraction = any(token["literal"] == "/" for token in tokens[numbers[0] : numbers[-1]])
    if is_fraction or any(token["exponent"] for token in tokens):
        return _general(value)
    pattern = "".join(token["number"] or "" for token in tokens)
    amount = abs(value) if not shows_sign else value
    amount *= Decimal(100) ** sum(bool(token["percent"]) for token in tokens)
    amount /= Decimal(1000) ** (len(pattern.rstrip()) - len(pattern.rstrip().rstrip(",")))
    digits = _digits(abs(amount), pattern)
    sign = "-" if amount < 0 and any(digit in "123456789" for digit in digits) else ""
    shown, written = "", False
    for token in tokens:
        if token["number"]:
            shown += "" if written else sign + digits
            written = True
        else:
            shown += _literal(token)
    return shown.strip()


def _section(value: Decimal, number_format: str) -> tuple[str | None, bool]:
    """Return the section of the format for the value, and whether a minus sign is still due."""
    sections = [match.group(1) for match in _SECTION.finditer(number_format)]
    if sections and number_format and not number_format.endswith(";"):
        sections = [
            part for index, part in enumerate(sections) if part or index < len(sections) - 1
        ]
    conditions = [_CONDITION.search("".join(_BRACKETS.findall(part))) for part in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(value, condition[1], Decimal(condition[2])):
                return section, True
        return None, True
    if not sections:
        return None, True
    if value < 0 and len(sections) > 1:
        return sections[1], False
    if value == 0 and len(sections) > 2:
        return sections[2], False
    return sections[0], True


def _holds(value: Decimal, operator: str, limit: Decimal) -> bool:
    return {
        "<": value < limit,
        ">": value > limit,
        "=": value == limit,
        "<=": value <= limit,
        ">=": value >= limit,
        "<>": value != limit,
    }[operator]


def _digits(amount: Decimal, pattern: str) -> str:
    whole, _, places = pattern.partition(".")
    places = re.sub("[^0#?]", "", places)
    rounded = amount.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    written = f"{rounded:f}"
    left, _, right = written.partition(".")
    least = re.sub("[^0#?]", "", whole).count("0")
    left = left.lstrip("0").rjust(max(least, 1 if not places else least), "0")
    if re.search(r"[0#?],+[0#?]", whole):
        left = f"{int(left or 0):,}".replace(",", ".").rjust(len(left), "0")
    needed = len(places.rstrip("#"))
    right = right[:needed] + right[needed:].rstrip("0")
    return f"{left or '0'},{right}" if right else left or "0"


def _literal(token: re.Match[str]) -> str:
    for name in ("quoted", "escaped", "currency", "percent", "literal"):
        if token[name] is not None:
            return token[name]
    return ""


def _general(value: Decimal) -> str:
    """Return a number as an unformatted cell shows it: whole, or up to eleven digits."""
    if value == value.to_integral_value():
        return f"{value:.0f}"
    whole = len(f"{abs(value):.0f}")
    places = max(_GENERAL_DIGITS - whole, 1)
    rounded = value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:f}".rstrip("0").rstrip(".").replace(".", ",")


def _date(value: datetime.datetime | datetime.date | datetime.time, number_format: str) -> str:
    codes = [code.lower() for code in _DATE_CODE.findall(number_format.split(";")[0]) if code]
    kinds = {code[0] for code in codes}
    clock = value if isinstance(value, datetime.time | datetime.datetime) else None
    time = f"{clock.hour}:{clock.minute:02d}" if clock and ("h" in kinds or not codes) else ""
    if isinstance(value, datetime.time):
        return time or f"{value.hour}:{value.minute:02d}"
    if not codes or ("d" in kinds or not kinds & {"m", "y"}):
        day = f"{value.day:02d}" if "dd" in codes else str(value.day)
        month = f"{value.month:02d}" if "mm" in codes and "dd" in codes else str(value.month)
        shown = f"{day}/{month}/{value.year}"
        if codes and "y" not in kinds and "m" in kinds:
            shown = f"{day}/{month}"
    elif "m" in kinds and "y" in kinds:
        shown = f"{value.month}/{value.year}"
    else:
        shown = str(value.year) if "y" in kinds else str(value.month)
    if time and ("h" in kinds or (value.hour if isinstance(value, datetime.datetime) else 0)):
        return f"{shown} {time}" if kinds & {"d", "m", "y"} - {"m"} or not codes else time
    return shown
