from dataclasses import replace
from pathlib import Path

import docx
import pytest

from ingest.documents import Description, SourceDocument, Target
from ingest.loading.loaded import LoadedFile
from ingest.reading import build_document, read_document
from ingest.settings import SplittingSettings
from ingest.splitting import split
from ingest.targets import extract_targets

PLAN = """ỦY BAN NHÂN DÂN
TỈNH LÀO CAI
Số: 87/KH-UBND
Lào Cai, ngày 12 tháng 02 năm 2024

KẾ HOẠCH
Chuyển đổi số tỉnh Lào Cai năm 2024

Căn cứ Nghị quyết số 12-NQ/TU ngày 15/6/2021 của Tỉnh ủy giai đoạn 2021-2025;

I. ĐÁNH GIÁ KẾT QUẢ NĂM 2023
Năm 2023, toàn tỉnh tiếp nhận 412.560 hồ sơ, trong đó hồ sơ nộp trực tuyến đạt 61,4%.
Tỷ lệ thanh toán trực tuyến mới đạt 22% (kế hoạch là 45%).

II. MỤC TIÊU
1. Mục tiêu cụ thể đến hết năm 2024
a) Về chính quyền số:
- Tối thiểu 80% hồ sơ thủ tục hành chính được xử lý trên môi trường mạng;
- Mức độ hài lòng của người dân đạt từ 92% trở lên.
b) Về kinh tế số:
- Kinh tế số đóng góp ít nhất 14% GRDP;
- Doanh thu thương mại điện tử đạt 2.300 tỷ đồng.
2. Mục tiêu đến năm 2030
- 95% hộ gia đình được phủ mạng cáp quang.

III. NHIỆM VỤ, GIẢI PHÁP
1. Triển khai 06 nhóm nhiệm vụ và 18 giải pháp trọng tâm.
2. Đào tạo kỹ năng số cho 3.000 cán bộ, công chức (Sở Nội vụ chủ trì).

IV. TỔ CHỨC THỰC HIỆN
Chậm nhất 05 ngày làm việc sau khi kết thúc quý, các sở gửi báo cáo trước ngày 15 hằng tháng.
"""

RULES = """QUY ĐỊNH
Về mức thu và thời hạn giải quyết hồ sơ

Điều 1. Phạm vi
Quy định này áp dụng đối với dự án có tổng mức đầu tư từ 15 tỷ đồng trở lên.
Điều 2. Thời hạn
Trong thời hạn 06 ngày kể từ khi có đủ 02 bộ giấy tờ, cơ quan đăng ký phải trả lời.
Trường hợp phức tạp thì kéo dài không quá 15 ngày.
Điều 3. Mức thu
Lệ phí cấp giấy là 150.000 đồng/hồ sơ; nộp trực tuyến được giảm 50% mức thu.
Người nộp muộn phải chịu phạt 0,05%/ngày.
Điều 4. Giải thích
Doanh nghiệp nhỏ là doanh nghiệp có không quá 50 lao động. Hội đồng có 07 thành viên.
"""


def extract(
    text: str, title: str = "Tin của tỉnh", date: str | None = "2024-05", **fields: str
) -> list[Target]:
    """Return the rows of a text that is described as given."""
    document = build_document("a.txt", LoadedFile(text))
    document = replace(document, description=Description("a.txt", title, date=date, **fields))  # type: ignore[arg-type]
    return list(extract_targets(document, split(document, SplittingSettings())))


def read(path: Path) -> tuple[SourceDocument, list[Target]]:
    document = read_document(path, path.name)
    return document, list(extract_targets(document, split(document, SplittingSettings())))


def facts(rows: list[Target]) -> list[tuple[str, object, int | None]]:
    return [(row.kind, row.number, row.year) for row in rows]


