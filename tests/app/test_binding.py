"""The figure that a part asks for: weighed by its own words, by what it counts, by its aim."""

from collections.abc import Callable

import pytest

from app.asked import Part
from app.binding import Bound, alike, is_increment, unit_of, weigh
from ingest.text import fold
from tests.factories import make_inquiry


def bound(question: str, *texts: str) -> list[Bound]:
    inquiry = make_inquiry(question, *texts)
    asked = inquiry.question.asked
    return weigh(inquiry.topic, asked.parts[0], asked, inquiry.facts)


def best(question: str, *texts: str) -> str:
    return bound(question, *texts)[0].fact.text


def written(question: str, *texts: str) -> set[str]:
    return {one.fact.text for one in bound(question, *texts)}


CENTRE = (
    "Trung tâm dữ liệu của tỉnh có 12 phòng máy, được xây trong 18 tháng trên khu đất rộng 3 ha "
    "với kinh phí 45 tỷ đồng."
)
SHARES = "Đến cuối kỳ có 35% hộ dùng ví điện tử, 60% hồ sơ nộp qua mạng và 80% trường có thư viện."
COUNTS = "Tỉnh có 1.734 điểm phát wifi, 52 trạm sạc và 9 nhà văn hóa."


@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Bao nhiêu phần trăm hộ dùng ví điện tử?", SHARES, "35%"),
        ("Bao nhiêu phần trăm hồ sơ nộp qua mạng?", SHARES, "60%"),
        ("Bao nhiêu phần trăm trường có thư viện?", SHARES, "80%"),
        ("Tỉnh có mấy điểm phát wifi?", COUNTS, "1.734 điểm phát wifi"),
        ("Tỉnh có mấy trạm sạc?", COUNTS, "52 trạm sạc"),
        ("Tỉnh có bao nhiêu nhà văn hóa?", COUNTS, "9 nhà văn hóa"),
        ("Trung tâm dữ liệu có mấy phòng máy?", CENTRE, "12 phòng máy"),
    ],
)
def test_of_several_figures_the_one_with_the_words_asked_for_is_the_best(
    question: str, text: str, expected: str
) -> None:
    assert best(question, text) == expected


@pytest.mark.parametrize(
    ("question", "units"),
    [
        ("Tỉnh chi bao nhiêu tiền cho trung tâm dữ liệu?", {"45 tỷ đồng"}),
        ("Tỉnh chi bao nhiêu tỷ đồng cho trung tâm dữ liệu?", {"45 tỷ đồng"}),
        ("Trung tâm dữ liệu được xây trong bao lâu?", {"18 tháng"}),
        ("Trung tâm dữ liệu xây trong bao nhiêu tháng?", {"18 tháng"}),
        ("Trung tâm dữ liệu rộng bao nhiêu hecta?", {"3 ha"}),
    ],
)
def test_money_time_and_size_are_only_figures_of_such_units(question: str, units: set[str]) -> None:
    assert written(question, CENTRE) == units


def test_money_is_no_number_of_things() -> None:
    assert "45 tỷ đồng" not in written("Trung tâm dữ liệu có mấy phòng máy?", CENTRE)


def test_a_share_is_no_number_of_things() -> None:
    found = written("Có bao nhiêu trạm sạc?", "Trạm sạc phủ 40% số chợ, có 52 trạm sạc.")
    assert found == {"52 trạm sạc"}


def test_parts_of_a_text_are_counted_only_where_they_are_asked_for() -> None:
    text = "Đề án về thư viện nêu 27 nhiệm vụ."
    assert best("Đề án nêu bao nhiêu nhiệm vụ?", text) == "27 nhiệm vụ"
    assert written("Đề án nêu bao nhiêu thư viện?", text) == set()


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Tỉnh có bao nhiêu trụ sạc?", "1.308 trụ sạc"),
        ("Tỉnh lắp thêm bao nhiêu trụ sạc?", "52 trụ sạc"),
    ],
)
def test_what_came_on_top_is_no_total(question: str, expected: str) -> None:
    text = "Tỉnh lắp thêm 52 trụ sạc ở chợ, nhờ vậy toàn tỉnh có 1.308 trụ sạc."
    assert best(question, text) == expected


