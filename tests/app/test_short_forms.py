"""Short forms and English terms, and what they stand for."""

import tomllib
from importlib.resources import files

import pytest

from app.short_forms import english_terms, expansions, find_short_forms, written_out

DATA = tomllib.loads(files("ingest").joinpath("data/abbreviations.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mục tiêu CĐS", "mục tiêu chuyển đổi số"),
        ("muc tieu cds", "muc tieu chuyển đổi số"),
        ("KTS và XHS", "kinh tế số và xã hội số"),
        ("nộp TTHC ko mất tiền", "nộp thủ tục hành chính không mất tiền"),
        ("dvctt ntn", "dịch vụ công trực tuyến như thế nào"),
        ("Sở TT&TT", "Sở thông tin và truyền thông"),
        ("bộ BTTTT", "bộ thông tin và truyền thông"),
        ("chỉ số DTI", "chỉ số chuyển đổi số"),
        ("PCI là j", "chỉ số năng lực cạnh tranh cấp tỉnh là gì"),
        ("bnhiu ng dùng VNeID", "bao nhiêu người dùng định danh điện tử"),
        ("hs trễ hạn", "hồ sơ trễ hạn"),
        ("nộp hs", "nộp hồ sơ"),
        ("hs tiểu học", "học sinh tiểu học"),
        ("các hs lớp 5", "các học sinh lớp 5"),
        ("tt online", "thanh toán trực tuyến"),
        ("tt cá nhân", "thông tin cá nhân"),
        ("TT 02 quy định", "thông tư 02 quy định"),
        ("tt hành chính", "thủ tục hành chính"),
        ("tt dữ liệu", "trung tâm dữ liệu"),
        ("gđ 2021", "giai đoạn 2021"),
        ("hộ gđ", "hộ gia đình"),
        ("gđ sở y tế", "giám đốc sở y tế"),
        ("các dn nhỏ", "các doanh nghiệp nhỏ"),
        ("phục vụ kh", "phục vụ khách hàng"),
        ("kh số 12", "kế hoạch số 12"),
        ("ct hành động", "chương trình hành động"),
        ("phó ct tỉnh", "phó chủ tịch tỉnh"),
        ("CT số 5", "chỉ thị số 5"),
        ("đk online", "đăng ký trực tuyến"),
        ("đk gì", "điều kiện gì"),
        ("bv dữ liệu", "bảo vệ dữ liệu"),
        ("các bv", "các bệnh viện"),
        ("kinh tế xh", "kinh tế xã hội"),
        ("xh thứ mấy", "xếp hạng thứ mấy"),
        ("AI là gì", "trí tuệ nhân tạo là gì"),
        ("Ko mất tiền", "không mất tiền"),
    ],
)
def test_a_short_form_stands_for_what_its_neighbours_tell(typed: str, meant: str) -> None:
    assert written_out(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "Ai ký?",
        "ai chủ trì",
        "Quyết định 4098/QĐ-UBND",
        "Nghị quyết 57-NQ/TW",
        "Kế hoạch số 12/KH-UBND",
        "quán cà phê trong hẻm",
        "hs",
        "tt",
        "ct",
        "dn",
        "đt",
        "theo nq",
        "Mạng 5G",
        "Rạng Đông",
        "ông Lê R ở Preak Ko",
        "Zalo",
        "",
    ],
)
def test_words_numbers_and_doubtful_short_forms_are_left_alone(typed: str) -> None:
    assert find_short_forms(typed) == []


def test_each_expansion_is_given_once() -> None:
    assert expansions("CĐS là j, cds ntn") == ("chuyển đổi số", "gì", "như thế nào")


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("digital economy", ("kinh tế số",)),
        ("Digital  economies", ()),
        ("online public services", ("dịch vụ công trực tuyến",)),
        ("smart cities and companies", ("thành phố thông minh", "doanh nghiệp")),
        ("How satisfied are they?", ("hài lòng",)),
        ("planet", ()),
        ("e-commerce in communes", ("thương mại điện tử", "cấp xã")),
    ],
)
def test_english_terms_are_read_as_whole_words_the_longest_first(
    typed: str, terms: tuple[str, ...]
) -> None:
    assert english_terms(typed) == terms


def test_there_are_many_short_forms_and_terms() -> None:
    assert len(DATA["vi"]) + len({entry["short"] for entry in DATA["context"]}) >= 170
    assert len(DATA["en"]) >= 200


def test_every_reading_by_context_names_a_neighbour_without_marks() -> None:
    for entry in DATA["context"]:
        neighbours = entry.get("before", "") + entry.get("after", "")
        assert neighbours
        assert neighbours.isascii()