# --- One sentence --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the year of the clause, before and behind the figure
        ("Năm 2022, tỷ lệ hồ sơ qua mạng đạt 40%.", [("result", 40, 2022)]),
        ("Tỉnh phấn đấu kinh tế số chiếm 25% GRDP vào năm 2025.", [("target", 25, 2025)]),
        ("Đến năm 2030, 90% hộ dân dùng nước sạch.", [("target", 90, 2030)]),
        ("Đến năm 2022, tỉnh có 120 hợp tác xã.", [("result", 120, 2022)]),
        # a span gives its last year, a month its year
        (
            "Mục tiêu là hình thành 3 - 4 làng số trong giai đoạn 2026 - 2030.",
            [("target", (3, 4), 2030)],
        ),
        ("Tính đến tháng 3/2024, xã đã cấp 850 tài khoản.", [("result", 850, 2024)]),
        # years that are no figure's: compared, of a name, of issue, where a span begins
        ("Lượng đơn hàng tăng 12% so với năm 2021.", [("result", 12, None)]),
        (
            "Theo Đề án “Số hóa di sản đến năm 2026”, đã quét 5.000 trang tư liệu.",
            [("result", 5000, None)],
        ),
        ("Từ năm 2020 đến nay, đã trồng 70 ha rừng.", [("result", 70, None)]),
        (
            "Báo cáo năm 2022 công bố tháng 5/2023 cho thấy tỷ lệ lao động qua đào tạo là 30%.",
            [("result", 30, 2022)],
        ),
        (
            "Thực hiện Chương trình số đến năm 2026, tầm nhìn đến năm 2035, đã có 12 mô hình.",
            [("result", 12, None)],
        ),
        # each figure its own year; a share goes from one to another
        (
            "Tỷ lệ nộp qua mạng từ 20% năm 2021 lên 65% năm 2023.",
            [("result", 20, 2021), ("result", 65, 2023)],
        ),
        (
            "Nâng tổng chi cho nghiên cứu đạt 1% GDP vào năm 2026, trên 2% GDP vào năm 2030.",
            [("target", 1, 2026), ("target", 2, 2030)],
        ),
        (
            "Tỷ lệ nộp qua mạng hiện đạt hơn 70% (năm 2020 là 15%).",
            [("result", 70, None), ("result", 15, 2020)],
        ),
        (
            "Năm 2023 doanh thu đạt 3 tỷ USD, vượt kế hoạch năm 2025 (2,5 tỷ USD).",
            [("result", 3e9, 2023), ("target", 2.5e9, 2025)],
        ),
        # two in one sentence: the nearest sure word decides
        (
            "Nghị quyết đề ra mục tiêu 50% hộ dùng ví điện tử; đến nay mới đạt 31%.",
            [("target", 50, None), ("result", 31, None)],
        ),
        ("Tỉnh sẽ cấp 500 máy tính cho học sinh nghèo.", [("target", 500, None)]),
        ("Dữ liệu mà dân đã khai: tối thiểu 80% tờ khai được điền sẵn.", [("target", 80, None)]),
        # shares of tasks done, ranks, steps
        ("Đã hoàn thành 9/14 nhiệm vụ.", [("result", 9, None)]),
        ("Số tài khoản đã cấp cho dân là hơn 72 nghìn.", [("result", 72000, None)]),
        ("Huyện đứng thứ 4 trong 11 huyện về chỉ số phục vụ.", [("result", 4, None)]),
        (
            "Năm 2023, chỉ số PAPI xếp thứ 12/63, tăng 5 bậc so với năm 2022.",
            [("result", 12, 2023), ("result", 5, 2023)],
        ),
        ("Tỉnh dẫn đầu về chỉ số xanh 3 năm liên tiếp.", [("result", 3, None)]),
        ("Đến năm 2026, tỉnh thuộc nhóm năm địa phương đi đầu về 5G.", [("target", 5, 2026)]),
    ],
)
def test_kind_number_and_year(text: str, expected: list[tuple[str, object, int | None]]) -> None:
    assert facts(extract(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        # durations, dates, times, ages, steps
        "Trong gần 1 năm, việc này tiến triển tốt.",
        "Sáu tháng đầu, cơ quan chỉ làm 2 ngày mỗi tuần.",
        "Người từ đủ 14 tuổi trở lên khai 3 bước trong 5 phút.",
        "Hội nghị ngày 12/10/2023 họp lúc 8 giờ 30 tại phòng 203.",
        # parts of a text or plan
        "Kế hoạch gồm 27 chỉ tiêu, 100 nhiệm vụ và 4 nhóm giải pháp.",
        "Chương trình dựa trên ba trụ cột và 5 lĩnh vực ưu tiên.",
        "Khái niệm này có 3 yếu tố chính.",
        # numbers that only name
        "Căn cứ Nghị quyết số 20/2023/NQ-HĐND, Điều 5 và mẫu số 02.",
        "Tổng đài 18001096 phục vụ mức độ 4.",
        # rules: deadlines, fees, thresholds, entitlements, penalties
        "Hồ sơ được giải quyết không quá 15 ngày kể từ ngày nhận.",
        "Lệ phí cấp thẻ là 30.000 đồng.",
        "Trường hợp doanh thu trên 500 triệu đồng thì phải kê khai.",
        "Hộ nghèo được giảm 50% học phí.",
        "Mức phạt tiền từ 5 triệu đồng.",
        # foretold, praised, invited
        "Giới phân tích dự báo thị trường đạt 2 tỷ USD.",
        "UBND tỉnh tặng bằng khen cho 25 tập thể.",
        "Thành phố là địa phương dẫn đầu cả nước về hạ tầng.",
        "Hội thảo có 300 đại biểu.",
    ],
)
def test_no_target_and_no_result(text: str) -> None:
    assert extract(text) == []


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("Kinh tế số chiếm 25% GRDP.", "tỷ trọng kinh tế số trong GRDP"),
        (
            "Tỷ trọng nông nghiệp trong tổng sản phẩm trên địa bàn (GRDP) tỉnh đạt 9%.",
            "tỷ trọng nông nghiệp trong GRDP",
        ),
        ("Phấn đấu 100% hồ sơ được số hóa.", "tỷ lệ hồ sơ được số hóa"),
        ("Tỉ lệ hộ có cáp quang đạt 90%.", "tỷ lệ hộ có cáp quang"),
        ("Năng suất lao động hằng năm tăng 7%.", "mức tăng năng suất lao động hằng năm"),
        ("Mạng cáp quang phủ trên 95% thôn.", "tỷ lệ thôn được phủ mạng cáp quang"),
        ("Cắt giảm ít nhất 30% thời gian làm thủ tục.", "mức cắt giảm thời gian làm thủ tục"),
        ("Đến nay đã lắp đặt 41 trạm phát sóng.", "số trạm phát sóng được lắp đặt"),
        ("Huyện đã tập huấn cho 100% tổ trưởng.", "tỷ lệ tổ trưởng được tập huấn"),
        ("Phần mềm khám bệnh đã có ở 80% trạm.", "tỷ lệ trạm có phần mềm khám bệnh"),
        ("Tổng vốn đăng ký là 89 tỷ đồng.", "tổng vốn đăng ký"),
        ("Chỉ số phục vụ (SIPAS) xếp thứ 9/63.", "thứ hạng chỉ số phục vụ (SIPAS)"),
        ("Quảng Trị đứng đầu về chỉ số hài lòng.", "thứ hạng chỉ số hài lòng"),
        ("Năm 2023, tỉnh Quảng Trị có 95 chợ dân sinh.", "số chợ dân sinh"),
    ],
)
def test_indicator_is_a_noun_phrase_without_place_and_year(text: str, indicator: str) -> None:
    rows = extract(text)
    assert [row.indicator for row in rows] == [indicator]