def test_a_figure_of_what_is_denied_does_not_answer_what_is_affirmed() -> None:
    text = "Tỉnh có 7 xã chưa có cáp quang, 112 xã đã có cáp quang."
    assert best("Bao nhiêu xã có cáp quang?", text) == "112 xã"


def test_a_figure_of_what_is_affirmed_does_not_answer_what_is_denied() -> None:
    text = "Tỉnh có 112 xã đã có cáp quang, 7 xã chưa có cáp quang."
    assert best("Bao nhiêu xã chưa có cáp quang?", text) == "7 xã"


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Kế hoạch được ban hành ngày nào?", {"ngày 14/3/2022"}),
        ("Kế hoạch được ban hành tháng nào?", {"ngày 14/3/2022", "5/2023"}),
        ("Kế hoạch được ban hành năm nào?", {"2021", "ngày 14/3/2022", "5/2023"}),
    ],
)
def test_a_date_is_as_fine_as_it_is_asked_for(question: str, expected: set[str]) -> None:
    text = "Kế hoạch soạn năm 2021, ra ngày 14/3/2022, được sửa vào tháng 5/2023."
    assert written(question, text) == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Huế đặt mục tiêu bao nhiêu phần trăm hộ có cáp quang?", "90%"),
        ("Huế đã đạt bao nhiêu phần trăm hộ có cáp quang?", "61%"),
    ],
)
def test_targets_answer_for_targets_and_results_for_results(question: str, expected: str) -> None:
    aim = "Huế đặt mục tiêu đến năm 2025 có 90% hộ có cáp quang."
    result = "Năm 2022, Huế đã có 61% hộ có cáp quang."
    assert best(question, f"{aim} {result}") == expected


def test_a_total_counts_before_one_of_its_parts() -> None:
    text = "Ở vùng núi có 40 trạm sạc. Tổng cộng toàn tỉnh có 130 trạm sạc."
    assert best("Tỉnh có bao nhiêu trạm sạc?", text) == "130 trạm sạc"


def test_what_is_measured_chooses_between_sums_of_money() -> None:
    text = "Công ty đạt doanh thu 900 tỷ đồng, nộp thuế 80 tỷ đồng."
    assert best("Công ty đạt doanh thu bao nhiêu?", text) == "900 tỷ đồng"
    assert best("Công ty nộp thuế bao nhiêu tiền?", text) == "80 tỷ đồng"


def test_a_row_that_the_question_finds_speaks_for_its_figure() -> None:
    text = "Năm 2022, Huế có 61% hộ dùng mạng. Năm 2022, Huế có 62% hộ dùng mạng."
    inquiry = make_inquiry("Bao nhiêu phần trăm hộ dùng mạng?", text)
    part = inquiry.question.asked.parts[0]
    for value in ("61%", "62%"):
        found = weigh(
            inquiry.topic,
            part,
            inquiry.question.asked,
            inquiry.facts,
            lambda row, value=value: 0 if row and row.value == value else None,  # type: ignore[misc]
        )
        assert found[0].fact.text == value


def test_a_part_that_asks_for_no_figure_has_none() -> None:
    inquiry = make_inquiry("Ai ký?", COUNTS)
    assert weigh(inquiry.topic, Part("who", 0), inquiry.question.asked, inquiry.facts) == []


def test_support_tells_how_far_a_figure_is_about_the_topic() -> None:
    near = bound("Tỉnh có mấy trạm sạc?", COUNTS)[0].support
    (far,) = bound("Ở đó có mấy bảo tàng robot?", "Ở vùng núi có 5 chợ.")
    assert near.of_figure
    assert (near.missing, near.noun) == (0.0, 1.0)
    assert near.share > 0.5
    assert far.support.missing == 1.0
    assert far.support.share == 0.0
    assert far.support.noun < 0


