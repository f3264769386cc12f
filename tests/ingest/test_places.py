import pytest

from ingest.places import (
    MERGED_ON,
    boundary_on,
    canonical,
    find_places,
    former_units,
    localities,
    unit_today,
)
from ingest.text import fold, has_marks
from tests.timing import seconds_for

TODAY = """
An Giang; Bắc Ninh; Cà Mau; Cao Bằng; Cần Thơ; Đà Nẵng; Đắk Lắk; Điện Biên; Đồng Nai; Đồng Tháp;
Gia Lai; Hà Nội; Hà Tĩnh; Hải Phòng; Huế; Hưng Yên; Khánh Hòa; Lai Châu; Lạng Sơn; Lào Cai;
Lâm Đồng; Nghệ An; Ninh Bình; Phú Thọ; Quảng Ngãi; Quảng Ninh; Quảng Trị; Sơn La; Tây Ninh;
Thái Nguyên; Thanh Hóa; TP. Hồ Chí Minh; Tuyên Quang; Vĩnh Long
"""
GONE = """
Bà Rịa - Vũng Tàu; Bạc Liêu; Bắc Giang; Bắc Kạn; Bến Tre; Bình Dương; Bình Định; Bình Phước;
Bình Thuận; Đắk Nông; Hà Giang; Hà Nam; Hải Dương; Hậu Giang; Hòa Bình; Kiên Giang; Kon Tum;
Long An; Nam Định; Ninh Thuận; Phú Yên; Quảng Bình; Quảng Nam; Sóc Trăng; Thái Bình; Tiền Giang;
Trà Vinh; Vĩnh Phúc; Yên Bái
"""
# Where each unit that is gone went on 1 July 2025, for some of them.
MERGED = {
    "Hà Giang": "Tuyên Quang",
    "Yên Bái": "Lào Cai",
    "Bắc Kạn": "Thái Nguyên",
    "Vĩnh Phúc": "Phú Thọ",
    "Hòa Bình": "Phú Thọ",
    "Bắc Giang": "Bắc Ninh",
    "Thái Bình": "Hưng Yên",
    "Hải Dương": "Hải Phòng",
    "Hà Nam": "Ninh Bình",
    "Nam Định": "Ninh Bình",
    "Quảng Bình": "Quảng Trị",
    "Quảng Nam": "Đà Nẵng",
    "Kon Tum": "Quảng Ngãi",
    "Bình Định": "Gia Lai",
    "Ninh Thuận": "Khánh Hòa",
    "Đắk Nông": "Lâm Đồng",
    "Bình Thuận": "Lâm Đồng",
    "Phú Yên": "Đắk Lắk",
    "Bà Rịa - Vũng Tàu": "TP. Hồ Chí Minh",
    "Bình Dương": "TP. Hồ Chí Minh",
    "Bình Phước": "Đồng Nai",
    "Long An": "Tây Ninh",
    "Sóc Trăng": "Cần Thơ",
    "Hậu Giang": "Cần Thơ",
    "Bến Tre": "Vĩnh Long",
    "Trà Vinh": "Vĩnh Long",
    "Tiền Giang": "Đồng Tháp",
    "Bạc Liêu": "Cà Mau",
    "Kiên Giang": "An Giang",
}


def listed(text: str) -> list[str]:
    return " ".join(text.split()).split("; ")


def names(text: str) -> list[str]:
    return [place.name for place in find_places(text)]


def test_all_34_units_of_today_are_known() -> None:
    assert len(listed(TODAY)) == 34
    assert {item.today for item in localities()} == set(listed(TODAY))


def test_all_63_former_units_are_known_each_once() -> None:
    found = [item.name for item in localities()]
    assert len(found) == len(set(found)) == 63
    assert set(found) == set(listed(TODAY)) | set(listed(GONE))


def test_each_unit_that_is_gone_belongs_to_the_one_it_went_into() -> None:
    assert len(MERGED) == 29
    assert {item.name: item.today for item in localities() if item.name != item.today} == MERGED


def test_a_unit_of_today_is_itself_today() -> None:
    assert all(item.today == item.name for item in localities() if item.name in listed(TODAY))