def test_later_figures_of_a_sentence_name_what_they_share() -> None:
    rows = extract("Phấn đấu 90% hồ sơ cấp tỉnh, 80% hồ sơ cấp huyện được ký số năm 2026.")
    assert [row.indicator for row in rows] == [
        "tỷ lệ hồ sơ cấp tỉnh được ký số",
        "tỷ lệ hồ sơ cấp huyện được ký số",
    ]
    assert rows[0].quote.startswith("Phấn đấu 90%")
    assert rows[0].quote.endswith("được ký số năm 2026")


def test_share_in_brackets_measures_what_stands_before_it() -> None:
    count, share = extract("Toàn tỉnh có 14 hợp tác xã số (chiếm 40%).")
    assert (count.indicator, share.indicator) == ("số hợp tác xã số", "tỷ lệ hợp tác xã số")
    assert share.quote.endswith("(chiếm 40%)")


def test_exceeding_a_plan_is_no_level() -> None:
    rows = extract("Tỷ lệ nộp qua mạng đạt 72%, vượt 12% so với kế hoạch.")
    assert [row.indicator for row in rows] == [
        "tỷ lệ nộp qua mạng",
        "mức vượt so với kế hoạch của tỷ lệ nộp qua mạng",
    ]


# --- Where: places, documents --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "localities"),
    [
        ("Kinh tế số chiếm 20% GRDP.", ["Nghệ An"]),
        ("Hà Tĩnh có 120 hợp tác xã.", ["Hà Tĩnh"]),
        ("Cả nước có 1,2 triệu người bán hàng, riêng Hà Tĩnh có 9.000.", ["Cả nước"]),
        ("Toàn tỉnh có 40 tổ trên tổng số 900 tổ hợp tác của cả nước.", ["Nghệ An", "Cả nước"]),
        ("Tỉnh chiếm 38% số vườn ươm cả nước.", ["Nghệ An"]),
        ("Hà Nội và Đà Nẵng được xếp trong top 50 thành phố xanh.", ["Hà Nội", "Đà Nẵng"]),
        ("Hà Nội và Đà Nẵng có 50 trung tâm.", [None]),
    ],
)
def test_owner_of_a_figure(text: str, localities: list[str | None]) -> None:
    assert [row.locality for row in extract(text, locality="Nghệ An")] == localities