def test_figures_of_one_indicator_and_unit_are_alike() -> None:
    text = "Năm 2021 có 55% hộ có cáp quang. Năm 2022 có 61% hộ có cáp quang. Tỉnh mở 9 chợ đêm."
    facts = {fact.text: fact for fact in make_inquiry("Cáp quang?", text).facts}
    same = alike(facts["55%"], facts["61%"])
    other = alike(facts["55%"], facts["9 chợ đêm"])
    assert same > 0.7 > other
    assert unit_of(facts["55%"]) == "%"


# --- Dates of an event, from when on -----------------------------------------------------------

IN_FORCE = (
    "Quyết định 4321/QĐ-UBND ngày 14/6/2032 về thuyền giấy có hiệu lực từ ngày 1/7/2032, "
    "thay cho quy chế cũ."
)


@pytest.mark.parametrize("write", [str, fold])
def test_the_date_behind_a_number_is_that_of_issue_and_of_nothing_else(
    write: Callable[[str], str],
) -> None:
    asked = "Quyết định 4321/QĐ-UBND {} ngày nào?"
    assert written(write(asked.format("có hiệu lực")), IN_FORCE) == {"ngày 1/7/2032"}
    assert "ngày 14/6/2032" in written(write(asked.format("ban hành")), IN_FORCE)
    issued = "Quyết định 4321/QĐ-UBND (ban hành ngày 14/6/2032) sẽ có hiệu lực sau."
    assert written(write(asked.format("có hiệu lực")), issued) == set()


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "text", "expected"),
    [
        ("Chợ thuyền mở từ ngày nào?", "Chợ thuyền mở đến hết ngày 30/6/2031.", set()),
        ("Chợ thuyền đóng từ ngày nào?", "Chợ thuyền đóng trước ngày 30/6/2031.", set()),
        (
            "Chợ thuyền mở từ ngày nào?",
            "Chợ thuyền mở từ ngày 2/6/2031 đến hết ngày 30/6/2031.",
            {"ngày 2/6/2031"},
        ),
        (
            "Chợ thuyền mở đến ngày nào?",
            "Chợ thuyền mở đến hết ngày 30/6/2031.",
            {"ngày 30/6/2031"},
        ),
    ],
)
def test_from_which_day_on_is_not_told_by_the_day_of_an_end(
    question: str, text: str, expected: set[str], write: Callable[[str], str]
) -> None:
    assert written(write(question), text) == expected


# --- Ranks of an index, numbers of a kind of text ----------------------------------------------

BOATS = "Năm 2031, bến trăng xếp thứ 7/63 về chỉ số thuyền giấy."
DIGITAL = "Năm 2031, bến trăng xếp thứ 9/63 về DTI."


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Bến trăng xếp thứ mấy về chỉ số hài lòng?", set()),
        ("Bến trăng xếp thứ mấy về chỉ số chuyển đổi số?", {"xếp thứ 9/63"}),
        ("Bến trăng xếp thứ mấy?", {"xếp thứ 7/63", "xếp thứ 9/63"}),
    ],
)
def test_a_rank_is_one_in_the_index_that_is_asked_for(
    question: str, expected: set[str], write: Callable[[str], str]
) -> None:
    assert written(write(question), BOATS, DIGITAL) == expected


TEXTS = (
    "Thuyền giấy nằm trong Nghị định 77/2031/NĐ-CP, Tờ trình 12/TTr-STC và Quyết định 4321/QĐ-UBND."
)


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize("question", ["{} nào nói về thuyền giấy?", "{} về thuyền giấy số mấy?"])
@pytest.mark.parametrize(
    ("genre", "expected"),
    [
        ("Quyết định", {"4321/QĐ-UBND"}),
        ("Nghị định", {"77/2031/NĐ-CP"}),
        ("Tờ trình", {"12/TTr-STC"}),
        ("Thông tư", set()),
        ("Văn bản", {"4321/QĐ-UBND", "77/2031/NĐ-CP", "12/TTr-STC"}),
    ],
)
def test_a_number_is_that_of_the_kind_of_text_that_is_asked_for(
    question: str, genre: str, expected: set[str], write: Callable[[str], str]
) -> None:
    assert written(write(question.format(genre)), TEXTS) == expected