@pytest.mark.parametrize("name", listed(TODAY) + listed(GONE))
def test_every_locality_is_found_with_and_without_marks_and_in_any_case(name: str) -> None:
    assert names(f"Người dân {name}, năm nay") == [name]
    assert names(f"Nguoi dan {fold(name)}, nam nay") == [name]
    assert names(f"nguoi dan o tinh {fold(name).casefold()} the nao?") == [name]
    assert canonical(name) == canonical(name.casefold()) == canonical(fold(name).casefold()) == name


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("TP.HCM", "TP. Hồ Chí Minh"),
        ("TPHCM", "TP. Hồ Chí Minh"),
        ("TP HCM", "TP. Hồ Chí Minh"),
        ("TP. HCM", "TP. Hồ Chí Minh"),
        ("tphcm", "TP. Hồ Chí Minh"),
        ("Tp. Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("TP.Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("TP Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("thành phố Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("Sài Gòn", "TP. Hồ Chí Minh"),
        ("sai gon", "TP. Hồ Chí Minh"),
        ("Ho Chi Minh City", "TP. Hồ Chí Minh"),
        ("HCMC", "TP. Hồ Chí Minh"),
        ("Thủ đô", "Hà Nội"),
        ("thủ đô Hà Nội", "Hà Nội"),
        ("HN", "Hà Nội"),
        ("Hanoi", "Hà Nội"),
        ("hanoi", "Hà Nội"),
        ("tỉnh Thừa Thiên Huế", "Huế"),
        ("Thừa Thiên - Huế", "Huế"),
        ("Thừa Thiên – Huế", "Huế"),
        ("Thanh Hoá", "Thanh Hóa"),
        ("Khánh Hoà", "Khánh Hòa"),
        ("KHÁNH HOÀ", "Khánh Hòa"),
        ("Hoà Bình", "Hòa Bình"),
        ("Bà Rịa – Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa-Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Bà Rịa Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("Vũng Tàu", "Bà Rịa - Vũng Tàu"),
        ("ba ria vung tau", "Bà Rịa - Vũng Tàu"),
        ("Đăk Lăk", "Đắk Lắk"),
        ("Đắc Lắc", "Đắk Lắk"),
        ("Đăk Nông", "Đắk Nông"),
        ("Bắc Cạn", "Bắc Kạn"),
        ("Kontum", "Kon Tum"),
        ("Da Nang", "Đà Nẵng"),
        ("Danang", "Đà Nẵng"),
        ("HP", "Hải Phòng"),
        ("  Huế ", "Huế"),
        ("T.P. Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("thành phố HCM", "TP. Hồ Chí Minh"),
        ("Tp.HCM", "TP. Hồ Chí Minh"),
        ("TT. Huế", "Huế"),
        ("TT-Huế", "Huế"),
        ("TP. Huế", "Huế"),
        ("BR-VT", "Bà Rịa - Vũng Tàu"),
        ("Hà nội", "Hà Nội"),
        ("Hải phòng", "Hải Phòng"),
        ("ĐăkLăk", "Đắk Lắk"),
        ("Đak Nông", "Đắk Nông"),
        ("Kon-Tum", "Kon Tum"),
        ("đất Cảng", "Hải Phòng"),
        ("Thành phố Cảng", "Hải Phòng"),
        ("thành phố mang tên Bác", "TP. Hồ Chí Minh"),
        ("Tây Đô", "Cần Thơ"),
        ("xứ Thanh", "Thanh Hóa"),
    ],
)
def test_any_known_spelling_leads_to_the_locality(spelling: str, name: str) -> None:
    assert canonical(spelling) == name
    around = "ở {}, năm nay" if has_marks(spelling) else "o {}, nam nay"
    assert set(names(around.format(spelling))) == {name}


@pytest.mark.parametrize("name", ["", "  ", "Paris", "chuyển đổi số", "tỉnh khác", "63"])
def test_what_is_no_locality_has_no_canonical_name(name: str) -> None:
    assert canonical(name) is None


@pytest.mark.parametrize(
    "text",
    [
        "sàn HNX đóng cửa",
        "mã VHP và AHN tăng, phahuế",
        "Long Anh và Huếch toác",
        "chnh thức",
        "một thị trường phẳng",
        "Xuyên suốt Quảng Namibia",
        "duy trì hòa bình, ổn định",
        "Hòa bình là điều kiện để phát triển",
        "giữ gìn hoà bình",
        "giá cước cao bằng năm trước",
        "tư tưởng Hồ Chí Minh",
        "Chủ tịch Hồ Chí Minh căn dặn",
        "Đoàn Thanh niên Cộng sản Hồ Chí Minh",
        "hoc tap tu tuong Ho Chi Minh",
        "chiến dịch Hồ Chí Minh lịch sử",
        "khu vực châu Á - Thái Bình Dương",
        "quân khu Hà Nam Ninh cũ",
        "Việt Nam định hướng phát triển",
        "Phía Nam định hướng dịch vụ",
        "chiến thắng Điện Biên Phủ",
        "diễn biến phức tạp",
        "xã Hòa Bình, phường Bắc Giang",
        "sông Đồng Nai chảy qua",
        "ông Nguyễn Thái Bình và bà Võ Thị Phú Yên",
        "thủ đô Viêng Chăn và thủ đô của các nước",
        "quỹ đất cảng biển, thành phố cảng",
        "máy in HP và hệ HN-72",
        "phòng họp hải sản",
        "danh gia lai ho so",
        "tinh hinh dien bien phuc tap",
        "tat ca mau don",
        "co hai phong ban",
        "hai duong truyen",
        "hoan thanh hoa don",
        "muc thu do nha nuoc quy dinh",
        "vi hoa binh the gioi",
        "hn toi di hoc",
    ],
)
def test_other_words_and_parts_of_words_are_no_places(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("tỉnh hòa bình", "Hòa Bình"),
        ("Hòa Bình đạt 80%", "Hòa Bình"),
        ("HÒA BÌNH", "Hòa Bình"),
        ("tỉnh cao bằng có mấy trạm", "Cao Bằng"),
        ("Cao Bằng dẫn đầu", "Cao Bằng"),
        ("Chủ tịch UBND TP Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("người dân Hồ Chí Minh", "TP. Hồ Chí Minh"),
        ("phía Bắc Ninh Bình", "Ninh Bình"),
        ("thị xã Quảng Trị", "Quảng Trị"),
        ("thành phố Điện Biên Phủ", "Điện Biên"),
        ("của Thủ đô năm 2024", "Hà Nội"),
        ("thái bình đạt bao nhiêu", "Thái Bình"),
        ("tinh gia lai danh gia lai", "Gia Lai"),
        ("hai phong dat bao nhieu", "Hải Phòng"),
        ("dien bien dat bao nhieu", "Điện Biên"),
        ("thu do co may xa", "Hà Nội"),
        ("o hn dat bao nhieu", "Hà Nội"),
        ("NAM ĐỊNH", "Nam Định"),
    ],
)
def test_names_that_are_common_words_too_are_places_where_they_are_written_so(
    text: str, name: str
) -> None:
    assert names(text) == [name]


def test_mentions_come_in_order_with_their_offsets() -> None:
    text = "So sánh Hà Nội,Huế với TP.HCM (và Hà Nội)."
    places = find_places(text)
    assert [place.name for place in places] == ["Hà Nội", "Huế", "TP. Hồ Chí Minh", "Hà Nội"]
    assert [text[place.start : place.end] for place in places] == [
        "Hà Nội",
        "Huế",
        "TP.HCM",
        "Hà Nội",
    ]


def test_the_longer_name_wins_over_the_shorter_one_in_it() -> None:
    assert names("Thừa Thiên Huế") == ["Huế"]
    assert names("Quảng Nam, Hà Nam, Nam Định") == ["Quảng Nam", "Hà Nam", "Nam Định"]


def test_a_name_broken_over_two_lines_is_found() -> None:
    assert names("thành phố Hải\nPhòng") == ["Hải Phòng"]


def test_folded_names_stay_apart() -> None:
    folded = [fold(item.name).casefold() for item in localities()]
    assert len(set(folded)) == 63


def test_many_mentions_in_a_long_text_take_linear_time() -> None:
    assert len(find_places("Hà Nội và Huế. " * 30_000)) == 60_000


@pytest.mark.parametrize("text", ["Tay Do", "tay do", "dat cang", "xu thanh"])
def test_nicknames_are_not_read_without_marks(text: str) -> None:
    assert names(f"nguoi dan {text} noi gi") == []


def test_names_that_share_a_syllable_do_not_hide_each_other() -> None:
    assert names("Bắc Ninh, Ninh Bình, Bình Dương") == ["Bắc Ninh", "Ninh Bình", "Bình Dương"]
    assert names("Thái Bình, Bình Dương") == ["Thái Bình", "Bình Dương"]


@pytest.mark.parametrize(
    ("date", "boundary"),
    [
        ("2025-06-30", "63"),
        (MERGED_ON, "34"),
        ("2025-06", "63"),
        ("2025-08", "34"),
        ("2025-07", None),
        ("2025", None),
        ("2024", "63"),
        ("2026", "34"),
        ("", None),
        (None, None),
    ],
)
def test_the_date_of_a_document_says_which_units_it_speaks_of(
    date: str | None, boundary: str | None
) -> None:
    assert boundary_on(date) == boundary


@pytest.mark.parametrize(
    ("name", "today"), [("Bình Dương", "TP. Hồ Chí Minh"), ("hn", None), ("Hanoi", "Hà Nội")]
)
def test_every_unit_leads_to_the_one_of_today(name: str, today: str | None) -> None:
    assert unit_today(name) == (today or unit_today("Hà Nội"))


def test_a_unit_of_today_names_those_it_was_made_of() -> None:
    assert former_units("ninh binh") == ("Ninh Bình", "Hà Nam", "Nam Định")
    assert former_units("Huế") == ("Huế",)
    assert former_units("Nam Định") == former_units("Paris") == ()


@pytest.mark.parametrize(
    "piece", ["thái bình A ", "gia lai ", "TP. ", "Bà Rịa - ", "Bắc Ninh ", "H"]
)
def test_hostile_text_is_searched_in_time_that_grows_with_its_length(piece: str) -> None:
    small, large = (piece * (size // len(piece)) for size in (20_000, 80_000))
    assert (
        seconds_for(lambda: find_places(large)) < 9 * seconds_for(lambda: find_places(small)) + 0.3
    )
