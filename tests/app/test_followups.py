"""Conversations: what the last question is understood as, and whether that is doubtful."""

from datetime import date

import pytest

from app.answers import Turn
from app.followups import complete

TODAY = date(2031, 6, 1)
ECONOMY = "Đến năm 2025, Hà Nội đặt mục tiêu kinh tế số bao nhiêu phần trăm?"
FIBRE = "Tỷ lệ hộ gia đình có cáp quang là bao nhiêu?"
PLAN = "Kế hoạch chuyển đổi số của Huế được ban hành ngày nào?"
PLAN_TOPIC = "Kế hoạch chuyển đổi số của Huế được ban hành"
STATIONS = "Hải Phòng có bao nhiêu trạm 5G?"
ENGLISH = "What is the target of Hanoi for the digital economy by 2025?"

# Turns are divided by " / "; those that begin with "=" are the assistant's.
CONVERSATIONS = [
    # A place takes the place of the earlier one.
    (f"{ECONOMY} / Còn Hải Phòng thì sao?", ECONOMY.replace("Hà Nội", "Hải Phòng")),
    (f"{ECONOMY} / con hai phong thi sao", ECONOMY.replace("Hà Nội", "Hải Phòng")),
    (f"{ECONOMY} / Đà Nẵng?", ECONOMY.replace("Hà Nội", "Đà Nẵng")),
    (f"{ECONOMY} / thế ở Cần Thơ", ECONOMY.replace("Hà Nội", "Cần Thơ")),
    (f"{ECONOMY} / Ở Huế thì bao nhiêu?", ECONOMY.replace("Hà Nội", "Huế")),
    (f"{ECONOMY} / o hue thi bao nhieu", ECONOMY.replace("Hà Nội", "Huế")),
    (f"{ECONOMY} / Vậy Thủ đô và Huế?", ECONOMY.replace("Hà Nội", "Hà Nội và Huế")),
    (f"{FIBRE} / Còn Huế?", "Tỷ lệ hộ gia đình có cáp quang là bao nhiêu ở Huế?"),
    (f"{FIBRE} / của Huế là mấy?", "Tỷ lệ hộ gia đình có cáp quang là bao nhiêu ở Huế?"),
    # A year or a span takes the place of the earlier one.
    (f"{ECONOMY} / thế đến 2030?", ECONOMY.replace("2025", "2030")),
    (f"{ECONOMY} / the den 2030", ECONOMY.replace("2025", "2030")),
    (f"{ECONOMY} / năm 2030 là bao nhiêu?", ECONOMY.replace("2025", "2030")),
    (f"{ECONOMY} / Vậy con số đó năm trước là mấy?", ECONOMY.replace("2025", "2024")),
    (f"{ECONOMY} / vay con so do nam truoc la may", ECONOMY.replace("2025", "2024")),
    (f"{ECONOMY} / Còn năm sau?", ECONOMY.replace("2025", "2026")),
    (f"{ECONOMY} / Còn năm nay?", ECONOMY.replace("2025", "2031")),
    (f"{FIBRE} / còn năm ngoái?", "Tỷ lệ hộ gia đình có cáp quang là bao nhiêu năm 2030?"),
    (f"{FIBRE} / thế năm 2030 thì sao", "Tỷ lệ hộ gia đình có cáp quang là bao nhiêu năm 2030?"),
    (
        f"{ECONOMY} / Còn giai đoạn 2026-2030?",
        "Đến giai đoạn 2026-2030, Hà Nội đặt mục tiêu kinh tế số bao nhiêu phần trăm?",
    ),
    ("Giai đoạn 2021-2025 Huế làm gì? / Còn 2030?", "Năm 2030 Huế làm gì?"),
    # Both at once.
    (
        f"{ECONOMY} / Thế còn Đà Nẵng năm 2030 thì sao?",
        "Đến năm 2030, Đà Nẵng đặt mục tiêu kinh tế số bao nhiêu phần trăm?",
    ),
    # One of several things of a kind.
    (f"{ECONOMY} / Còn xã hội số?", ECONOMY.replace("kinh tế số", "xã hội số")),
    (f"{ECONOMY} / con xa hoi so thi sao", ECONOMY.replace("kinh tế số", "xã hội số")),
    (f"{STATIONS} / Thế 4G?", STATIONS.replace("5G", "4G")),
    (f"{STATIONS} / còn 4g ở Huế", "Huế có bao nhiêu trạm 4G?"),
    (
        "Cấp huyện có bao nhiêu hồ sơ trễ hạn? / cấp xã thì bao nhiêu?",
        "cấp xã có bao nhiêu hồ sơ trễ hạn?",
    ),
    (
        "Có bao nhiêu hồ sơ trễ hạn? / cấp xã thì bao nhiêu?",
        "Có bao nhiêu hồ sơ trễ hạn ở cấp xã?",
    ),
    ("Bao nhiêu học sinh có học bạ số? / còn sinh viên?", "Bao nhiêu sinh viên có học bạ số?"),
    ("Nông thôn phủ cáp quang chưa? / thành thị thì sao?", "thành thị phủ cáp quang chưa?"),
    # Something else asked of the same topic: the topic is joined, without its words that ask.
    (f"{PLAN} / Ai ký?", f"{PLAN_TOPIC}; Ai ký?"),
    (f"{PLAN} / ai ky", f"{PLAN_TOPIC}; ai ky"),
    (f"{PLAN} / Kinh phí bao nhiêu?", f"{PLAN_TOPIC}; Kinh phí bao nhiêu?"),
    (f"{PLAN} / Vì sao?", f"{PLAN_TOPIC}; Vì sao?"),
    (f"{PLAN} / Kế hoạch đó có mấy mục tiêu?", f"{PLAN_TOPIC}; Kế hoạch đó có mấy mục tiêu?"),
    (f"{STATIONS} / Đơn vị nào chủ trì?", "Hải Phòng có trạm 5G; Đơn vị nào chủ trì?"),
    (f"{STATIONS} / Còn Huế xếp thứ mấy?", "Huế có trạm 5G; Còn Huế xếp thứ mấy?"),
    (
        f"{ECONOMY} / Nó có tăng không?",
        "Đến năm 2025, Hà Nội đặt mục tiêu kinh tế số; Nó có tăng không?",
    ),
    # What is set beside the topic takes no place in it.
    (f"{STATIONS} / So với Huế thì sao?", "Hải Phòng có trạm 5G; So với Huế thì sao?"),
    (f"{STATIONS} / Huế nhiều hơn không?", "Hải Phòng có trạm 5G; Huế nhiều hơn không?"),
    (
        "Năm 2023 Huế có mấy hồ sơ? / So với năm 2022 thì tăng bao nhiêu?",
        "Năm 2023 Huế có hồ sơ; So với năm 2022 thì tăng bao nhiêu?",
    ),
    (f"{STATIONS} / Vì sao lại ít vậy?", "Hải Phòng có trạm 5G; Vì sao lại ít vậy?"),
    # Another measure takes over the place and the year alone.
    (f"{ECONOMY} / Còn tỷ lệ hài lòng?", "Tỷ lệ hài lòng ở Hà Nội năm 2025 là bao nhiêu?"),
    (f"{ECONOMY} / con ty le hai long", "Ty le hai long ở Hà Nội năm 2025 là bao nhiêu?"),
    (f"{STATIONS} / Thế số bệnh viện thì sao?", "Số bệnh viện ở Hải Phòng là bao nhiêu?"),
    (f"{STATIONS} / Còn tỷ lệ hộ nghèo ở Huế là bao nhiêu?", "Tỷ lệ hộ nghèo ở Huế là bao nhiêu?"),
    # Several turns.
    (
        f"{ECONOMY} / Còn Huế? / Thế 2030?",
        "Đến năm 2030, Huế đặt mục tiêu kinh tế số bao nhiêu phần trăm?",
    ),
    (
        f"{ECONOMY} / =30% [1]. / Còn Huế? / =Không có. / xã hội số thì sao? / =20%. / Thế 2030?",
        "Đến năm 2030, Huế đặt mục tiêu xã hội số bao nhiêu phần trăm?",
    ),
    (f"{ECONOMY} / =30%. / Cảm ơn bạn / Còn Huế?", ECONOMY.replace("Hà Nội", "Huế")),
    (f"{ECONOMY} / {STATIONS} / Còn Huế?", STATIONS.replace("Hải Phòng", "Huế")),
    ("= Xin chào. / Kinh tế số là gì?", "Kinh tế số là gì?"),
    # What an answer names.
    (
        f"{ECONOMY} / =Theo Kế hoạch số 12/KH-UBND, 30%. / Văn bản này do ai ký?",
        "kế hoạch 12/KH-UBND do ai ký?",
    ),
    (
        "Huế có kế hoạch không? / =Có, Nghị quyết 57-NQ/TW nêu rõ."
        " / Nghị quyết ấy ban hành khi nào?",
        "nghị quyết 57-NQ/TW ban hành khi nào?",
    ),
    (
        "Ai là bí thư? / =Ông Trần Văn Bình là bí thư. / Ông ấy nói gì?",
        "ông Trần Văn Bình nói gì?",
    ),
    (
        "Tháng 3 có gì? / =Có hội nghị về dữ liệu mở, ở Huế. / Hội nghị ấy có mấy người dự?",
        "hội nghị về dữ liệu mở có mấy người dự?",
    ),
    # English.
    (f"{ENGLISH} / What about Hai Phong?", ENGLISH.replace("Hanoi", "Hải Phòng")),
    (f"{ENGLISH} / what about Huế", ENGLISH.replace("Hanoi", "Huế")),
    (f"{ENGLISH} / And in 2030?", ENGLISH.replace("2025", "2030")),
    (f"{ENGLISH} / How about digital society?", ENGLISH.replace("economy", "society")),
    ("How many schools have fibre? / What about Hanoi?", "How many schools have fibre in Hà Nội?"),
    (f"{ENGLISH} / Why?", f"{ENGLISH.rstrip('?')}; Why?"),
    (f"{ENGLISH} / Who signed it?", f"{ENGLISH.rstrip('?')}; Who signed it?"),
]


