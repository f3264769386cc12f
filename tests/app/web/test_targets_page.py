"""The registry's tab as HTML: rows, order, comparisons, all escaped."""

import re
from pathlib import Path

import pytest

from app.catalogue import Catalogue
from app.charting import Chart
from app.comparing import gaps
from app.lookup import Filters
from app.web.charts import render_chart
from app.web.comparisons import SHOWN, Comparisons, render_comparisons, render_jumps
from app.web.rows import render_value
from app.web.selection import Selection, read_selection
from app.web.site import Site
from app.web.strings import load_strings
from app.web.targets_page import ROWS_SHOWN, targets_page
from app.web.targets_table import render_table
from ingest.documents import Description
from ingest.library import LibrarySource
from tests.app.test_lookup import row
from tests.app.web.doubles import EVIL, PLAN, build_catalogue, publish
from tests.doubles import HashingEmbedder
from tests.factories import make_document

STRINGS = load_strings("vi")
SITE = Site(STRINGS)


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return build_catalogue(tmp_path_factory.mktemp("targets") / "library")


def content(catalogue: Catalogue, **parameters: str) -> str:
    return str(targets_page(catalogue, read_selection(parameters), SITE).content)


def indicators(html: str) -> list[str]:
    return re.findall(r'<p class="indicator">(.*?)</p>', html)


def test_each_row_opens_its_quote_in_the_document(catalogue: Catalogue) -> None:
    html = content(catalogue, locality="Hải Phòng")
    (target,) = catalogue.current().registry.filtered(Filters(locality="Hải Phòng"))
    assert f"tai-lieu/bao-cao.txt?start={target.start}&amp;end={target.end}&amp;check=" in html
    assert f'<blockquote class="snippet">{target.quote}</blockquote>' in html
    assert "25%" in html
    assert "1 dòng" in html


def test_the_form_keeps_what_was_chosen(catalogue: Catalogue) -> None:
    html = content(catalogue, query='"><b>', kind="target", unit="lạ", document=PLAN.id)
    assert 'value="&#34;&gt;&lt;b&gt;"' in html
    assert '<option value="target" selected>mục tiêu</option>' in html
    assert '<option value="lạ" selected>lạ</option>' in html
    assert html.count("selected") == 7


def test_the_head_sorts_and_tells_how_it_is_sorted(catalogue: Catalogue) -> None:
    html = content(catalogue, kind="target", sort="year")
    assert (
        'class="is-year" aria-sort="ascending"><a href="tra-cuu?kind=target&amp;sort=-year"' in html
    )
    assert html.count("aria-sort") == 1
    years = re.findall(r'class="is-year" data-label="Năm"><div>(\d+)', html)
    assert years == sorted(years)
    falling = content(catalogue, kind="target", sort="-year")
    assert 'aria-sort="descending"><a href="tra-cuu?kind=target&amp;sort=year"' in falling


def test_exports_ask_for_the_same_rows(catalogue: Catalogue) -> None:
    html = content(catalogue, query="kinh tế số", year="2025")
    assert 'href="tra-cuu.csv?query=kinh+t%E1%BA%BF+s%E1%BB%91&amp;year=2025"' in html
    assert 'href="tra-cuu.xlsx?query=' in html


def test_progress_is_told_where_its_result_is_filtered_out(catalogue: Catalogue) -> None:
    for kind in ("target", "result"):
        html = content(catalogue, kind=kind, query="internet băng rộng")
        assert "còn 2 điểm phần trăm so với mục tiêu (kết quả thấp hơn)" in html
        assert 'href="#progress">1 mục tiêu so được với kết quả' in html
        section = html[html.index('id="progress"') :]
        assert section.count("quote-link") >= 2


def test_differing_figures_are_shown_and_their_rows_flagged(catalogue: Catalogue) -> None:
    html = content(catalogue, document=PLAN.id, year="2025")
    assert html.count('class="differs"') == 1
    section = html[html.index('id="conflicts"') :]
    assert "30%" in section
    assert "35%" in section
    assert "Báo cáo năm" in section
    assert 'id="conflicts"' not in content(catalogue, year="2030")


def test_nothing_found_says_what_to_do(catalogue: Catalogue, tmp_path: Path) -> None:
    assert STRINGS.targets.none in content(catalogue, query="xyzzy")
    invalid = content(catalogue, year="<b>")
    assert "Bộ lọc “Năm”" in invalid
    assert "<b>" not in invalid
    publish(tmp_path / "library", make_document("Thư viện mở cửa cả tuần cho bạn đọc."))
    bare = Catalogue(LibrarySource(tmp_path / "library", "hashing"))
    assert STRINGS.targets.empty in content(bare)


def test_rows_that_are_only_near_in_meaning_are_called_so(tmp_path: Path) -> None:
    catalogue = build_catalogue(tmp_path / "library")
    query = "hộ gia đình nông thôn miền núi nối mạng băng rộng tốc độ cao"
    assert STRINGS.targets.none in content(catalogue, query=query)
    catalogue.use(HashingEmbedder())
    assert STRINGS.targets.by_meaning in content(catalogue, query=query)
    assert STRINGS.targets.by_meaning not in content(catalogue, query="kinh tế số")


