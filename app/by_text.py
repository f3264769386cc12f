"""Questions for a statement, or for yes or no: the sentences nearest to the topic."""

import re
from collections.abc import Sequence
from itertools import islice

from app.answers import Outcome
from app.evidence import Evidence
from app.filling import checks, passing, refused
from app.inquiry import Chosen, Decision, Inquiry, Slot
from app.topic import CLOSING_DENIAL

_SHARES: dict[Slot, float] = {"legal": 0.0, "place": 0.45, "year": 0.6}
_EXTRA_SHARE = 0.8
_MOST_WORDS = 70
# So much of the topic makes a sentence one of the same thing.
_SURE_SHARE = 0.6
_RESTS = re.compile(
    r"(?<!\w)(?:vì sao|tại sao|sao lại|phải không|đúng không|vi sao|tai sao|phai khong|dung khong"
    r"|why)(?!\w)",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?<!\w)(?:không|khong) (?:được|có|cần|phải|bắt buộc|duoc|co|can|phai|bat buoc)(?!\w)",
    re.IGNORECASE,
)
_ALLOWED = re.compile(r"(?<!\w)(?:có quyền|được|có giá trị|có thể|phải|cần)(?!\w)", re.IGNORECASE)
_DENIES = re.compile(
    r"(?<!\w)(?:chưa|chẳng|chả"
    r"|không (?:có|được|phải|thực hiện|triển khai|hoàn thành|đạt|làm|còn)|not|never)(?!\w)",
    re.IGNORECASE,
)
# What may deny a thing in evidence, its context or its heading: no bare yes stands beside it.
_MAY_DENY = re.compile(
    r"(?<!\w)(?:không(?! (?:gian|khí|chỉ|ngừng|tiền mặt|dùng tiền mặt))|chưa|chẳng|trừ"
    r"|ngoại trừ|cấm|từ chối|bãi bỏ|hủy bỏ|hạn chế)(?!\w)",
    re.IGNORECASE,
)
# "Cho thuê" is no "thuê": who gives is another than who takes.
_GIVES = re.compile(r"(?<!\w)cho (?:thuê|vay|mượn)(?!\w)", re.IGNORECASE)


def decide_text(inquiry: Inquiry) -> Decision:
    """Return the decision for a question whose answer is what a sentence says."""
    filled, decision = nearest(inquiry)
    if decision:
        return decision
    if takes_denied(inquiry, filled[0]):
        return Decision(Outcome.PREMISE_CORRECTED, (Chosen(filled[0]),))
    chosen = tuple(map(Chosen, [filled[0], *beside(inquiry, filled[0], filled)]))
    return Decision(Outcome.ANSWERED, chosen, support=inquiry.support(filled[0]))


def _is_other_side(asked: str, quote: str) -> bool:
    """Tell whether a question speaks of giving what a quote may speak of taking."""
    return bool(_GIVES.search(asked)) != bool(_GIVES.search(quote))


def takes_denied(inquiry: Inquiry, best: Evidence) -> bool:
    """Tell whether a question rests on something's not being so that the evidence says is so.

    "Vì sao không được từ chối?" where "có quyền từ chối" is written.
    """
    asked = CLOSING_DENIAL.sub("", inquiry.question.text)
    if not _RESTS.search(inquiry.question.text) or not _DENIED.search(asked):
        return False
    sure = inquiry.coverage(best) >= _SURE_SHARE
    return sure and bool(_ALLOWED.search(best.quote)) and not _DENIED.search(best.quote)


def beside(inquiry: Inquiry, best: Evidence, filled: Sequence[Evidence]) -> list[Evidence]:
    """Return the sentence that may say it as well as the best one, if both are short."""
    least = _EXTRA_SHARE * worth(inquiry, best)
    left = _MOST_WORDS - len(best.quote.split())
    others = (
        item
        for item in filled
        if item != best and worth(inquiry, item) >= least and len(item.quote.split()) <= left
    )
    return list(islice(others, 1))


def decide_yes_no(inquiry: Inquiry) -> Decision:
    """Return the decision for a yes-or-no question; a verdict only where it is sure.

    A bare "Có" to what is asked as not done could be read both ways.
    """
    filled, decision = nearest(inquiry)
    if decision:
        return decision
    best = filled[0]
    if takes_denied(inquiry, best):
        return Decision(Outcome.PREMISE_CORRECTED, (Chosen(best),))
    sure = all(inquiry.topic.expressed(best.quote))
    asked = CLOSING_DENIAL.sub("", inquiry.question.text)
    told = " ".join([best.quote, best.sentence.context, *best.passage.heading])
    denied = _DENIES.search(asked) or _MAY_DENY.search(told) or _is_other_side(asked, best.quote)
    english = inquiry.question.language == "en"
    short = ("Yes" if english else "Có") if sure and not denied else None
    others = [] if short else beside(inquiry, best, filled)
    chosen = tuple(map(Chosen, [best, *others]))
    return Decision(Outcome.ANSWERED, chosen, short, support=inquiry.support(best))


def nearest(inquiry: Inquiry) -> tuple[list[Evidence], Decision | None]:
    """Return the sentences that fill all slots, best first, or the refusal."""
    question = inquiry.question
    wanted = checks(question, question.places, question.years)
    filled, missing = passing(inquiry.ranked, wanted, _SHARES)
    if missing:
        return [], refused(inquiry, missing, question.places, question.years)
    filled = sorted(filled, key=lambda item: -worth(inquiry, item))
    return filled, None


def worth(inquiry: Inquiry, item: Evidence) -> float:
    """Return how near a sentence is to what is asked: its words and its meaning."""
    return inquiry.coverage(item) + item.topic