def turns(conversation: str) -> tuple[str, list[Turn]]:
    *earlier, typed = conversation.split(" / ")
    history = [
        Turn("assistant", said[1:]) if said.startswith("=") else Turn("user", said)
        for said in earlier
    ]
    return typed, history


@pytest.mark.parametrize(("conversation", "understood"), CONVERSATIONS)
def test_a_follow_up_is_completed_from_what_was_said(conversation: str, understood: str) -> None:
    assert complete(*turns(conversation), TODAY).text == understood


ALONE = [
    "Kinh tế số là gì?",
    "DTI là gì?",
    "AI là gì?",
    "Dân số Huế?",
    "Nghị quyết 57-NQ/TW",
    "Thế giới nói gì về chính quyền số của Đà Nẵng?",
    "Thế nào là chính quyền số?",
    "Con số thuê bao di động của Hải Phòng là bao nhiêu?",
    "con so thue bao di dong cua hai phong la bao nhieu",
    "Đô thị thông minh được quy hoạch ra sao?",
    "do thi thong minh duoc quy hoach ra sao",
    "thu do co bao nhieu tram phat song",
    "Vậy Đà Nẵng có bao nhiêu bệnh viện dùng bệnh án điện tử?",
    "Còn Hải Phòng có bao nhiêu trạm phát sóng ở huyện đảo?",
    "Thế thủ tục hành chính cấp xã có bao nhiêu hồ sơ trễ hạn phải xin lỗi?",
    "Tỷ lệ người dân hài lòng là bao nhiêu?",
    "Hiện nay có bao nhiêu bãi đỗ xe?",
    "Có bao nhiêu doanh nghiệp nhỏ và vừa?",
    "Công chức là gì?",
    "don vi do ai lanh dao trong chuyen doi so",
    "hien nay ha noi co may benh vien",
    "Người dân nộp hồ sơ ở đâu khi hệ thống lỗi?",
    "How many hospitals does Hue have?",
    "What is a digital signature?",
    "Malvik nằm ở đâu?",
    "Ai đã gặp Albert?",
    "con trai cua ho ten la gi khi di hoc",
    "Bệnh viện tỉnh kết nối dữ liệu thì nó dùng chuẩn nào?",
    "Which decision approved the programme of Hanoi?",
]