# --- Money in tỷ -------------------------------------------------------------------------------

SPENT = "Làng chi 4,5 tỷ đồng cho 12 nghìn khách và 45 trạm sạc."


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Làng chi bao nhiêu tỷ đồng?", {"4,5 tỷ đồng"}),
        ("Làng chi bao nhiêu tỷ?", {"4,5 tỷ đồng"}),
        ("Làng chi mấy tỷ cho trạm sạc?", {"4,5 tỷ đồng"}),
        ("Làng đón bao nhiêu nghìn khách?", {"12 nghìn khách"}),
        ("Làng chi bao nhiêu triệu đồng?", {"4,5 tỷ đồng"}),
    ],
)
def test_what_is_asked_in_ty_is_told_in_ty(
    question: str, expected: set[str], write: Callable[[str], str]
) -> None:
    assert written(write(question), SPENT) == expected


# --- Rises and parts ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "rise"),
    [
        ("Làng lắp thêm 1.000 trạm sạc.", True),
        ("Làng có 1.000 trạm sạc mới.", True),
        ("Làng bổ sung 1.000 trạm sạc.", True),
        ("Làng có 1.000 trạm sạc.", False),
        ("Làng mới đạt 1.000 trạm sạc.", False),
        ("Làng mới chỉ có 1.000 trạm sạc.", False),
        ("Làng mới được khoảng 1.000 trạm sạc.", False),
    ],
)
def test_what_came_on_top_is_told_from_what_is_only_reached_by_now(text: str, rise: bool) -> None:
    (one,) = bound("Làng có bao nhiêu trạm sạc?", text)
    assert is_increment(one.fact) is rise


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    "part",
    ["Trong số đó có 40 trạm sạc.", "Mỗi ngành có 40 trạm sạc.", "Riêng chợ có 40 trạm sạc."],
)
def test_a_part_ranks_below_the_whole_if_no_part_is_asked_for(
    part: str, write: Callable[[str], str]
) -> None:
    question, whole = write("Có bao nhiêu trạm sạc?"), "Có 130 trạm sạc."
    alone = {one.fact.text: one.score for one in bound(question, part)}
    same = {one.fact.text: one.score for one in bound(question, "Nơi đó có 40 trạm sạc.")}
    assert alone["40 trạm sạc"] < same["40 trạm sạc"]
    assert best(question, f"{part} {whole}") == "130 trạm sạc"


@pytest.mark.parametrize("write", [str, fold])
@pytest.mark.parametrize(
    "text", ["Mỗi năm có 40 trạm sạc.", "Mỗi tháng có 40 trạm sạc.", "Nơi đó có 40 trạm sạc."]
)
def test_what_is_told_by_the_year_is_no_part(text: str, write: Callable[[str], str]) -> None:
    found = bound(write("Có bao nhiêu trạm sạc?"), text, "Làng có 9 trạm sạc.")
    scores = {one.fact.text: one for one in found}
    one, other = scores["40 trạm sạc"], scores["9 trạm sạc"]
    assert (
        abs(
            (one.score - one.fact.evidence.topic / 2)
            - (other.score - other.fact.evidence.topic / 2)
        )
        < 0.01
    )


@pytest.mark.parametrize("write", [str, fold])
def test_a_part_that_is_asked_for_is_taken(write: Callable[[str], str]) -> None:
    question = write("Trong số đó có bao nhiêu trạm sạc?")
    assert best(question, "Có 130 trạm sạc. Trong số đó có 40 trạm sạc.") == "40 trạm sạc"