def test_nothing_that_a_document_says_is_markup(catalogue: Catalogue) -> None:
    html = content(catalogue)
    assert "&lt;script&gt;" in html
    assert "<script" not in html
    assert "<img" not in html


def test_nothing_that_a_row_says_is_markup() -> None:
    evil = row(
        EVIL, value="3" + EVIL, operator=">", unit=EVIL, locality=EVIL, document=EVIL, quote=EVIL,
        source_document=EVIL, responsible=EVIL, year=2023, kind="result",
    )  # fmt: skip
    other = row(EVIL, unit=EVIL, locality=EVIL, number=31.0, value=EVIL)
    documents = {EVIL: Description(id=EVIL, title=EVIL, publisher=EVIL, date=EVIL)}
    found = Comparisons(((evil, other),), tuple(gaps([evil, other])), (Chart((evil, other), 31.0),))
    for html in (
        render_table([evil], Selection(query=EVIL, unit=EVIL), documents, {evil}, SITE),
        render_comparisons(found, documents, SITE),
    ):
        assert "&lt;script&gt;" in html
        assert "<script" not in html
        assert "<img" not in html
        assert 'onerror="' not in html


@pytest.mark.parametrize(
    ("operator", "value", "shown"),
    [
        ("=", "30%", "30%"),
        (">=", "30%", "≥ từ 30%"),
        ("<", "10%", "&lt; dưới 10%"),
        ("<=", "nhóm 5 địa phương", "nhóm 5 địa phương"),
    ],
)
def test_a_value_is_shown_as_written_with_its_operator(
    operator: str, value: str, shown: str
) -> None:
    html = str(render_value(row(operator=operator, value=value), STRINGS))
    assert " ".join(re.sub(r"<[^>]+>", " ", html).split()) == shown


def test_a_chart_says_in_words_what_its_bars_show() -> None:
    target = row(boundary="63")
    result = row(kind="result", number=12.5, value="12,5%", year=2023, boundary="34")
    html = str(render_chart(Chart((result, target), 100.0), SITE))
    assert 'width="12.5%"' in html
    assert "style=" not in html
    assert html.count('aria-hidden="true" focusable="false"') == 2
    assert "Hà Nội, 2023, thời 34 tỉnh, thành" in html
    assert STRINGS.comparison.mixed_boundaries in html
    assert "Thang đo: từ 0 đến 100%." in html


def test_a_chart_has_a_name_that_is_true_of_all_its_rows() -> None:
    rows = (row(), row("tỷ trọng kinh tế số", year=2030))
    assert "<h3>tỷ trọng kinh tế số<" in render_chart(Chart(rows, 100.0), SITE)


def test_a_chart_of_ranks_says_of_what_time_and_which_way_is_better() -> None:
    ranks = [row(unit="hạng", number=24.0, boundary="63"), row(unit="hạng", number=9.0, year=2030)]
    html = render_chart(Chart((ranks[0], ranks[1]), 24.0), SITE)
    assert "số nhỏ hơn là tốt hơn. Chỉ gồm tài liệu thời 63 tỉnh, thành" in html
    assert STRINGS.comparison.mixed_boundaries not in html


def test_what_is_more_than_can_be_shown_is_counted() -> None:
    rows = [row(year=2000 + index, number=1.0 + index) for index in range(SHOWN + 3)]
    found = Comparisons(tuple((one, one) for one in rows), (), ())
    html = render_comparisons(found, {}, SITE)
    assert html.count("<h3>") == SHOWN
    assert "Còn 3 mục chưa hiện" in html
    assert "15 chỗ tài liệu ghi khác nhau" in render_jumps(found, SITE)
    assert render_jumps(Comparisons((), (), ()), SITE) == ""


def test_many_rows_come_in_pages(tmp_path: Path) -> None:
    lines = [
        f"Đến năm 2025, Hà Nội phấn đấu có {number} trạm sạc loại {number}."
        for number in range(101, 101 + ROWS_SHOWN + 5)
    ]
    publish(tmp_path / "library", make_document("\n".join(lines)))
    catalogue = Catalogue(LibrarySource(tmp_path / "library", "hashing"))
    assert len(catalogue.current().registry.rows) == ROWS_SHOWN + 5
    first, last = content(catalogue), content(catalogue, page="2")
    assert len(indicators(first)) == ROWS_SHOWN
    assert f"{ROWS_SHOWN + 5} dòng, đang xem dòng 1 đến {ROWS_SHOWN}" in first
    assert 'href="tra-cuu?page=2">Trang sau' in first
    assert len(indicators(last)) == 5
    assert 'href="tra-cuu">Trang trước' in last
    assert indicators(content(catalogue, page="999")) == indicators(last)
