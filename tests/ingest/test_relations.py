import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from ingest.documents import Description, LegalReference
from ingest.loading.loaded import LoadedFile
from ingest.manifest import DocumentRecord
from ingest.reading import build_document
from ingest.relations import Settlement, Signatures, relate, settle
from tests.factories import make_description


def record(text: str, same_as: str | None = None) -> DocumentRecord:
    return DocumentRecord("root", f"file of {text}", 1, text_digest=text, same_as=same_as)


# a and its copies b and c have one text, d has another.
KNOWN = {"a": record("X"), "b": record("X", "a"), "c": record("X", "a"), "d": record("Y")}


@pytest.mark.parametrize(
    ("removed", "incoming", "stored", "copies", "heirs", "leaving"),
    [
        # Nothing of the stored ones is touched.
        ((), {}, "", {"b": "a", "c": "a"}, (), ""),
        ((), {"e": "X"}, "", {"b": "a", "c": "a", "e": "a"}, (), ""),
        ((), {"e": "Z"}, "e", {"b": "a", "c": "a"}, (), ""),
        (("b",), {}, "", {"c": "a"}, (), ""),
        (("d",), {}, "", {"b": "a", "c": "a"}, (), "d"),
        # The stored one goes, changes, or becomes a copy of another.
        (("a",), {}, "", {"c": "b"}, (("a", "b"),), "a"),
        ((), {"a": "Z"}, "a", {"c": "b"}, (("a", "b"),), "a"),
        ((), {"a": "Y"}, "", {"c": "b", "a": "d"}, (("a", "b"),), "a"),
        (("a", "b"), {}, "", {}, (("a", "c"),), "a"),
        (("a", "b", "c"), {}, "", {}, (), "a"),
        (("a",), {"e": "X"}, "", {"c": "b", "e": "b"}, (("a", "b"),), "a"),
        (("a", "b", "c"), {"e": "X"}, "e", {}, (), "a"),
        # The copies change with it or without it.
        ((), {"b": "Z"}, "b", {"c": "a"}, (), ""),
        ((), {"b": "Z", "c": "Z"}, "b", {"c": "b"}, (), ""),
        ((), {"a": "Z", "b": "Z", "c": "Z"}, "a", {"b": "a", "c": "a"}, (), "a"),
        # All is processed anew, with the same text or another.
        ((), {"b": "X", "a": "X"}, "a", {"b": "a", "c": "a"}, (), "a"),
        ((), {"a": "X", "b": "X", "c": "X", "d": "X"}, "a", dict.fromkeys("bcd", "a"), (), "ad"),
        # Two that had different texts change places.
        ((), {"a": "Y", "d": "X"}, "a", {"c": "b", "d": "b"}, (("a", "b"),), "ad"),
    ],
)
def test_equal_texts_are_settled(
    removed: tuple[str, ...],
    incoming: dict[str, str],
    stored: str,
    copies: dict[str, str],
    heirs: tuple[tuple[str, str], ...],
    leaving: str,
) -> None:
    settled = settle(KNOWN, removed, incoming)
    assert settled == Settlement(frozenset(stored), copies, heirs, frozenset(leaving))


def test_documents_in_memory_are_never_the_same() -> None:
    known = {"a": record("")}
    settled = settle(known, (), {"b": "", "c": ""})
    assert settled == Settlement(frozenset("bc"), {}, (), frozenset())


# --- Near-duplicates ---


def text_of(words: list[str]) -> str:
    return " ".join(words)


def test_a_text_with_a_few_changed_words_is_a_near_duplicate() -> None:
    words = [f"từ{number}" for number in range(1000)]
    changed = words.copy()
    changed[100], changed[700] = "khác", "khác"
    other = [f"chữ{number}" for number in range(1000)]
    signatures = Signatures({})
    near = signatures.add({"a": text_of(words), "b": text_of(changed), "c": text_of(other)})
    assert near["a"] == near["c"] == {}
    assert near["b"] == {"a": pytest.approx(0.98, abs=0.03)}


