"""The slots of a follow-up, and the earlier question with them."""

from app.slots import measured_alone, only_topic, replaced, slots_of, with_slots

EARLIER = "Năm 2025 Huế có bao nhiêu trạm 5G?"


def test_slots_take_the_place_of_the_earlier_ones() -> None:
    slots = slots_of("Còn 4G ở Hà Nội năm 2030?", EARLIER, None)
    assert replaced(EARLIER, slots) == "Năm 2030 Hà Nội có bao nhiêu trạm 4G?"
    assert not slots.is_doubtful(EARLIER)


def test_slots_that_the_earlier_question_lacks_are_added() -> None:
    slots = slots_of("Còn cấp xã ở Huế năm 2030?", "Có mấy hồ sơ?", None)
    assert with_slots("Có mấy hồ sơ?", slots) == "Có mấy hồ sơ ở cấp xã ở Huế năm 2030?"


def test_a_thing_whose_kind_the_earlier_question_lacks_is_no_slot() -> None:
    assert not slots_of("Còn bệnh viện?", EARLIER, None)


def test_several_of_which_one_may_be_meant_are_doubtful() -> None:
    earlier = "Huế và Hà Nội bên nào cao hơn?"
    assert slots_of("Còn Đà Nẵng?", earlier, None).is_doubtful(earlier)


def test_the_topic_is_left_without_the_words_that_ask() -> None:
    assert only_topic(EARLIER) == "Năm 2025 Huế có trạm 5G"
    assert only_topic("Bao nhiêu?") == "Bao nhiêu"


def test_only_a_measure_of_its_own_stands_alone() -> None:
    slots = slots_of("Còn tỷ lệ hài lòng?", EARLIER, None)
    alone = measured_alone("Còn tỷ lệ hài lòng?", EARLIER, slots)
    assert alone == "Tỷ lệ hài lòng ở Huế năm 2025 là bao nhiêu?"
    assert measured_alone("Còn tỷ lệ?", EARLIER, slots) is None
    assert measured_alone("Còn bệnh viện?", EARLIER, slots) is None
