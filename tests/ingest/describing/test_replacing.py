import pytest

from ingest.describing.replacing import replaced_in, replacing_in

A, B = "64/2007/NĐ-CP", "12/2010/NĐ-CP"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        # The verb before.
        (f"Nghị định này thay thế Nghị định số {A} ngày 10 tháng 4 năm 2007.", A),
        (f"Nghị định này có hiệu lực và thay thế cho các Nghị định số {A}, số {B}.", f"{A} {B}"),
        (f"Bãi bỏ toàn bộ Nghị định số {A}.", A),
        (f"Huỷ bỏ Nghị định số {A}.", A),
        (f"Chấm dứt hiệu lực của Nghị định số {A} kể từ ngày Nghị định này có hiệu lực.", A),
        (f"Nghị định này thay thế Nghị định số {A}; bãi bỏ khoản 2 Điều 4 Nghị định {B}.", A),
        # The verb behind.
        (f"Nghị định số {A} hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", A),
        (f"Kể từ ngày Nghị định này có hiệu lực, Nghị định số {A} hết hiệu lực thi hành.", A),
        (f"Nghị định số {A} không còn hiệu lực kể từ ngày Nghị định này có hiệu lực.", A),
        (f"Nghị định số {A} bị bãi bỏ kể từ ngày Nghị định này có hiệu lực thi hành.", A),
        (f"Nghị định số {A} ngày 10/4/2007 được thay thế bằng Nghị định này.", A),
        (f"Nghị định này có hiệu lực từ ngày ký.|Nghị định số {A} hết hiệu lực.", A),
        # Lists, in one line and in many.
        (f"Nghị định này thay thế các văn bản: Nghị định số {A}; Nghị định số {B}.", f"{A} {B}"),
        (
            "Các văn bản sau đây hết hiệu lực kể từ ngày Nghị định này có hiệu lực:|"
            f"a) Điều 4 Nghị định số 1/2009/NĐ-CP;|b) Các Nghị định số {A}, số {B};|"
            "2. Nghị định số 2/2009/NĐ-CP được áp dụng như trước.",
            f"{A} {B}",
        ),
        # Not this document, not the whole, or not at all.
        (f"Nghị định số {A} hết hiệu lực từ ngày 01 tháng 7 năm 2025.", ""),
        (f"Thông tư này có hiệu lực từ ngày ký.|Nghị định số {A} hết hiệu lực.", ""),
        (f"Nghị định số {A} được thay thế bằng Nghị định số {B}.", ""),
        (f"Thay thế Nghị định số {A} bằng Nghị định số {B} tại các văn bản.", ""),
        (f"Bãi bỏ Điều 5 Nghị định số {A}.", ""),
        (f"Khoản 2 Điều 3 Nghị định số {A} hết hiệu lực kể từ ngày Nghị định này ban hành.", ""),
        (f"Nghị định này hết hiệu lực kể từ ngày Nghị định số {A} có hiệu lực.", ""),
        (f"Nghị định này thay thế Nghị định số {A} (được sửa đổi tại Nghị định số {B}).", A),
        (f"Khi văn bản tại Nghị định này được thay thế thì áp dụng Nghị định số {A}.", ""),
    ],
)
def test_the_documents_that_lose_force_are_found(text: str, numbers: str) -> None:
    assert replaced_in(text.split("|"), "Nghị định") == tuple(numbers.split())


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        (f"Nghị định này đã được thay thế bởi Nghị định số {A}, sau khi bỏ {B}.", (A,)),
        (f"Nghị định này hết hiệu lực kể từ ngày Nghị định số {A} có hiệu lực.", (A,)),
        (f"Thông tư này bị bãi bỏ bởi Nghị định số {A}.", ()),
        (f"Nghị định này thay thế Nghị định số {A}.", ()),
    ],
)
def test_what_has_replaced_the_document_itself_is_found(
    sentence: str, numbers: tuple[str, ...]
) -> None:
    assert replacing_in([sentence], "Nghị định") == numbers