@pytest.mark.parametrize("share", [0.5, 0.7, 0.9])
def test_the_similarity_is_the_share_of_common_runs(share: float) -> None:
    words = [f"từ{number}" for number in range(2000)]
    kept = int(2000 * (2 * share / (1 + share)))
    changed = words[:kept] + [f"chữ{number}" for number in range(2000 - kept)]
    near = Signatures({}).add({"a": text_of(words), "b": text_of(changed)})["b"]
    assert near == ({"a": pytest.approx(share, abs=0.1)} if share > 0.8 else {})


def test_case_and_layout_do_not_count() -> None:
    text = "Xã mở lớp học số. Người cao tuổi học buổi sáng, thanh niên học buổi tối."
    near = Signatures({}).add(
        {"a": text, "b": text.upper().replace(" ", "\n"), "c": "", "d": "một"}
    )
    assert near == {"a": {}, "b": {"a": 0.99}, "c": {}, "d": {}}


def test_signatures_are_kept_dropped_and_handed_over(tmp_path: Path) -> None:
    signatures = Signatures({})
    texts = {key: f"{key} " * 3 + "một hai ba bốn năm sáu bảy" for key in ("một", "hai", "ba")}
    signatures.add(texts)
    signatures.drop("hai")
    signatures.drop("không có")
    signatures.hand_over("ba", "bốn")
    signatures.save(tmp_path)
    loaded = Signatures.load(tmp_path)
    assert loaded.add({"mới": texts["ba"]})["mới"] == {"ba": 0.99, "bốn": 0.99}
    Signatures({}).save(tmp_path)
    assert Signatures.load(tmp_path).add({"a": "b"}) == {"a": {}}


def test_ten_thousand_documents_are_compared_in_seconds() -> None:
    random = np.random.default_rng(1)
    known = random.integers(0, 1 << 32, size=(10_000, 128), dtype=np.uint32)
    signatures = Signatures(dict(zip(map(str, range(10_000)), known, strict=True)))
    started = time.process_time()
    near = signatures.add({f"mới {number}": f"văn bản {number}" for number in range(100)})
    assert len(near) == 100
    assert time.process_time() - started < 5


# --- What replaced what ---


def replaced(*descriptions: Description) -> dict[str, tuple[str, ...]]:
    told = relate(descriptions, {})
    return {key: item.replaced_by for key, item in told.items() if item.replaced_by}


def test_a_document_is_replaced_by_the_one_that_names_its_number_or_id() -> None:
    older = make_description("cũ.txt", number="12/KH-UBND", date="2021")
    for name in ("12/KH-UBND", "12 / kh-ubnd", "cũ.txt"):
        newer = make_description("mới.txt", replaces=(name,), date="2024-05")
        assert replaced(older, newer) == {"cũ.txt": ("mới.txt",)}


def test_what_front_matter_states_is_left_alone() -> None:
    older = make_description("cũ.txt", number="12/KH-UBND", replaced_by=("90/KH-UBND",))
    newer = make_description("mới.txt", replaces=("12/KH-UBND",))
    assert replaced(older, newer) == {"cũ.txt": ("90/KH-UBND",)}


@pytest.mark.parametrize(
    "other",
    [
        {"locality": "Huế"},
        {"date": "2030"},
        {"number": "13/KH-UBND"},
    ],
)
def test_the_same_number_of_another_place_or_a_later_time_is_not_meant(
    other: dict[str, str],
) -> None:
    fields = {"number": "12/KH-UBND", "locality": "Hà Nội", "date": "2021"} | other
    newer = make_description("mới.txt", replaces=("12/KH-UBND",), locality="Hà Nội", date="2024")
    assert replaced(make_description("cũ.txt", **fields), newer) == {}


def test_of_two_documents_either_may_tell_and_both_have_it() -> None:
    older = make_description("cũ.txt", number="12/KH-UBND", date="2021")
    newer = make_description("mới.txt", number="90/KH-UBND", date="2024")
    for pair in (
        (older, replace(newer, replaces=("12/KH-UBND",))),
        (replace(older, replaced_by=("90/KH-UBND",)), newer),
        (replace(older, replaced_by=("mới.txt",)), newer),
    ):
        told = relate(pair, {})
        assert told["mới.txt"].replaces
        assert told["cũ.txt"].replaced_by
        assert told["mới.txt"].replaced_by == told["cũ.txt"].replaces == ()
    assert relate((replace(older, replaced_by=("90/KH-UBND",)), newer), {})["mới.txt"].replaces == (
        "cũ.txt",
    )


