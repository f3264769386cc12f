import time

import pytest

from ingest.differing import Difference, differing_figures, told

PLAN = (
    "Kế hoạch mở lớp học số ở các thôn. Tỷ lệ hồ sơ trực tuyến của xã đạt 80% vào cuối năm. "
    "Xã lắp 12 trạm phát sóng ở vùng cao.\n"
    "Kinh phí dự kiến là 1.250 triệu đồng, lấy từ ngân sách huyện."
)


@pytest.mark.parametrize(
    ("old", "new", "differences"),
    [
        ("đạt 80%", "đạt 90%", [("trực tuyến của xã đạt 90% vào cuối", "80%")]),
        (
            "1.250 triệu",
            "1.520 triệu",
            [("Kinh phí dự kiến là 1.520 triệu đồng, lấy", "1.250 triệu")],
        ),
        # The same value in another form and other words are no difference.
        ("1.250 triệu", "1,25 tỷ", []),
        ("các thôn", "mọi thôn", []),
        ("80% vào", "80%\nvào", []),
        (" vào cuối năm", " vào cuối năm 2027", [("đạt 80% vào cuối năm 2027", "")]),
        ("Xã lắp 12 trạm phát sóng ở vùng cao.", "", [("", "Xã lắp 12 trạm phát")]),
    ],
)
def test_figures_that_differ_are_found_in_their_words(
    old: str, new: str, differences: list[tuple[str, str]]
) -> None:
    assert old in PLAN
    changed = PLAN.replace(old, new)
    assert differing_figures(changed, PLAN) == tuple(Difference(*item) for item in differences)


def test_two_figures_of_one_sentence_stay_with_their_own() -> None:
    here = "Doanh thu quý này là 45 tỷ đồng, quý trước là 38 tỷ đồng."
    there = here.replace("45", "54").replace("38", "83")
    assert [(d.here.count("45"), d.there) for d in differing_figures(here, there)] == [
        (1, "54 tỷ"),
        (0, "83 tỷ"),
    ]


def test_a_sentence_that_moved_or_stands_twice_is_no_difference() -> None:
    first, second = "Xã có 5 thôn.", "Huyện có 12 xã."
    assert differing_figures(f"{first} {second} {first}", f"{second} {first}") == ()


def test_of_a_long_run_of_new_words_the_figures_are_compared() -> None:
    here = "\n".join(f"Thôn {number} có {number * 7} hộ dùng dịch vụ." for number in range(2000))
    there = here.replace(" 119 hộ", " 911 hộ").replace("hộ", "nhà")
    assert differing_figures(here, there) == (Difference("Thôn 17 có 119 hộ dùng", "911"),)


def test_equal_texts_do_not_differ_and_empty_ones_neither() -> None:
    assert differing_figures(PLAN, PLAN) == differing_figures("", "") == ()


def test_a_note_names_a_few_and_counts_the_rest() -> None:
    many = [Difference(f"đạt {number}%", f"{number + 1}%") for number in range(6)]
    note = told(many)
    assert note.startswith("figures differ: here “đạt 0%”, there “1%”; ")
    assert note.endswith("there “4%”; and 2 more")
    assert told([Difference("5 thôn", "")]) == "figures differ: here “5 thôn”, not there"
    assert told([Difference("", "5 thôn")]) == "figures differ: only there “5 thôn”"
    assert told([]) == "no figure differs"


def test_long_texts_are_compared_in_seconds() -> None:
    lines = [f"Thôn {number} có {number * 7} hộ dùng dịch vụ số." for number in range(5000)]
    other = [line.replace("hộ", "nhà") if n % 9 == 0 else line for n, line in enumerate(lines)]
    started = time.process_time()
    assert differing_figures("\n".join(lines), "\n".join(other)) == ()
    assert time.process_time() - started < 5
