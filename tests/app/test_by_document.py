"""Questions for what a legal document says of itself: its number, its dates, who signed it."""

from collections.abc import Callable

import pytest

from app.answers import Outcome
from app.by_document import decide_document, other_date
from app.inquiry import Decision
from ingest.documents import SourceDocument
from ingest.text import fold
from tests.factories import make_document, make_inquiry

BOATS = """NGHỊ ĐỊNH
Số: 77/2031/NĐ-CP
Hà Nội, ngày 5 tháng 3 năm 2031
Quy định về neo đậu thuyền buồm trên hồ

Điều 1. Nghị định này nói về chỗ neo đậu của thuyền buồm.

Điều 9. Nghị định này có hiệu lực thi hành từ ngày 20 tháng 4 năm 2031.

TM. CHÍNH PHỦ

THỦ TƯỚNG

Trần Thu Mai"""
KITES = """QUYẾT ĐỊNH
Số: 4321/QĐ-UBND
Huế, ngày 14 tháng 6 năm 2032
Ban hành quy chế thả diều ven sông

Điều 1. Diều thả ven sông phải có dây an toàn.

Điều 2. Quyết định này có hiệu lực kể từ ngày 1 tháng 7 năm 2032.

KT. CHỦ TỊCH

PHÓ CHỦ TỊCH

Lê Văn Bình"""
DOCUMENTS = (
    make_document(
        BOATS,
        "boats.txt",
        title="Nghị định quy định về neo đậu thuyền buồm trên hồ",
        number="77/2031/NĐ-CP",
        date="2031-03-05",
        date_basis="stated",
        effective_date="2031-04-20",
        locality=None,
    ),
    make_document(
        KITES,
        "kites.txt",
        title="Quyết định ban hành quy chế thả diều ven sông",
        number="4321/QĐ-UBND",
        date="2032-06-14",
        date_basis="stated",
        effective_date="2032-07-01",
        locality="Huế",
    ),
)


def decided(question: str, *documents: SourceDocument) -> Decision | None:
    return decide_document(make_inquiry(question, *(documents or DOCUMENTS)))


def short(question: str, *documents: SourceDocument) -> str | None:
    decision = decided(question, *documents)
    return decision and decision.short


def marked(decision: Decision | None) -> list[str]:
    assert decision is not None
    return [item.evidence.quote[start:end] for item in decision.chosen for start, end in item.spans]


