"""Numbers that name a person are hidden before anything else sees, keeps or logs them.

A number of a legal document, a figure or a date is never hidden: what looks like an ID card is
only one if it begins like one or its word stands before it.
"""

import re
from collections.abc import Callable

from ingest.text import LEGAL_NUMBER, fold

HIDDEN_NUMBER = "[số đã ẩn]"
HIDDEN_ADDRESS = "[thư điện tử đã ẩn]"
_NUMBER_SIGN, _ADDRESS_SIGN = "\ue000", "\ue001"

# How far before a number the word may stand that says what it is.
_REACH = 40
_SEPARATOR = r"[ .\u00a0-]"
_START = r"(?<![\w@])(?<!\d[.,/-])(?<![-/])"
_END = rf"(?![\w@])(?!{_SEPARATOR}?\d)(?![.,/]\d)(?!/[A-Za-zĐ])"
_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+")

# Citizens' numbers begin with the code of a province, 001 to 096.
_CITIZEN = re.compile(
    rf"{_START}0\d\d(?:\d{{9}}|(?:[ .-]\d{{3}}){{3}}|\d(?:[ .-]\d{{4}}){{2}}){_END}"
)
_NOT_DATE = r"(?!\d{1,2}[./-]\d{1,2}[./-]\d{4})"
_AREA = r"(?:\+84|\(\+84\)|0084|84)"
_MOBILE = re.compile(
    rf"{_START}{_NOT_DATE}(?:"
    rf"0[35789]\d{{8}}|{_AREA}{_SEPARATOR}?(?:\(0\))?[35789]\d{{8}}|01[2689]\d{{8}}"
    rf"|0[35789]\d(?:{_SEPARATOR}\d{{3}}{_SEPARATOR}\d{{4}}|{_SEPARATOR}\d{{4}}{_SEPARATOR}\d{{3}})"
    rf"|0[35789]\d\d(?:{_SEPARATOR}\d{{3}}){{2}}|0[35789]\d\d(?:{_SEPARATOR}\d\d){{3}}"
    rf"|0[35789]\d(?:{_SEPARATOR}\d\d){{2}}{_SEPARATOR}\d{{3}}|0[35789]\d{{2}}{_SEPARATOR}\d{{6}}"
    rf"|0[35789]\d{{3}}{_SEPARATOR}\d{{5}}|0[35789]\d{_SEPARATOR}\d{{7}}"
    rf"|(?:\+84|\(\+84\)|0084){_SEPARATOR}?[35789](?:{_SEPARATOR}?\d){{8}}"
    rf"){_END}"
)
_LANDLINE = re.compile(
    rf"{_START}{_NOT_DATE}(?:"
    rf"02\d{{8,9}}|\(?02\d{{1,2}}\)?{_SEPARATOR}?\d{{3,4}}{_SEPARATOR}?\d{{3,4}}"
    rf"|(?:\+84|\(\+84\)|0084){_SEPARATOR}?\(?2\d{{1,2}}\)?(?:{_SEPARATOR}?\d){{7,8}}"
    rf"){_END}"
)
_DIGITS = re.compile(rf"{_START}\+?\d(?:[ .-]?\d){{7,18}}{_END}")
_PASSPORT = re.compile(r"(?<!\w)[A-Za-z]\d{7,8}(?!\w)")

_ID_WORD = re.compile(
    r"\b(?:cccd|cmnd|cmt|cmtnd|can cuoc|chung minh(?: nhan dan| thu)?|dinh danh ca nhan"
    r"|(?:id|identity) (?:card|number)|citizen id)\b[^\d]{0,30}$"
)
_PASSPORT_WORD = re.compile(r"\b(?:ho chieu|passport)\b[^\d]{0,20}$")
_PHONE_WORD = re.compile(
    r"\b(?:so (?:dien thoai|phone|may|zalo|di dong)|dien thoai|sdt|dt|zalo|hotline|tel|phone"
    r"|mobile|call me|lien he|goi (?:cho )?(?:toi|minh|em|anh|chi)|alo)\b[^\d+]{0,20}$"
)
_ACCOUNT_WORD = re.compile(
    r"\b(?:stk|so tk|so tai khoan|tai khoan(?: ngan hang)?|so the|the (?:atm|tin dung|ngan hang)"
    r"|bank account|account(?: number)?|card number|iban|ma so thue ca nhan|so bhxh|ma bhxh"
    r"|so bao hiem xa hoi|ma so bhxh)\b[^\d]{0,30}$"
)
# A number that these follow counts something.
_COUNTED = re.compile(
    r"\s*(?:%|(?:phan tram|dong|vnd|usd|ty|trieu|nghin|ngan(?! hang)|nguoi|ho|luot|tai khoan"
    r"|giao dich|the|ho so|thue bao|doanh nghiep|truong hop|don vi|ban ghi|may|nguoi dung"
    r"|accounts?|people|users?|records?)\b)"
)
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?:,\d{3})+")

