import json
from pathlib import Path

import pytest

from eval.__main__ import main
from eval.documents import (
    MEASURES,
    GoldDocument,
    date_is_right,
    documents_report,
    documents_summary,
    read_gold,
    score_document,
    totals,
)
from eval.errors import EvalError
from ingest.documents import Description, Dropped, LegalReference, SourceDocument

TEXT = "Tin xã\nLớp học ban đêm\n(ABC) - Lớp mở ở bản.\nẢnh: An\nẢnh: An\nHết chuyện./."
GOLD = {
    "doc": "a.txt",
    "title": "Lớp học ban đêm",
    "title_in_text": True,
    "publisher": "Báo ABC",
    "author": None,
    "published": None,
    "published_inferred": "2024-05-02/2024-06-30",
    "locality": "Huế",
    "legal_documents": [{"number": "4-NQ/TW", "date": "2021-03-02", "canonical_number": "4-NQ/TU"}],
    "boilerplate": [{"text": "Tin xã"}, {"text": "Ảnh: An"}, {"text": "Ảnh: An"}],
    "inline_noise": ["(ABC) - ", "./."],
    "headings": [{"text": "Lớp học ban đêm"}],
}
RIGHT = Description(
    id="a.txt",
    title="LỚP HỌC BAN ĐÊM",
    publisher="ABC",
    date="2024-05",
    date_basis="inferred",
    locality="Thừa Thiên Huế",
    legal_documents=(LegalReference("4-NQ/TW", date="2021-03-02", canonical="4-NQ/TU"),),
)
ALL = ("Tin xã", "(ABC) - ", "Ảnh: An\nẢnh: An", "./.")


def document(description: Description = RIGHT, dropped: tuple[str, ...] = ALL) -> SourceDocument:
    spans = [(TEXT.index(piece), piece) for piece in dropped]
    gone = tuple(Dropped(start, start + len(piece), "x") for start, piece in sorted(spans))
    return SourceDocument(description=description, text=TEXT, dropped=gone)


def gold(**changes: object) -> GoldDocument:
    return GoldDocument.model_validate({**GOLD, **changes})


def failures(source: SourceDocument, **changes: object) -> list[str]:
    counts = score_document(gold(**changes), source).counts
    return [line for count in counts.values() for line in count.failures]


def test_what_is_right_has_no_failure() -> None:
    score = score_document(gold(), document())
    assert failures(document()) == []
    assert (score.invented, score.wrong_lines, score.wrong_characters) == ((), (), 0)
    assert {name: (c.right, c.of) for name, c in score.counts.items()} == {
        **dict.fromkeys(MEASURES, (1, 1)),
        "boilerplate": (3, 3),
        "inline_noise": (2, 2),
    }


@pytest.mark.parametrize(
    ("change", "measure"),
    [
        ({"title": "Lớp học"}, "titles"),
        ({"publisher": "Báo XYZ"}, "publishers"),
        ({"publisher": None}, "publishers"),
        ({"author": "An"}, "authors"),
        ({"locality": "Cà Mau"}, "localities"),
        ({"date": "2024-07"}, "dates"),
        ({"date_basis": "stated"}, "dates"),
        ({"date": None, "date_basis": None}, "dates"),
    ],
)
def test_each_wrong_value_is_a_failure_of_its_measure(
    change: dict[str, object], measure: str
) -> None:
    values = {name: getattr(RIGHT, name) for name in Description.__dataclass_fields__}
    wrong = document(Description(**{**values, **change}))
    counts = score_document(gold(), wrong).counts
    assert [name for name, count in counts.items() if count.failures] == [measure]


def test_a_title_that_is_not_in_the_text_does_not_count() -> None:
    counts = score_document(gold(title="Khác", title_in_text=False), document()).counts
    assert (counts["titles"].right, counts["titles"].of) == (0, 0)


@pytest.mark.parametrize(
    ("references", "found", "dated", "invented"),
    [
        ((), 0, (0, 0), ()),
        ((LegalReference("4-NQ/TW"),), 0, (0, 0), ("4-NQ/TW",)),
        ((LegalReference("4-NQ/TW", canonical="4-NQ/TU"),), 1, (0, 1), ()),
        (
            (*RIGHT.legal_documents, LegalReference("9/KH-UBND")),
            1,
            (1, 1),
            ("9/KH-UBND",),
        ),
    ],
)
def test_legal_documents_found_and_invented(
    references: tuple[LegalReference, ...],
    found: int,
    dated: tuple[int, int],
    invented: tuple[str, ...],
) -> None:
    description = Description(id="a.txt", title="x", legal_documents=references)
    score = score_document(gold(), document(description))
    dates = score.counts["legal_dates"]
    assert score.counts["legal_documents"].right == found
    assert (dates.right, dates.of) == dated
    assert score.invented == invented