def test_the_date_that_is_told_chooses_among_equal_numbers() -> None:
    first = make_description("2019.txt", number="12/KH-UBND", date="2019-01-05")
    second = make_description("2021.txt", number="12/KH-UBND", date="2021-02-03")
    newer = make_description("mới.txt", replaces=("12/KH-UBND",), date="2024")
    reference = LegalReference("12/KH-UBND", date="2021-02-03")
    dated = replace(newer, legal_documents=(reference,))
    assert replaced(first, second, dated) == {"2021.txt": ("mới.txt",)}
    assert replaced(first, second, newer) == {}
    assert replaced(second, newer) == {"2021.txt": ("mới.txt",)}
    two = (replace(first, locality="Huế"), replace(first, id="b.txt", locality="Hà Nội"))
    assert replaced(*two, replace(newer, locality=None)) == {}


def test_two_files_of_one_document_are_both_replaced() -> None:
    one = make_description("a.pdf", number="12/KH-UBND", date="2021-02-03")
    other = make_description("a.docx", number="12/KH-UBND", date="2021")
    newer = make_description("mới.txt", replaces=("12/KH-UBND",), date="2024")
    assert set(replaced(one, other, newer)) == {"a.pdf", "a.docx"}


def read(document_id: str, text: str) -> Description:
    """Return the description of a document as ingest reads it."""
    return build_document(document_id, LoadedFile(text)).description


HEAD = (
    "ỦY BAN NHÂN DÂN\nTỈNH CÀ MAU\nSố: {number}\nCà Mau, ngày {day}\nQUYẾT ĐỊNH\n"
    "Về việc hỗ trợ người dân học kỹ năng số\n"
    "Điều 1. Hỗ trợ mỗi người học 50.000 đồng.\nĐiều 2. Hiệu lực thi hành\n{last}\n"
)


@pytest.mark.parametrize(
    "last",
    [
        "Quyết định này thay thế Quyết định số {old} ngày 12 tháng 5 năm 2019 của Ủy ban nhân dân.",
        "1. Quyết định này có hiệu lực từ ngày 01/7/2024.\n2. Quyết định số {old} hết hiệu lực kể "
        "từ ngày Quyết định này có hiệu lực.",
        "Bãi bỏ Quyết định số {old} ngày 12/5/2019 về mức hỗ trợ.",
        "Quyết định này có hiệu lực từ ngày ký. Quyết định số {old} hết hiệu lực thi hành.",
        "Các văn bản sau đây hết hiệu lực kể từ ngày Quyết định này có hiệu lực thi hành:\n"
        "a) Khoản 2 Điều 1 Quyết định số 3/2018/QĐ-UBND;\nb) Quyết định số {old}.",
    ],
)
def test_a_repeal_as_officials_write_it_stands_in_both_documents(last: str) -> None:
    number = "15/2019/QĐ-UBND"
    old_text = HEAD.format(
        number=number,
        day="12 tháng 5 năm 2019",
        last="Quyết định này có hiệu lực kể từ ngày ký.",
    )
    new_text = HEAD.format(
        number="08/2024/QĐ-UBND",
        day="20 tháng 6 năm 2024",
        last=last.format(old=number),
    )
    told = relate([read("cũ.txt", old_text), read("mới.txt", new_text)], {})
    assert told["mới.txt"].replaces == (number,)
    assert told["cũ.txt"].replaced_by == ("mới.txt",)
    assert told["cũ.txt"].replaces == told["mới.txt"].replaced_by == ()


def test_a_document_does_not_replace_itself() -> None:
    both = make_description("a.txt", number="12/KH-UBND", replaces=("12/KH-UBND", "a.txt"))
    assert replaced(both) == {}
