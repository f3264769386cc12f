"""Things that take each other's place are found in text with and without marks."""

import pytest

from app.alternatives import find_alternatives, without_alternatives


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Cấp xã và cấp huyện", ["cấp xã", "cấp huyện"]),
        ("cap xa thi sao", ["cấp xã"]),
        ("mạng 5g", ["5G"]),
        ("Người già dùng gì?", ["người cao tuổi"]),
        ("doanh nghiệp nhỏ và vừa", ["doanh nghiệp nhỏ và vừa"]),
        ("cung cấp xăng", []),
        ("15Gb", []),
    ],
)
def test_each_is_found_under_its_own_name_the_longest_first(text: str, names: list[str]) -> None:
    assert [item.name for item in find_alternatives(text)] == names


def test_those_of_a_kind_share_it() -> None:
    village, district, network = find_alternatives("cấp xã, cấp huyện, 5G")
    assert village.kind == district.kind != network.kind


def test_the_text_without_them_keeps_all_else() -> None:
    rest = without_alternatives("Bao nhiêu trạm 5G ở cấp xã?")
    assert " ".join(rest.split()) == "Bao nhiêu trạm ở ?"