OF_ITSELF = [
    ("Nghị định về neo đậu thuyền buồm trên hồ có số hiệu là gì?", "77/2031/NĐ-CP"),
    ("Nghị định neo đậu thuyền buồm số bao nhiêu?", "77/2031/NĐ-CP"),
    ("Quyết định về quy chế thả diều ven sông là quyết định số mấy?", "4321/QĐ-UBND"),
    ("Nghị định 77/2031/NĐ-CP được ban hành ngày nào?", "ngày 5 tháng 3 năm 2031"),
    ("Nghị định 77/2031 ký ngày nào?", "ngày 5 tháng 3 năm 2031"),
    ("Nghị định 77 năm 2031 ra đời khi nào?", "ngày 5 tháng 3 năm 2031"),
    ("Nghị định số 77 công bố ngày nào?", "ngày 5 tháng 3 năm 2031"),
    ("Quy chế thả diều ven sông được ban hành khi nào?", "ngày 14 tháng 6 năm 2032"),
    ("Nghị định 77/2031/NĐ-CP có hiệu lực từ ngày nào?", "ngày 20 tháng 4 năm 2031"),
    ("Nghị định 77 năm 2031 áp dụng từ khi nào?", "ngày 20 tháng 4 năm 2031"),
    ("Quyết định 4321/QĐ-UBND có hiệu lực từ ngày nào?", "ngày 1 tháng 7 năm 2032"),
    ("Ai ký Nghị định 77/2031/NĐ-CP?", "Trần Thu Mai"),
    ("Ai ký quyết định ban hành quy chế thả diều ven sông?", "Lê Văn Bình"),
]


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(("question", "expected"), OF_ITSELF)
def test_a_document_is_asked_by_number_or_title_for_what_it_says_of_itself(
    question: str, expected: str, write: Callable[[str], str]
) -> None:
    decision = decided(write(question))
    assert decision is not None
    assert decision.outcome is Outcome.ANSWERED
    assert decision.short is not None
    assert expected.endswith(decision.short)


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        (
            "Nghị định 77/2031/NĐ-CP được ban hành ngày nào và có hiệu lực từ ngày nào?",
            ["5 tháng 3 năm 2031", "20 tháng 4 năm 2031"],
        ),
        (
            "Nghị định 77/2031/NĐ-CP có hiệu lực từ ngày nào, ký ngày nào?",
            ["20 tháng 4 năm 2031", "5 tháng 3 năm 2031"],
        ),
        (
            "Khi nào ban hành và khi nào áp dụng Nghị định 77/2031/NĐ-CP?",
            ["5 tháng 3 năm 2031", "20 tháng 4 năm 2031"],
        ),
        (
            "Nghị định 77/2031/NĐ-CP số hiệu gì, ban hành ngày nào?",
            ["77/2031/NĐ-CP", "5 tháng 3 năm 2031"],
        ),
        (
            "Quyết định ban hành quy chế thả diều ven sông số mấy và có hiệu lực từ ngày nào?",
            ["4321/QĐ-UBND", "1 tháng 7 năm 2032"],
        ),
    ],
)
@pytest.mark.parametrize("write", [str, fold])
def test_each_of_two_parts_has_its_own_line(
    question: str, answers: list[str], write: Callable[[str], str]
) -> None:
    decision = decided(write(question))
    assert marked(decision) == answers
    assert decision is not None
    assert decision.short == answers[0]


def test_the_name_of_who_signed_comes_before_the_offices_that_it_is_signed_for() -> None:
    names = marked(decided("Ai ký Nghị định 77/2031/NĐ-CP và ký ngày nào?"))
    assert names[0] == "Trần Thu Mai"
    assert "THỦ TƯỚNG" in names[1:]
    assert names[-1] == "5 tháng 3 năm 2031"


def test_a_title_that_says_ban_hanh_does_not_make_an_effective_date_one_of_issue() -> None:
    question = "Quyết định ban hành quy chế thả diều ven sông có hiệu lực từ ngày nào?"
    assert short(question) == "1 tháng 7 năm 2032"


@pytest.mark.parametrize(
    "question",
    [
        "Nghị định 78/2031/NĐ-CP được ban hành ngày nào?",
        "Nghị định 77/2032 được ban hành ngày nào?",
        "Ai ký Nghị định 77/2032?",
        "Quyết định 77/2031 có hiệu lực từ ngày nào?",
        "Nghị định về nuôi ong mật trên núi có số hiệu là gì?",
        "Ai ký nghị định về nuôi ong mật?",
        "Quyết định 4321/QĐ-UBND của Hải Phòng ký ngày nào?",
        "Quy chế thả diều ven sông của Đà Nẵng được ban hành khi nào?",
        "Thông tư hướng dẫn thi hành Nghị định 77/2031/NĐ-CP ban hành ngày nào?",
        "Nghị định số mấy?",
        "Ai ký?",
    ],
)
@pytest.mark.parametrize("write", [str, fold])
def test_what_another_document_or_none_says_of_itself_is_not_told(
    question: str, write: Callable[[str], str]
) -> None:
    assert decided(write(question)) is None


@pytest.mark.parametrize(
    "question",
    [
        "Nghị định 77/2031/NĐ-CP nói về gì?",
        "Bao nhiêu thuyền buồm được neo đậu?",
        "Ai chủ trì việc neo đậu thuyền buồm?",
        "Ai ban hành Nghị định 77/2031/NĐ-CP?",
        "Cơ quan nào trình Nghị định 77/2031/NĐ-CP?",
        "Ai ký kết hợp đồng theo Nghị định 77/2031/NĐ-CP?",
    ],
)
def test_what_a_document_says_of_other_things_is_none_of_its_particulars(question: str) -> None:
    assert decided(question) is None


