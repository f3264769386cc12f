"""Small talk is told from questions, near misses included."""

import pytest

from app.small_talk import SmallTalk, small_talk

# Sayings are divided by bars.
TALK: dict[SmallTalk, str] = {
    "greeting": """
        Xin chào | chào bạn! | hi | Hello bot | alo | Chào buổi sáng | chao buoi toi ad |
        em chào anh chị ạ | kính chào | Hi there! | Good morning | bạn có khỏe không? |
        chào cả nhà | Dạ chào ad ạ | hey
    """,
    "thanks": """
        Cảm ơn bạn nhiều | thanks | cam on | Ok cảm ơn nhé | xin cảm ơn ạ |
        thank you so much | tks ad | ok | Vâng | Hiểu rồi ạ | hay quá | vâng, cảm ơn em |
        Được rồi. | great!
    """,
    "goodbye": """
        tạm biệt | bye | Bye bye | goodbye! | hẹn gặp lại bạn | see you later |
        chúc ngủ ngon | tam biet nhe
    """,
    "about": """
        Bạn là ai? | ban la ai vay | bạn tên gì | Em tên là gì thế? | who are you? |
        hãy tự giới thiệu bản thân đi | cho hỏi bạn là ai ạ | What's your name? |
        bot ơi bạn là gì | Đây là gì?
    """,
    "maker": """
        ai tạo ra bạn? | Ai đã làm ra bạn vậy | bạn do ai tạo ra |
        Bạn được đơn vị nào xây dựng? | who made you? | ai phat trien he thong nay |
        Trang này do cơ quan nào vận hành? | bạn là sản phẩm của công ty nào?
    """,
    "human": """
        bạn có phải người thật không? | ban la nguoi hay may | Bạn là robot à? |
        Are you a human? | are you a bot or a person | Bạn là AI phải không? |
        bạn có dùng ChatGPT không | em là người thật ạ
    """,
    "freshness": """
        dữ liệu cập nhật đến bao giờ? | du lieu duoc cap nhat khi nao |
        Thông tin của bạn cập nhật tới năm nào? | bạn biết đến bao giờ |
        Bạn lấy dữ liệu ở đâu? | When was your data last updated? |
        how recent is your data? | dữ liệu lấy từ đâu ra |
        tài liệu cập nhật lần cuối khi nào vậy
    """,
    "help": """
        bạn giúp gì được? | giúp gì được | ban lam duoc gi |
        Bạn có thể giúp tôi những gì? | tôi có thể hỏi gì? | What can you do? | help |
        Bạn trả lời được những câu hỏi nào? | hướng dẫn sử dụng chatbot | giúp tôi với |
        bạn biết gì | What can I ask? | giúp được gì
    """,
}
QUESTIONS = """
    chào bán dịch vụ số là gì |
    Chào bạn, kinh tế số của Hà Nội chiếm bao nhiêu phần trăm? |
    Cảm ơn, còn Hải Phòng? | hi bạn ơi cho hỏi kinh tế số chiếm bao nhiêu |
    Hiện nay có bao nhiêu trạm phát sóng? | Ai tạo ra dữ liệu mở? |
    ai xây dựng hệ thống một cửa điện tử? | Ban chỉ đạo là ai? | cam on con hai phong thi sao |
    Bạn có biết ai ký quyết định này không? | bạn cho biết tỷ lệ hộ có cáp quang |
    Ai quản lý dữ liệu dân cư? | Chữ ký số là gì? | AI là gì? | ok thế còn Huế? |
    Dữ liệu đất đai được cập nhật khi nào? | Cơ sở dữ liệu cập nhật đến đâu rồi? |
    người dân được giúp gì? | Tổ công nghệ số giúp được gì cho người dân? |
    Tôi có thể hỏi về căn cước ở đâu? | Robot là gì? | chào mừng ngày 10/10 có gì? |
    hệ thống thông tin giải quyết thủ tục là gì? | Máy chủ đặt ở đâu? |
    Tên chương trình là gì? | thủ tục tạm trú thế nào | Help desk của thành phố? |
    Cảm ơn bạn. Chỉ tiêu năm 2030 là gì? | who made the decision? |
    What is your target for 2030? | thông tin lấy ở đâu để nộp hồ sơ |
    em là công chức thì cần gì? | Bạn bè quốc tế đánh giá thế nào? | ???
"""


def divided(listed: str) -> list[str]:
    return [" ".join(said.split()) for said in listed.split("|")]


@pytest.mark.parametrize(
    ("said", "kind"), [(said, kind) for kind, listed in TALK.items() for said in divided(listed)]
)
def test_small_talk_is_told(said: str, kind: str) -> None:
    assert small_talk(said) == kind


@pytest.mark.parametrize("asked", [*divided(QUESTIONS), "", "???"])
def test_a_question_is_no_small_talk_whatever_it_begins_with(asked: str) -> None:
    assert small_talk(asked) is None