@pytest.mark.parametrize("typed", ALONE)
def test_a_question_that_says_all_it_asks_is_never_joined(typed: str) -> None:
    done = complete(typed, [Turn("user", ECONOMY), Turn("assistant", "30%.")], TODAY)
    assert (done.text, done.unsure) == (typed, False)


@pytest.mark.parametrize(
    "conversation",
    [
        "Còn Hải Phòng thì sao?",
        "Văn bản này do ai ký?",
        "Hà Nội hay Huế có kinh tế số cao hơn? / Còn Đà Nẵng?",
        "So sánh năm 2025 với năm 2030 / Còn 2028?",
        f"{STATIONS} / =Ông Trần Văn Bình và ông Lê Văn An. / Ông ấy là ai?",
        f"{STATIONS} / Bệnh viện, trường học?",
        f"{STATIONS} / Huế có mục tiêu gì?",
    ],
)
def test_a_completion_that_may_be_meant_otherwise_is_doubtful(conversation: str) -> None:
    assert complete(*turns(conversation), TODAY).unsure


@pytest.mark.parametrize("conversation", [f"{ECONOMY} / Còn Huế?", f"{PLAN} / Ai ký?"])
def test_a_plain_completion_is_not_doubtful(conversation: str) -> None:
    assert not complete(*turns(conversation), TODAY).unsure