@pytest.mark.parametrize(("date", "boundary"), [("2024-05", "63"), ("2025-09", "34"), (None, None)])
def test_boundary_follows_the_documents_date(date: str | None, boundary: str | None) -> None:
    (row,) = extract("Tỉnh có 120 hợp tác xã.", date=date)
    assert row.boundary == boundary
    assert row.year is None


def test_source_document_is_the_one_the_text_names() -> None:
    text = (
        "Theo Kế hoạch số 61/KH-UBND ngày 3/2/2024, phấn đấu 50% hộ dùng ví điện tử.\n\n"
        "Ngành y tế đã khám cho 900 người.\n\n"
        "Kế hoạch đặt ra chỉ tiêu 70% xã có chợ số.\n\n"
        "Ngoài ra, tỉnh phấn đấu trồng 30 ha rừng."
    )
    assert [row.source_document for row in extract(text)] == [
        "61/KH-UBND",
        None,
        "61/KH-UBND",
        None,
    ]


# --- What carries on -----------------------------------------------------------------------------


def test_aims_carry_their_year_through_a_paragraph_and_into_the_next() -> None:
    text = (
        "Mục tiêu đến năm 2027, 60% hộ có mã địa chỉ số. Kinh tế số chiếm 18% GRDP.\n"
        "Phấn đấu 75% chợ thanh toán không tiền mặt."
    )
    rows = extract(text)
    assert facts(rows) == [("target", 60, 2027), ("target", 18, 2027), ("target", 75, 2027)]
    assert [row.year_basis for row in rows] == ["stated", "context", "context"]


