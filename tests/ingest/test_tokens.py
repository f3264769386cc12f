from pathlib import Path

from ingest.tokens import TokenTable


def words(table: TokenTable) -> dict[str, list[str]]:
    names = list(table.vocabulary)
    return {key: [names[number] for number in row] for key, row in table.rows.items()}


def filled() -> TokenTable:
    table = TokenTable()
    table.add("một", ["xã", "số", "xã"])
    table.add("hai", [])
    table.add("ba", ["tỉnh", "số"])
    return table


def test_a_table_is_read_as_it_was_written(tmp_path: Path) -> None:
    filled().save(tmp_path / "table.npz")
    loaded = TokenTable.load(tmp_path / "table.npz")
    assert words(loaded) == {"một": ["xã", "số", "xã"], "hai": [], "ba": ["tỉnh", "số"]}
    loaded.add("bốn", ["số", "mới"])
    assert words(loaded)["bốn"] == ["số", "mới"]


def test_a_part_of_a_table_holds_no_token_of_the_rest() -> None:
    part = filled().only(["ba", "hai"])
    assert words(part) == {"ba": ["tỉnh", "số"], "hai": []}
    assert list(part.vocabulary) == ["số", "tỉnh"]
    assert list(part.vocabulary.values()) == [0, 1]


def test_an_empty_table_is_kept_too(tmp_path: Path) -> None:
    TokenTable().only([]).save(tmp_path / "table.npz")
    assert words(TokenTable.load(tmp_path / "table.npz")) == {}
    assert TokenTable().flat().size == 0
