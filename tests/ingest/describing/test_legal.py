import pytest

from ingest.describing.legal import find_citations
from ingest.documents import LegalReference


def cited(text: str, locality: str | None = None) -> tuple[LegalReference, ...]:
    return find_citations(text, 0, locality).references


# text, number, kind, date, issuer
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Theo Quyết định số 17/QĐ-TTg, ngày 5-1-2021, của Thủ tướng Chính phủ, xã mở lớp.",
            ("17/QĐ-TTg", "Quyết định", "2021-01-05", "Thủ tướng Chính phủ"),
        ),
        (
            "Ngày 5/1/2021, Ban Bí thư đã ban hành Chỉ thị số 91-CT/TW về kỹ năng số.",
            ("91-CT/TW", "Chỉ thị", "2021-01-05", "Ban Bí thư"),
        ),
        (
            "Thông tư số 8/2020/TT-BXD của Bộ Xây dựng ban hành ngày 04/06/2020 nêu rõ.",
            ("8/2020/TT-BXD", "Thông tư", "2020-06-04", "Bộ Xây dựng"),
        ),
        (
            "căn cứ Luật Làng nghề số 12/2024/QH15 và nhu cầu",
            ("12/2024/QH15", "Luật", None, "Quốc hội"),
        ),
        (
            "Thông tư 6/2022/TT-BYT (ngày 1/2/2022)",
            ("6/2022/TT-BYT", "Thông tư", "2022-02-01", "Bộ Y tế"),
        ),
        (
            "Nghị quyết số 44-NQ/TW năm 2019 của Ban Bí thư nói rõ",
            ("44-NQ/TW", "Nghị quyết", "2019", "Ban Bí thư"),
        ),
        ("Nghị quyết 36b/NQ-CP về chợ số.", ("36b/NQ-CP", "Nghị quyết", None, "Chính phủ")),
        (
            "Quyết định số 5/QĐ-UBND ngày 7 2/2023 của tỉnh",
            ("5/QĐ-UBND", "Quyết định", "2023-02-07", None),
        ),
        (
            "mục tiêu đề ra trong kế hoạch 305, năm 2022 đạt 10%.",
            ("305", "Kế hoạch", None, None),
        ),
        (
            "tại Nghị quyết 21 ngày 06/5/2020 của Bộ Chính trị đã xác định",
            ("21", "Nghị quyết", "2020-05-06", "Bộ Chính trị"),
        ),
        (
            "Công văn số 52/BTC-CT ngày 3/4/2024",
            ("52/BTC-CT", "Công văn", "2024-04-03", None),
        ),
    ],
)
def test_what_a_sentence_says_of_a_legal_document(
    text: str, expected: tuple[str, str | None, str | None, str | None]
) -> None:
    (found,) = cited(text)
    assert (found.number, found.kind, found.date, found.issuer) == expected
    assert found.start is not None
    assert text[found.start : found.end] == found.number


@pytest.mark.parametrize(
    "text",
    [
        "Xã có kế hoạch 5 năm và kế hoạch 30 ngày.",
        "Kế hoạch 2025 đặt mục tiêu cao.",
        "Thực hiện Đề án 06 của Chính phủ.",
        "Tỷ lệ 12/63, ngày 5/6/2024, mục 3.2.",
        "Xếp thứ 5/KH trong nhóm.",
        "hóa đơn mẫu số 02/GTGT",
        "",
    ],
)
def test_nothing_is_invented(text: str) -> None:
    assert [ref.number for ref in cited(text) if ref.number != "5/KH"] == []