def test_results_carry_only_a_year_that_covers_the_sentence() -> None:
    covered = extract("Năm 2022, tỉnh đổi mới mạnh. Tỷ lệ đúng hạn đạt 97%.")
    assert facts(covered) == [("result", 97, 2022)]
    turned = extract("Năm 2022, có 90 xã số. Bên cạnh đó, 300 hộ đã có mã.")
    assert facts(turned) == [("result", 90, 2022), ("result", 300, None)]


def test_present_ends_a_year() -> None:
    rows = extract("Năm 2021 có 90 xã số. Hiện nay, toàn tỉnh có 140 xã số.")
    assert facts(rows) == [("result", 90, 2021), ("result", 140, None)]


# --- Whole documents -----------------------------------------------------------------------------


def test_plan_with_results_aims_and_tasks(tmp_path: Path) -> None:
    path = tmp_path / "ke-hoach.txt"
    path.write_text(PLAN, encoding="utf-8")
    _, rows = read(path)
    assert facts(rows) == [
        ("result", 412560, 2023),
        ("result", 61.4, 2023),
        ("result", 22, 2023),
        ("target", 45, 2023),
        ("target", 80, 2024),
        ("target", 92, 2024),
        ("target", 14, 2024),
        ("target", 2.3e12, 2024),
        ("target", 95, 2030),
        ("target", 3000, 2024),
    ]
    assert [row.operator for row in rows[4:7]] == [">=", ">=", ">="]
    assert {row.locality for row in rows} == {"Lào Cai"}
    assert {row.source_document for row in rows if row.kind == "target"} == {"87/KH-UBND"}
    assert rows[4].pillar == "chính quyền số"
    assert rows[6].pillar == "kinh tế số"
    assert rows[8].pillar == "hạ tầng"
    assert rows[-1].responsible == "Sở Nội vụ"
    assert rows[8].heading[-1].startswith("2. Mục tiêu đến năm 2030")


def test_rules_have_no_targets(tmp_path: Path) -> None:
    path = tmp_path / "quy-dinh.txt"
    path.write_text(RULES, encoding="utf-8")
    assert read(path)[1] == []


@pytest.mark.parametrize("opening", ["", "Điều 9.2.TT.4. Kho lưu trữ\n\n"])
def test_rules_without_a_title_have_no_targets(opening: str) -> None:
    text = (
        "1. Kho phải cao tối thiểu 3 m và có 02 cửa thoát theo quy định tại khoản này.\n"
        "2. Trường hợp kho trên 500 m2 thì phải bố trí ít nhất 4 camera."
    )
    assert extract(opening + text) == []


def test_what_a_bill_s_proposal_tells_is_the_country_s() -> None:
    text = "Tính đến tháng 3/2024, đã cấp 900 giấy phép trên môi trường số."
    (row,) = extract(text, title="Tờ trình dự án Luật Dữ liệu")
    assert (row.locality, row.number, row.year) == ("Cả nước", 900, 2024)


def test_procedure_page_has_no_targets() -> None:
    text = (
        "Trình tự thực hiện: Nộp hồ sơ.\nThành phần hồ sơ: Bản chính: 1 - Bản sao: 0\n"
        "Thời hạn giải quyết: 09 ngày.\nPhí: 160000 Đồng\nTổng đài: 19001234\n"
        "Ảnh cỡ 4cm x 6cm, 2 tờ; công dân hưởng 80% mức này."
    )
    assert extract(text) == []


def test_aims_below_an_article_are_targets() -> None:
    text = (
        "QUYẾT ĐỊNH\nPhê duyệt Đề án\n\nĐiều 1. Phê duyệt Đề án với các nội dung sau:\n"
        "I. MỤC TIÊU\n1. Mục tiêu đến năm 2028\n- 85% thôn có sóng 5G.\n\n"
        "Điều 2. Hiệu lực\nQuyết định có hiệu lực sau 15 ngày.\n"
    )
    assert facts(extract(text, title="Quyết định phê duyệt Đề án")) == [("target", 85, 2028)]