def test_a_line_of_which_a_word_stays_is_not_dropped() -> None:
    kept = failures(document(dropped=("Tin", "(ABC) - ", "Ảnh: An\nẢnh: An", "./.")))
    assert kept == ["not dropped: 'Tin xã'"]
    once = failures(document(dropped=("Tin xã", "(ABC) - ", "Ảnh: An", "./.")))
    assert once == ["not dropped: 'Ảnh: An'"]


def test_noise_that_stays_and_prose_that_goes() -> None:
    score = score_document(gold(), document(dropped=(*ALL[:-1], "chuyện./.")))
    assert score.counts["inline_noise"].right == 2
    assert (score.wrong_lines, score.wrong_characters) == (("Hết chuyện./.",), len("chuyện"))
    assert failures(document(dropped=ALL[:-1])) == ["noise not dropped: './.'"]


def test_a_heading_that_goes_is_a_failure_and_wrongly_dropped() -> None:
    source = document(dropped=("Lớp học ban đêm", *ALL))
    assert failures(source) == ["heading dropped: 'Lớp học ban đêm'"]
    assert score_document(gold(), source).wrong_lines == ("Lớp học ban đêm",)


@pytest.mark.parametrize(
    ("span", "ours", "right"),
    [
        ("2024-05-02", "2024-05-02", True),
        ("2024-05-02T14:28", "2024-05-02", True),
        ("2024-05-02", "2024-05-03", False),
        ("2024-05-02", "2024-05", False),
        ("2024-05-02/2024-06-30", "2024-05", True),
        ("2024-05-02/2024-06-30", "2024-06-30", True),
        ("2024-05-02/2024-06-30", "2024-07", False),
        ("2024-05-02/2024-06-30", "2024-05-01", False),
        ("2024-05-02/2024-06-30", "2024", True),
        ("2024-05-02/2024-05-30", "2024", False),
        ("2023-09-01/2023-12-31", "2024", False),
    ],
)
def test_a_date_lies_in_gold_s_range(span: str, ours: str, right: bool) -> None:
    assert date_is_right(span, ours) is right


def test_the_report_and_the_summary_say_the_same() -> None:
    scores = [
        score_document(gold(), document()),
        score_document(gold(locality="Cà Mau"), document()),
    ]
    assert totals(scores)["localities"].failures == ("locality 'Thừa Thiên Huế', gold 'Cà Mau'",)
    summary = documents_summary(scores)
    assert summary["localities"] == {"right": 1, "of": 2}
    assert summary["legal_documents"] == {"right": 2, "of": 2, "invented": 0}
    assert summary["wrongly_dropped"] == {"lines": 0, "characters": 0}
    report = documents_report(scores)
    assert "localities          1 of 2" in report
    assert "a.txt: locality 'Thừa Thiên Huế', gold 'Cà Mau'" in report


def test_the_command_ends_with_one_line_of_json(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Lớp học ban đêm\nLớp mở ở bản xa.", encoding="utf-8")
    file = tmp_path / "gold.json"
    plain = {"publisher": None, "published_inferred": None, "locality": None}
    empty = {"legal_documents": [], "boilerplate": [], "inline_noise": []}
    file.write_text(json.dumps([{**GOLD, **plain, **empty}]), encoding="utf-8")
    assert main(["documents", "--gold", str(file), "--corpus", str(tmp_path)]) == 0
    last = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert last["titles"] == {"right": 1, "of": 1}


def test_a_bad_gold_file_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "gold.json"
    file.write_text('[{"doc": "a.txt"}]', encoding="utf-8")
    with pytest.raises(EvalError, match="title"):
        read_gold(file)
    assert main(["documents", "--gold", str(file), "--corpus", str(tmp_path)]) == 1
    assert capsys.readouterr().err.count("\n") == 1


def test_the_shared_documents_are_described_and_cleaned_right(
    shared: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = shared / "eval" / "documents_gold.json"
    assert main(["documents", "--gold", str(file), "--corpus", str(shared / "corpus")]) == 0
    summary = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert summary.pop("wrongly_dropped") == {"lines": 0, "characters": 0}
    assert summary["legal_documents"].pop("invented") == 0
    assert all(count["right"] == count["of"] > 0 for count in summary.values())
