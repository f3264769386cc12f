from pathlib import Path

import pytest

from ingest.vocabulary import Vocabulary, save_vocabulary

WORDS = ["số", "", "kinh tế", "kinh", "tế", "\0", "a", "đ", "ư\u031b", "2025", "số hóa"]


def test_each_word_has_its_place_for_a_number(tmp_path: Path) -> None:
    save_vocabulary(tmp_path, WORDS)
    vocabulary = Vocabulary.open(tmp_path)
    assert [vocabulary.number(word) for word in WORDS] == list(range(len(WORDS)))


@pytest.mark.parametrize("word", ["s", "số h", "số hóaa", "KINH", "\uffff", "zzz", "ô"])
def test_a_word_that_is_not_there_has_none(tmp_path: Path, word: str) -> None:
    save_vocabulary(tmp_path, WORDS)
    assert Vocabulary.open(tmp_path).number(word) is None


def test_no_words_are_saved_and_opened(tmp_path: Path) -> None:
    save_vocabulary(tmp_path, [])
    assert Vocabulary.open(tmp_path).number("số") is None


@pytest.mark.parametrize("name", ["words.bin", "numbers.npy"])
def test_words_that_lost_a_part_are_not_opened(tmp_path: Path, name: str) -> None:
    save_vocabulary(tmp_path, WORDS)
    (tmp_path / name).write_bytes((tmp_path / name).read_bytes()[:-3])
    with pytest.raises((OSError, ValueError)):
        Vocabulary.open(tmp_path)