def test_what_someone_says_is_read() -> None:
    rows = extract('"Chúng tôi đặt mục tiêu đến năm 2026 có 40% chợ số", bà Lan, chủ tịch xã, nói.')
    assert facts(rows) == [("target", 40, 2026)]


def test_debris_of_a_table_is_left_out() -> None:
    assert extract("1 | Tỷ lệ xe ô tô | giảm 50% | của bên | 2% | lên thứ 2 trở đi") == []


# --- Tables --------------------------------------------------------------------------------------

CSV = """Biểu chỉ tiêu chuyển đổi số tỉnh Nghệ An,,,,,,
STT,Chỉ tiêu,Đơn vị tính,Kết quả 2023,Mục tiêu 2025,Mục tiêu 2030,Cơ quan chủ trì
1,Tỷ lệ hồ sơ giải quyết trực tuyến,%,"64,5",≥ 80,95,Văn phòng UBND tỉnh
2,Doanh thu thương mại điện tử,Tỷ đồng,4.200,9.500,Trên 20.000,Sở Công Thương
3,Số xã có điểm phục vụ bưu chính,xã,455/460,460/460,,Sở Thông tin và Truyền thông
4,Xếp hạng DTI cấp tỉnh,Hạng,25,Top 15,Top 10,Sở Thông tin và Truyền thông
"""


def test_table_gives_a_row_per_indicator_and_year(tmp_path: Path) -> None:
    path = tmp_path / "bieu.csv"
    path.write_text(CSV, encoding="utf-8")
    document, rows = read(path)
    shown = [(row.kind, row.operator, row.number, row.unit, row.year) for row in rows]
    assert shown == [
        ("result", "=", 64.5, "%", 2023),
        ("target", ">=", 80.0, "%", 2025),
        ("target", "=", 95.0, "%", 2030),
        ("result", "=", 4.2e12, "đồng", 2023),
        ("target", "=", 9.5e12, "đồng", 2025),
        ("target", ">", 2e13, "đồng", 2030),
        ("result", "=", 455.0, "xã", 2023),
        ("target", "=", 460.0, "xã", 2025),
        ("result", "=", 25.0, "hạng", 2023),
        ("target", "<=", 15.0, "hạng", 2025),
        ("target", "<=", 10.0, "hạng", 2030),
    ]
    assert rows[0].indicator == "tỷ lệ hồ sơ giải quyết trực tuyến"
    assert rows[0].responsible == "Văn phòng UBND tỉnh"
    assert rows[6].out_of == 460.0
    assert {row.locality for row in rows} == {"Nghệ An"}
    for row in rows:
        assert (row.start, row.end) in {(line.start, line.end) for line in document.rows}
        assert row.value in row.quote
        assert row.year_basis == "context"


def test_table_by_locality(tmp_path: Path) -> None:
    path = tmp_path / "dia-phuong.csv"
    path.write_text(
        "Địa phương;Tỷ lệ hồ sơ trực tuyến năm 2023 (%);Kế hoạch 2024 (%)\n"
        "Hà Nội;71,2;80\nHải Phòng;90,1;95\n",
        encoding="utf-8",
    )
    _, rows = read(path)
    assert [(row.locality, row.kind, row.number, row.year, row.unit) for row in rows] == [
        ("Hà Nội", "result", 71.2, 2023, "%"),
        ("Hà Nội", "target", 80.0, 2024, "%"),
        ("Hải Phòng", "result", 90.1, 2023, "%"),
        ("Hải Phòng", "target", 95.0, 2024, "%"),
    ]
    assert {row.indicator for row in rows} == {"tỷ lệ hồ sơ trực tuyến"}


def test_table_of_fees_has_no_targets(tmp_path: Path) -> None:
    path = tmp_path / "phi.csv"
    path.write_text(
        "STT,Tên thủ tục,Thời hạn giải quyết,Phí (đồng),Mức độ\n"
        "1,Cấp phép xây nhà ở riêng lẻ,15 ngày,75.000,4\n"
        "2,Đăng ký hộ kinh doanh cá thể,3 ngày,100.000,4\n",
        encoding="utf-8",
    )
    assert read(path)[1] == []