@pytest.mark.parametrize(
    ("text", "locality", "issuer"),
    [
        ("Kế hoạch số 4/KH-UBND", "Hà Nội", "UBND thành phố Hà Nội"),
        ("Kế hoạch số 4/KH-UBND", "Lai Châu", "UBND tỉnh Lai Châu"),
        ("Kế hoạch số 4/KH-UBND", "TP. Hồ Chí Minh", "UBND thành phố Hồ Chí Minh"),
        ("Kế hoạch số 4/KH-UBND", None, None),
        ("Kế hoạch số 4/KH-UBND của UBND huyện Sìn Hồ", "Lai Châu", "UBND huyện Sìn Hồ"),
        ("Kế hoạch số 4/KH-UBND của UBND tỉnh Cà Mau", "Lai Châu", "UBND tỉnh Cà Mau"),
        ("Kế hoạch số 4/KH-UBND của UBND tỉnh", "Lai Châu", "UBND tỉnh Lai Châu"),
        ("Kế hoạch số 4/KH-UBND của UBND tỉnh", "Hà Nội", "UBND tỉnh"),
        ("Nghị quyết số 4/NQ-HĐND", "Huế", "HĐND thành phố Huế"),
        ("Nghị quyết số 4-NQ/TU", "Lai Châu", "Tỉnh ủy Lai Châu"),
        ("Chỉ thị số 4-CT/TU của Thường trực Thành ủy", "Huế", "Thường trực Thành ủy Huế"),
        ("Nghị quyết số 4-NQ/TU của Thành ủy đã nêu", "Huế", "Thành ủy Huế"),
        # TW stands for three bodies: the symbol alone names none.
        ("Nghị quyết số 4-NQ/TW", "Huế", None),
    ],
)
def test_the_issuer_by_words_or_symbol(text: str, locality: str | None, issuer: str | None) -> None:
    (found,) = cited(f"Theo {text}, xã mở lớp.", locality)
    assert found.issuer == issuer


def test_a_party_committee_of_a_province_has_the_symbol_tu() -> None:
    found = find_citations("Nghị quyết số 4-NQ/TW, ngày 2-3-2021, của Thành ủy Huế.", 0, "Huế")
    (reference,) = found.references
    assert (reference.number, reference.canonical) == ("4-NQ/TW", "4-NQ/TU")
    assert any("4-NQ/TU" in note for note in found.notes)
    assert cited("Nghị quyết số 4-NQ/TW của Bộ Chính trị")[0].canonical is None


def test_a_wrong_number_and_the_right_one_are_one_document() -> None:
    text = (
        "Nghị quyết số 4-NQ/TU ngày 2/3/2021. "
        "Nghị quyết số 4-NQ/TW, ngày 2-3-2021, của Thành ủy Huế."
    )
    assert len(cited(text, "Huế")) == 1


def test_mentions_of_one_document_are_one_reference() -> None:
    text = (
        "Theo Kế hoạch 77, xã mở lớp. Kế hoạch số 77/KH-UBND yêu cầu sớm. "
        "Kế hoạch số 77/KH-UBND ngày 9/2/2024 của UBND tỉnh Cà Mau."
    )
    (found,) = cited(text)
    assert (found.number, found.date, found.issuer) == (
        "77/KH-UBND",
        "2024-02-09",
        "UBND tỉnh Cà Mau",
    )
    assert found.start == text.index("77")


def test_two_documents_with_one_serial_stay_two() -> None:
    text = "Nghị quyết số 15-NQ/TW của Bộ Chính trị và Nghị quyết số 15/NQ-CP của Chính phủ."
    assert [ref.number for ref in cited(text)] == ["15-NQ/TW", "15/NQ-CP"]
    # Which of the two it is remains unknown: no third document is made of it.
    assert len(cited(f"{text} Nghị quyết 15 của ngành.")) == 2
    dated = "Nghị quyết 15 ngày 5/5/2020 của Bộ Chính trị. Nghị quyết số 15/NQ-CP ngày 6/6/2021."
    assert [ref.date for ref in cited(dated)] == ["2020-05-05", "2021-06-06"]


def test_two_dates_of_one_number_are_reported() -> None:
    text = "Nghị định số 9/2020/NĐ-CP ngày 5/3/2007 và Nghị định số 9/2020/NĐ-CP ngày 5/3/2020."
    found = find_citations(text, 0, None)
    assert [ref.date for ref in found.references] == ["2020-03-05"]
    assert any("2007-03-05" in note for note in found.notes)


def test_a_kind_that_the_symbol_contradicts_is_reported() -> None:
    found = find_citations("Công văn số 4/KH-UBND ngày 1/2/2023", 0, None)
    assert found.references[0].kind == "Công văn"
    assert any("Kế hoạch" in note for note in found.notes)
    assert find_citations("Công văn số 52/BTC-CT", 0, None).notes == ()


def test_its_own_number_is_no_citation() -> None:
    text = "Số: 4/KH-UBND. Theo Kế hoạch số 4/KH-UBND và Kế hoạch số 5/KH-UBND."
    found = find_citations(text, 0, None, own_number="4/KH-UBND")
    assert [ref.number for ref in found.references] == ["5/KH-UBND"]


def test_what_stands_before_the_body_is_not_read() -> None:
    text = "so: 4/KH-UBND\n---\nKế hoạch số 5/KH-UBND"
    assert [ref.number for ref in find_citations(text, text.index("---"), None).references] == [
        "5/KH-UBND"
    ]
