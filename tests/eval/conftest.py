"""The policy texts that cases of two folders are about, for a developer who has them."""

from pathlib import Path

import pytest

from ingest.text import normalise


def one_spaced(text: str) -> str:
    return " ".join(normalise(text).split())


@pytest.fixture
def texts(shared: Path) -> dict[str, str]:
    """Return the policy texts by file name; skip where a checkout has none."""
    paths = sorted((shared / "corpus_more").glob("*.txt"))
    if not paths:
        pytest.skip("../shared/corpus_more is not here")
    return {path.name: one_spaced(path.read_text(encoding="utf-8")) for path in paths}