def test_word_table_and_the_sentence_below_it(tmp_path: Path) -> None:
    word = docx.Document()
    word.add_heading("Kế hoạch phát triển xã hội số thành phố Cần Thơ", 0)
    word.add_heading("Mục tiêu cụ thể", 1)
    table = word.add_table(rows=0, cols=4, style="Table Grid")
    for line in (
        ("TT", "Tên chỉ tiêu", "Năm 2027", "Đơn vị thực hiện"),
        ("1", "Tỷ lệ bệnh án điện tử (%)", "≥ 60", "Sở Y tế"),
        ("2", "Số học sinh dùng học bạ số", "310", "Sở Giáo dục và Đào tạo"),
    ):
        for cell, words in zip(table.add_row().cells, line, strict=True):
            cell.text = words
    word.add_paragraph("Đến năm 2027, thành phố phấn đấu 100% trạm y tế dùng chung dữ liệu.")
    path = tmp_path / "ke-hoach.docx"
    word.save(str(path))
    _, rows = read(path)
    assert [(row.kind, row.number, row.unit, row.year, row.responsible) for row in rows] == [
        ("target", 60.0, "%", 2027, "Sở Y tế"),
        ("target", 310.0, "học sinh", 2027, "Sở Giáo dục và Đào tạo"),
        ("target", 100.0, "%", 2027, None),
    ]


# --- Real documents ------------------------------------------------------------------------------


def test_every_quote_is_verbatim_and_holds_its_value(shared: Path) -> None:
    for path in sorted([*(shared / "corpus").glob("*"), *(shared / "corpus_more").glob("*")]):
        document, rows = read(path)
        for row in rows:
            assert document.text[row.start : row.end] == row.quote
            assert row.value in row.quote
            assert row.indicator
            assert (row.year is None) == (row.year_basis == "none")


@pytest.mark.parametrize("name", ["224-2026*", "doc_congdan*", "kiem-soat*", "b8fcfff21d12*"])
def test_decrees_laws_and_procedures_have_no_targets(name: str, shared: Path) -> None:
    paths = list((shared / "corpus_more").glob(name))
    assert paths
    for path in paths:
        assert read(path)[1] == []


@pytest.mark.parametrize(
    ("cell", "number"),
    [("-1,5", -1.5), ("−2%", -2.0), ("(3,25)", -3.25), ("1,5", 1.5), ("2 - 3", (2.0, 3.0))],
)
def test_a_minus_or_brackets_in_a_cell_make_the_number_negative(
    cell: str, number: float | tuple[float, float], tmp_path: Path
) -> None:
    path = tmp_path / "chi-tieu.csv"
    table = f'Chỉ tiêu;Kết quả năm 2023\nTốc độ tăng dân số của xã;"{cell}"\nTốc độ tăng vốn;4\n'
    path.write_text(table, encoding="utf-8")
    document = read_document(path, path.name)
    rows = extract_targets(document, split(document, SplittingSettings()))
    assert [(row.value, row.number) for row in rows] == [(cell, number), ("4", 4.0)]


def read_as(text: str) -> list[tuple[str, str, int | None, str | None]]:
    """Return value, indicator, year and locality of each row of a sentence of Hải Phòng."""
    return [
        (row.value, row.indicator, row.year, row.locality)
        for row in extract(text, locality="Hải Phòng")
    ]


