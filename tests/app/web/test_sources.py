"""Where a quote stands, in words."""

from app.web.sources import place_label
from app.web.strings import load_strings
from tests.app.web.doubles import HAI_PHONG, citation_of, passage_of


def test_a_heading_that_the_passage_shows_itself_is_not_repeated() -> None:
    document = HAI_PHONG.document
    opened = passage_of(document, "Hạ tầng", "Có 9 trạm.", heading=("Kết quả", "Hạ tầng"))
    later = passage_of(document, "Có 9 trạm.", heading=("Kết quả", "Hạ tầng"))
    assert place_label(citation_of(opened, sentence=1), load_strings()) == "Kết quả"
    assert place_label(citation_of(later), load_strings()) == "Kết quả › Hạ tầng"