def test_a_date_that_is_only_inferred_is_not_told_as_that_of_issue() -> None:
    inferred = make_document(
        BOATS, title="Neo đậu thuyền buồm", number="77/2031/NĐ-CP", date="2031-03-05"
    )
    assert short("Nghị định 77/2031/NĐ-CP được ban hành ngày nào?", inferred) is None


SAME_DAY = (
    "Huế, ngày 8 tháng 8 năm 2033",
    "Thông tư có hiệu lực từ ngày 8 tháng 8 năm 2033.",
)


@pytest.mark.parametrize("lines", [SAME_DAY, SAME_DAY[::-1]])
@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("Thông tư 5/2033/TT-BHS ban hành ngày nào?", 0),
        ("Thông tư 5/2033/TT-BHS có hiệu lực từ ngày nào?", 1),
        ("Thông tư hướng dẫn thi hành quy chế đua thuyền ban hành ngày nào?", 0),
    ],
)
def test_a_date_of_issue_and_of_effect_are_quoted_from_their_own_lines(
    question: str, line: int, lines: tuple[str, ...]
) -> None:
    document = make_document(
        "\n\n".join(lines),
        title="Thông tư hướng dẫn thi hành quy chế đua thuyền",
        number="5/2033/TT-BHS",
        date="2033-08-08",
        date_basis="stated",
        effective_date="2033-08-08",
        locality=None,
    )
    decision = decided(question, document)
    assert decision is not None
    assert [item.quote for item in decision.evidence] == [SAME_DAY[line]]


def test_of_two_documents_of_one_number_neither_is_asked_for() -> None:
    twins = [
        make_document(BOATS, f"{n}.txt", title="Neo đậu thuyền", number="77/2031/NĐ-CP")
        for n in range(2)
    ]
    assert decided("Nghị định 77/2031/NĐ-CP số mấy?", *twins) is None
    assert short("Nghị định 77/2031/NĐ-CP số mấy?", twins[0]) == "77/2031/NĐ-CP"


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Nghị định 77/2031/NĐ-CP ban hành ngày 9 tháng 3 năm 2031 nói về gì?",
            "5 tháng 3 năm 2031",
        ),
        ("Nghị định 77/2031 ký ngày 9/3/2031, đúng không?", "5 tháng 3 năm 2031"),
        ("Vì sao Nghị định 77/2031 có hiệu lực từ ngày 1/5/2031?", "20 tháng 4 năm 2031"),
        ("Nghị định 77/2031 có hiệu lực từ ngày 5/3/2031 phải không?", "20 tháng 4 năm 2031"),
    ],
)
def test_a_document_that_is_given_another_date_is_corrected(
    question: str, told: str, write: Callable[[str], str]
) -> None:
    decision = other_date(make_inquiry(write(question), *DOCUMENTS))
    assert decision is not None
    assert decision.outcome is Outcome.PREMISE_CORRECTED
    assert decision.short == told


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    "question",
    [
        "Nghị định 77/2031/NĐ-CP ban hành ngày 5 tháng 3 năm 2031 nói về gì?",
        "Nghị định 77/2031 ký ngày 5/3/2031, đúng không?",
        "Vì sao Nghị định 77/2031 có hiệu lực từ ngày 20/4/2031?",
        "Nghị định 99/2031 ký ngày 1/1/2031 nói gì?",
        "Nghị định 77/2031/NĐ-CP nói gì về ngày 9/9/2031?",
        "Quyết định 4321/QĐ-UBND của Hải Phòng ký ngày 1/1/2032, đúng không?",
    ],
)
def test_its_own_date_that_of_another_or_of_another_event_is_no_wrong_premise(
    question: str, write: Callable[[str], str]
) -> None:
    assert other_date(make_inquiry(write(question), *DOCUMENTS)) is None