COMPUTERS, INTERNET, ONLINE = (
    "tỷ lệ hộ có máy tính",
    "tỷ lệ hộ có internet",
    "tỷ lệ hồ sơ trực tuyến",
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Theo khảo sát năm 2020, tỷ lệ hộ có máy tính và tỷ lệ hộ có internet năm 2024 lần "
            "lượt đạt 45% và 62%.",
            [("45%", COMPUTERS, 2024), ("62%", INTERNET, 2024)],
        ),
        (
            "Năm 2022 và năm 2023, tỷ lệ hồ sơ trực tuyến lần lượt đạt 45% và 62%, tăng 5 điểm "
            "phần trăm so với mục tiêu.",
            [("45%", ONLINE, 2022), ("62%", ONLINE, 2023)],
        ),
        (
            "Đến năm 2025, tỷ lệ hộ có máy tính và tỷ lệ hộ có internet lần lượt đạt 60% và 70%; "
            "đến năm 2030 lần lượt đạt 80% và 90%.",
            [
                ("60%", COMPUTERS, 2025),
                ("70%", INTERNET, 2025),
                ("80%", COMPUTERS, 2030),
                ("90%", INTERNET, 2030),
            ],
        ),
        (
            "Tỷ lệ hồ sơ trực tuyến lần lượt đạt 45% và 62% vào năm 2022 và năm 2023.",
            [("45%", ONLINE, 2022), ("62%", ONLINE, 2023)],
        ),
    ],
)
def test_figures_told_one_after_the_other_keep_their_own_year_and_indicator(
    text: str, expected: list[tuple[str, str, int]]
) -> None:
    found = [row[:3] for row in read_as(text) if row[0].endswith("%")]
    assert found == expected


def test_years_that_do_not_fit_the_figures_in_number_give_none() -> None:
    rows = read_as("Năm 2021, 2022 và 2023, tỷ lệ hồ sơ trực tuyến lần lượt đạt 45% và 62%.")
    assert [row[2] for row in rows] == [None, None]


@pytest.mark.parametrize(
    "text",
    [
        "Trong khi mục tiêu của cả nước là 50%, Sở Y tế đã số hóa 95% hồ sơ.",
        "Cả nước đã triển khai Đề án 06, riêng Sở Y tế đã số hóa 95% hồ sơ.",
    ],
)
def test_what_a_local_body_reached_is_not_the_countrys(text: str) -> None:
    assert [row[3] for row in read_as(text) if row[0] == "95%"] == ["Hải Phòng"]


def test_if_before_a_year_compares_what_was_reached() -> None:
    text = "Nếu năm 2020 mới có 10% hộ dùng mạng thì đến năm 2023 tỷ lệ hộ dùng mạng đạt 62%."
    assert [(row[0], row[2]) for row in read_as(text)] == [("10%", 2020), ("62%", 2023)]
    assert read_as("Nếu hồ sơ nộp qua mạng thì được giảm 50% lệ phí.") == []


def test_an_indicator_named_behind_several_pointed_to_is_read() -> None:
    text = "Thực hiện các chỉ tiêu trên, đến hết năm 2023 tỷ lệ hồ sơ trực tuyến đạt 62%."
    assert [row[:3] for row in read_as(text)] == [("62%", ONLINE, 2023)]
    assert read_as("Các chỉ tiêu trên đến nay đạt 62%.") == []


def test_electronic_tickets_are_no_fee() -> None:
    text = "Năm 2023, vé điện tử chiếm 60% tổng số vé xe buýt."
    assert [row[0] for row in read_as(text)] == ["60%"]
    assert read_as("Giá vé tham quan là 50.000 đồng.") == []


def test_a_note_with_words_of_rules_still_reports() -> None:
    text = (
        "Có trường hợp người dân không được hướng dẫn, phải chờ lâu. Tỷ lệ hồ sơ trực tuyến là 62%."
    )
    assert [row[0] for row in read_as(text)] == ["62%"]


def test_a_column_of_aims_names_the_indicator() -> None:
    table = (
        "| STT | Mục tiêu | Nội dung | Năm 2024 | Năm 2025 |\n|---|---|---|---|---|\n"
        "| 1 | Tỷ lệ hồ sơ trực tuyến | Phát triển chính quyền số | 60% | 80% |\n"
    )
    assert {row[1] for row in read_as(table)} <= {ONLINE}
