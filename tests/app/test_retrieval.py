"""Retrieval on a real library: dense and lexical scores fused, places honoured softly."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from app.build import build_retriever
from app.lookup import Registry
from app.questions import understand
from app.retrieval import LangChainRetriever, Retriever
from app.settings import RetrievalSettings, Settings
from ingest.documents import SourceDocument
from ingest.pipeline import ingest_documents, remove_documents
from ingest.settings import IngestSettings
from tests.doubles import HashingEmbedder
from tests.factories import make_bulletin as plain

LIBRARY_TEXT = "Thư viện số mở cửa phục vụ bạn đọc cả tuần, cho mượn sách điện tử miễn phí."
FIBRE_TEXT = "Cáp quang đã kéo tới mọi thôn bản, hộ nghèo được hỗ trợ cước mạng."
CLINIC_TEXT = "Trạm y tế xã dùng bệnh án điện tử và nhận lịch khám qua tổng đài."
TRAFFIC_TEXT = "Camera ở các ngã tư đếm xe và điều khiển đèn tín hiệu theo lưu lượng."


def stored(folder: Path, documents: Sequence[SourceDocument]) -> Path:
    """Return a library that holds the documents."""
    ingest_documents(folder, documents, IngestSettings(), open_embedder=lambda _: HashingEmbedder())
    return folder


def opened(library: Path, **retrieval: float) -> Retriever:
    settings = Settings(retrieval=RetrievalSettings(**retrieval))  # type: ignore[arg-type]
    return build_retriever(library, settings, HashingEmbedder())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {
        "thu-vien.txt": LIBRARY_TEXT,
        "cap-quang.txt": FIBRE_TEXT,
        "y-te.txt": CLINIC_TEXT,
        "giao-thong.txt": TRAFFIC_TEXT,
    }
    documents = [plain(text, name) for name, text in texts.items()]
    return stored(tmp_path_factory.mktemp("retrieval") / "library", documents)


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("Mượn sách điện tử ở thư viện có mất tiền không?", "thu-vien.txt"),
        ("Hộ nghèo được hỗ trợ cước mạng ra sao?", "cap-quang.txt"),
        ("Đặt lịch khám ở trạm y tế bằng cách nào?", "y-te.txt"),
        ("Đèn tín hiệu ở ngã tư được điều khiển thế nào?", "giao-thong.txt"),
    ],
)
def test_the_passage_that_answers_comes_first(question: str, document: str, library: Path) -> None:
    hits = opened(library).search(question, 4)
    assert hits[0].passage.document.id == document
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    ("marked", "unmarked"),
    [
        ("Hộ nghèo được hỗ trợ cước mạng ra sao?", "ho ngheo duoc ho tro cuoc mang ra sao?"),
        ("Trạm y tế nhận lịch khám qua đâu?", "tram y te nhan lich kham qua dau?"),
    ],
)
def test_a_question_typed_without_marks_finds_the_same_passage(
    marked: str, unmarked: str, library: Path
) -> None:
    retriever = opened(library)
    assert retriever.search(unmarked, 1)[0].passage == retriever.search(marked, 1)[0].passage


def test_a_hit_holds_the_passage_as_stored_and_its_cosine(library: Path) -> None:
    question = "Thư viện cho mượn sách điện tử?"
    hit = opened(library).search(question, 1)[0]
    assert hit.passage.text == LIBRARY_TEXT
    assert hit.passage.quote(hit.passage.sentences[0]) == LIBRARY_TEXT
    embedder = HashingEmbedder()
    vectors = embedder.embed_passages([f"Bản tin\n{LIBRARY_TEXT}", question])
    assert hit.cosine == pytest.approx(float(vectors[0] @ vectors[1]), abs=1e-4)


@pytest.mark.parametrize("limit", [1, 3])
def test_no_more_hits_are_given_than_asked_for(limit: int, library: Path) -> None:
    assert len(opened(library).search("Thư viện có gì?", limit)) == limit


def test_without_a_limit_the_settings_decide(library: Path) -> None:
    retriever = opened(library, hits=2)
    current = retriever._source.current()
    question = understand("Thư viện có gì?", (), current.syllables)
    assert len(retriever.retrieve(question, current)) == 2


def test_more_hits_than_passages_are_not_invented(library: Path) -> None:
    hits = opened(library).search("Thư viện có gì?", 50)
    assert len({hit.passage.id for hit in hits}) == len(hits) == 4


def test_a_library_that_was_emptied_gives_no_hits(tmp_path: Path) -> None:
    library = stored(tmp_path / "library", [plain(LIBRARY_TEXT, "a.txt")])
    retriever = opened(library)
    assert len(retriever.search("Thư viện có gì?", 5)) == 1
    remove_documents(library, ["a.txt"], IngestSettings())
    assert retriever.search("Thư viện có gì?", 5) == ()


def test_words_that_no_passage_has_do_no_harm(library: Path) -> None:
    assert len(opened(library).search("Qwertz uiop?", 4)) == 4


# --- The place bonus ---------------------------------------------------------------------------


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Path:
    documents = [
        plain(LIBRARY_TEXT, "a.txt", locality="Đà Nẵng"),
        plain(LIBRARY_TEXT, "b.txt", locality="Huế"),
        plain(FIBRE_TEXT, "c.txt", locality="Huế"),
        plain(TRAFFIC_TEXT, "d.txt", locality="Cần Thơ"),
    ]
    return stored(tmp_path_factory.mktemp("places") / "library", documents)


def order(library: Path, question: str, **retrieval: float) -> list[str]:
    return [hit.passage.document.id for hit in opened(library, **retrieval).search(question, 4)]


@pytest.mark.parametrize(("place", "first"), [("Huế", "b.txt"), ("Đà Nẵng", "a.txt")])
def test_of_equal_passages_that_of_the_place_asked_about_comes_first(
    place: str, first: str, places: Path
) -> None:
    assert order(places, f"Thư viện số của {place} cho mượn sách?")[0] == first


def test_without_the_bonus_the_place_of_the_document_does_not_count(places: Path) -> None:
    found = order(places, "Thư viện số của Huế cho mượn sách?", place_bonus=0)
    assert found[:2] == ["a.txt", "b.txt"]


def test_the_bonus_is_soft_and_shuts_no_other_place_out(places: Path) -> None:
    found = order(places, "Thư viện số của Huế cho mượn sách điện tử miễn phí?")
    assert set(found) == {"a.txt", "b.txt", "c.txt", "d.txt"}
    assert found.index("a.txt") < found.index("c.txt")


# --- Places and years set side by side ---------------------------------------------------------


def test_each_place_that_is_set_beside_another_has_its_turn(places: Path) -> None:
    found = order(places, "So sánh camera đèn tín hiệu của Đà Nẵng, Huế và Cần Thơ.")
    assert set(found[:3]) >= {"a.txt", "d.txt"}
    assert {"b.txt", "c.txt"} & set(found[:3])


# --- Rows of the target registry ---------------------------------------------------------------


@pytest.fixture(scope="module")
def targets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    texts = {
        "Huế": "Năm 2022, Huế có 61% hộ có cáp quang. Đến năm 2025, Huế phấn đấu có 90% hộ có "
        "cáp quang.",
        "Cần Thơ": "Năm 2022, Cần Thơ có 48% hộ có cáp quang. Năm 2022, Cần Thơ có 52 trạm sạc.",
    }
    documents = [
        plain(text, f"{number}.txt", locality=place)
        for number, (place, text) in enumerate(texts.items())
    ]
    return stored(tmp_path_factory.mktemp("targets") / "library", documents)


def rows_asked(library: Path, question: str) -> list[tuple[str | None, int | None, str]]:
    retriever = opened(library)
    current = retriever._source.current()
    understood = understand(question, (), current.syllables)
    rows = retriever.rows_asked(understood, Registry(*current.targets()))
    return [(row.locality, row.year, row.value) for row in rows]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Tỷ lệ hộ có cáp quang của Huế năm 2025 là bao nhiêu?", [("Huế", 2025, "90%")]),
        ("Tỷ lệ hộ có cáp quang của Cần Thơ năm 2022?", [("Cần Thơ", 2022, "48%")]),
        ("Tỷ lệ hộ có cáp quang của Đà Nẵng năm 2022?", []),
    ],
)
def test_the_rows_of_the_place_and_year_asked_about_are_found(
    question: str, expected: list[tuple[str, int, str]], targets: Path
) -> None:
    found = rows_asked(targets, question)
    assert found[:1] == expected
    assert all(row[:2] == expected[0][:2] for row in found)


def test_each_side_of_a_comparison_finds_rows_of_its_own(targets: Path) -> None:
    found = rows_asked(targets, "So sánh tỷ lệ hộ có cáp quang của Huế và Cần Thơ năm 2022.")
    assert {row[0] for row in found} == {"Huế", "Cần Thơ"}
    assert {row[1] for row in found} == {2022}
    assert len(set(found)) == len(found)


def test_passages_of_rows_stand_behind_the_hits_and_none_is_doubled(targets: Path) -> None:
    retriever = opened(targets)
    current = retriever._source.current()
    rows, _ = current.targets()
    hits = retriever.search("Hộ có cáp quang ở Huế?", 1)
    found = retriever.beside_rows(current, rows, hits)
    assert found[: len(hits)] == hits
    ids = [hit.passage.id for hit in found]
    assert len(set(ids)) == len(ids) == 2
    assert [hit.by_row for hit in found] == [False, True]
    assert all(hit.score <= hits[-1].score for hit in found[1:])
    assert retriever.beside_rows(current, (), hits) == hits


# --- The weights of the two legs ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "weight"),
    [
        ("Hộ nghèo được hỗ trợ gì?", "dense_weight"),
        ("ho ngheo duoc ho tro gi", "dense_weight"),
        ("How many cameras are at the crossings of the city?", "dense_weight_english"),
    ],
)
def test_each_language_has_a_dense_weight_of_its_own(
    question: str, weight: str, library: Path
) -> None:
    others = dict.fromkeys(("dense_weight", "dense_weight_english"), 0.0)
    hits = opened(library, **(others | {weight: 1.0})).search(question, 4)
    scores, cosines = [hit.score for hit in hits], [hit.cosine for hit in hits]
    # Only the dense leg counts: the scores are the cosines, standardised.
    standardised = (np.array(cosines) - np.mean(cosines)) / np.std(cosines)
    assert scores == pytest.approx(list(standardised), abs=1e-4)


@pytest.mark.parametrize(
    "question", ["Thư viện cho mượn sách?", "Thu viện cho muon sach?", "THƯ VIEN CHO MƯỢN SÁCH?"]
)
def test_the_words_count_however_they_are_typed(question: str, library: Path) -> None:
    hits = opened(library, dense_weight=0.0).search(question, 4)
    assert hits[0].passage.document.id == "thu-vien.txt"
    assert hits[0].score > hits[1].score


def test_a_document_number_brings_its_passage_in_where_no_vector_would(tmp_path: Path) -> None:
    fillers = [
        plain(f"Kế hoạch bàn việc gì ở phường {name}.", f"{name}.txt") for name in "abcdefghijklmn"
    ]
    wanted = plain(f"{FIBRE_TEXT} {CLINIC_TEXT} {TRAFFIC_TEXT} Theo 917/KH-UBND.", "o.txt")
    library = stored(tmp_path / "library", [*fillers, wanted])
    question = "Kế hoạch 917/KH-UBND bàn việc gì?"
    retriever = opened(library, candidates=10, dense_weight=0.1)
    assert retriever.search(question, 3)[0].passage.document.id == "o.txt"
    current = retriever._source.current()
    nearest = current.nearest(HashingEmbedder().embed_query(question), 10)
    assert "o.txt#00000" not in {match.passage_id for match in nearest}


# --- For LangChain -----------------------------------------------------------------------------


def test_the_retrieval_is_a_langchain_retriever(library: Path) -> None:
    retriever = LangChainRetriever(retriever=opened(library), limit=2)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke("Hộ nghèo được hỗ trợ cước mạng ra sao?")
    assert len(found) == 2
    assert all(isinstance(document, Document) for document in found)
    best = found[0]
    assert best.page_content == FIBRE_TEXT
    assert best.id == "cap-quang.txt#00000"
    score = best.metadata.pop("score")
    assert score == pytest.approx(
        opened(library).search("Hộ nghèo được hỗ trợ cước mạng ra sao?", 1)[0].score
    )
    assert best.metadata == {
        "document": "cap-quang.txt",
        "title": "Bản tin",
        "publisher": None,
        "date": None,
        "heading": [],
        "start": 0,
        "end": len(FIBRE_TEXT),
    }