_CITIZEN_DIGITS = 12
_OLD_DIGITS = 9
_PHONE_DIGITS = (10, 11, 12)

# Told from what stands before a number, the number, and what follows it.
_Test = Callable[[str, str, str], bool]


def mask(text: str) -> str:
    """Return the text with the numbers and addresses of persons hidden; hiding twice is once."""
    text = _ADDRESS.sub(HIDDEN_ADDRESS, text)
    for pattern, names_a_person in _RULES:
        text = _hidden(text, pattern, names_a_person)
    return text


def abridged(text: str) -> str:
    """Return masked text with one sign, no word and without marks, for each thing hidden."""
    return text.replace(HIDDEN_NUMBER, _NUMBER_SIGN).replace(HIDDEN_ADDRESS, _ADDRESS_SIGN)


def unabridged(text: str) -> str:
    """Return text with the words that readers see for what was hidden."""
    return text.replace(_NUMBER_SIGN, HIDDEN_NUMBER).replace(_ADDRESS_SIGN, HIDDEN_ADDRESS)


def unmasked(text: str) -> str:
    """Return the text without the words for what was hidden: they are none of the question."""
    return text.replace(HIDDEN_NUMBER, " ").replace(HIDDEN_ADDRESS, " ")


def _hidden(text: str, pattern: re.Pattern[str], names_a_person: _Test) -> str:
    legal = [match.span() for match in LEGAL_NUMBER.finditer(text)]

    def hide(match: re.Match[str]) -> str:
        of_document = any(start < match.end() and match.start() < end for start, end in legal)
        before = _plain(text[max(0, match.start() - _REACH) : match.start()])
        if of_document or not names_a_person(
            before, match.group(), _plain(text[match.end() : match.end() + _REACH])
        ):
            return match.group()
        return HIDDEN_NUMBER

    return pattern.sub(hide, text)


def _plain(text: str) -> str:
    return fold(text).casefold()


def _is_citizen(before: str, number: str, after: str) -> bool:  # noqa: ARG001
    return number[0] == "0" and not _COUNTED.match(after) and _digits(number) == _CITIZEN_DIGITS


def _is_phone(before: str, number: str, after: str) -> bool:  # noqa: ARG001
    return not _COUNTED.match(after)


def _is_named(before: str, number: str, after: str) -> bool:
    """Tell whether the word before a number says that it is a person's."""
    if _GROUPED.fullmatch(number) or _COUNTED.match(after):
        return False
    digits = _digits(number)
    if _ID_WORD.search(before):
        return digits in (_OLD_DIGITS, _CITIZEN_DIGITS)
    if _PHONE_WORD.search(before):
        return digits in _PHONE_DIGITS and number[0] in "0+8"
    return bool(_ACCOUNT_WORD.search(before)) and not _is_dates(number)


def _is_passport(before: str, number: str, after: str) -> bool:  # noqa: ARG001
    return bool(_PASSPORT_WORD.search(before))


def _digits(number: str) -> int:
    return sum(character.isdigit() for character in number)


def _is_dates(number: str) -> bool:
    """Tell whether spaced digits are dates or years, not one number."""
    parts = re.split(r"[ .-]", number)
    return len(parts) > 1 and any(re.fullmatch(r"(?:19|20)\d\d", part) for part in parts)


_RULES: tuple[tuple[re.Pattern[str], _Test], ...] = (
    (_CITIZEN, _is_citizen),
    (_MOBILE, _is_phone),
    (_LANDLINE, _is_phone),
    (_DIGITS, _is_named),
    (_PASSPORT, _is_passport),
)
