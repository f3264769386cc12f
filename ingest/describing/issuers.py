"""Who issues a legal document: told by the words "của ..." or by the symbol behind its number."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ingest.cleaning.lines import KINDS, bare
from ingest.places import find_places
from ingest.splitting.numbering import UPPER
from ingest.text import fold

# Cities under the central government; all other localities are provinces.
_CITIES = frozenset({"Hà Nội", "TP. Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"})
_NAME = rf"(?:\s+[{UPPER}][\w.]*)+"
_LEVEL = r"(?:thành phố|tỉnh|quận|huyện|thị xã|xã|phường|TP\.?)"
_LOCAL = (
    r"(?:(?:Chủ tịch|Ban Thường vụ|Ban Chấp hành Đảng bộ|Ban Chấp hành|Thường trực)\s+)?"
    r"(?:[ỦU][yỷ] ban nhân dân|UBND|Hội đồng nhân dân|HĐND|(?:Thành|Tỉnh|Quận|Huyện|Đảng) [uủ][yỷ])"
)
# Bodies that no symbol names, or that symbols name otherwise.
_OTHERS = (
    "Ủy ban Thường vụ Quốc hội", "UBTVQH", "Bộ Chính trị", "Ban Bí thư Trung ương Đảng",
    "Ban Bí thư Trung ương", "Ban Bí thư", "Ban Chấp hành Trung ương Đảng",
    "Ban Chấp hành Trung ương", "Hội nghị Trung ương",
)  # fmt: skip
_OWN_LEVEL = re.compile(r"\b(?:quận|huyện|thị xã|xã|phường|thị trấn)\b", re.IGNORECASE)
_LOCAL_HEAD = re.compile(
    r"^\W*([ỦU][YỶ] BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND)\s(.+)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Symbols:
    kinds: Mapping[str, str]
    issuers: Mapping[str, str]


@cache
def _symbols() -> _Symbols:
    data = tomllib.loads(files("ingest").joinpath("data/issuers.toml").read_text("utf-8"))
    return _Symbols(
        {fold(key).casefold(): name for key, name in data["kinds"].items()},
        {fold(key).casefold(): name for key, name in data["issuers"].items()},
    )


@cache
def _authority() -> re.Pattern[str]:
    named = sorted({*_OTHERS, *_symbols().issuers.values()}, key=len, reverse=True)
    bodies = "|".join(re.escape(name) for name in named)
    return re.compile(
        rf"{_LOCAL}(?:\s+{_LEVEL})?(?:{_NAME})?|(?:Bộ trưởng\s+)?(?:{bodies})|(?:Sở|Cục){_NAME}",
    )


@cache
def _authority_issues() -> re.Pattern[str]:
    return re.compile(
        rf"({_authority().pattern})\s+(?:đã\s+)?(?:ký\s+)?(?:ban hành|thông qua)\s+"
        rf"(?i:{KINDS})(?:\s+số)?\s?:?$"
    )


def authority_in(text: str) -> str | None:
    """Return the body that a text begins with: "Thủ tướng Chính phủ, về ..." names one."""
    match = _authority().match(" ".join(text.split()))
    return match.group().rstrip(" .") if match else None


def with_locality(authority: str, locality: str | None) -> str:
    """Return a local body with the place that its words leave out.

    "Thành ủy" in a document about Hà Nội is "Thành ủy Hà Nội"; a district's body stays as it is,
    and so does a city's body where the locality is a province.
    """
    if not locality or not re.fullmatch(rf"{_LOCAL}(?:\s+{_LEVEL})?", authority):
        return authority
    if re.search(r"(?:quận|huyện|thị xã|xã|phường|Quận|Huyện|Đảng)\b", authority):
        return authority
    is_city = locality in _CITIES
    if re.search(r"[Tt]ỉnh" if is_city else r"[Tt]hành (?:phố|[uủ])|TP", authority):
        return authority
    if re.search(r"(?:thành phố|TP\.?|tỉnh|[uủ][yỷ])$", authority):
        return f"{authority} {locality.removeprefix('TP. ')}"
    return f"{authority} {'thành phố' if is_city else 'tỉnh'} {locality.removeprefix('TP. ')}"


def authority_before(text: str) -> str | None:
    """Return the body that issues what a text ends with: "Bộ Y tế ban hành Thông tư số"."""
    match = _authority_issues().search(" ".join(text.split()))
    return match[1].rstrip(" .") if match else None


def kinds_by_symbol(number: str) -> list[str]:
    """Return the kinds that the parts of a number's symbol stand for: KH is Kế hoạch.

    An official letter has none: 52/BTC-CT names the ministry and its department.
    """
    parts = [part for part in re.split(r"[-/–]", number)[1:] if not part.isdigit()]
    keys = [fold(part).casefold().strip() for part in parts]
    if not keys or keys[0] in _symbols().issuers:
        return []
    return [_symbols().kinds[key] for key in keys if key in _symbols().kinds]


def issuer_by_symbol(number: str, locality: str | None) -> str | None:
    """Return who the last part of a number names; local bodies only with a known locality."""
    last = re.split(r"[-/]", number)[-1]
    symbol = re.sub(r"\d+$", "", fold(last).casefold())
    if symbol in _symbols().issuers:
        return _symbols().issuers[symbol]
    if not locality:
        return None
    unit, party = ("thành phố", "Thành ủy") if locality in _CITIES else ("tỉnh", "Tỉnh ủy")
    place = locality.removeprefix("TP. ")
    local = {
        "ubnd": f"UBND {unit} {place}",
        "hdnd": f"HĐND {unit} {place}",
        "tu": f"{party} {locality}",
    }
    return local.get(symbol)


def known_issuer(written: str) -> str | None:
    """Return a body's name in ordinary letters for its name in capitals: "BỘ TÀI CHÍNH"."""
    key = bare(written)
    names = (*_symbols().issuers.values(), *_OTHERS)
    return next((name for name in names if bare(name) == key), None)


def local_issuer(written: str) -> str | None:
    """Return "UBND tỉnh X" for the two lines of a letterhead; None where no place is named."""
    match = _LOCAL_HEAD.match(" ".join(written.split()))
    if not match:
        return None
    body = "UBND" if bare(match[1])[0] == "u" else "HĐND"
    place = match[2].strip()
    if _OWN_LEVEL.match(place):
        words = place.title() if place.isupper() else place
        return f"{body} {words[0].lower()}{words[1:]}"
    places = find_places(place)
    return issuer_by_symbol(f"0/QĐ-{body}", places[0].name) if places else None


def party_committee(issuer: str | None) -> bool:
    """Tell whether a body is the Party committee of a province or city."""
    return bool(issuer) and re.search(r"(?:thanh|tinh) uy\b", bare(issuer or "")) is not None
