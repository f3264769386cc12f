import json
from pathlib import Path

import pytest

from tests.ingest.loading.support import LEGACY, lines, loaded_from, refusal, table, typed

BODY = [
    "Xã Hòa Bình mở ba lớp học buổi tối để bà con làm quen với việc nộp hồ sơ qua mạng.",
    "Sau hai tháng, số hồ sơ nộp tại quầy đã giảm đi một nửa, nhất là ở các thôn gần chợ.",
    "Chủ tịch xã cho biết năm tới sẽ lắp thêm máy tính tại nhà văn hóa của từng thôn.",
    "Người cao tuổi được các bạn đoàn viên đến tận nhà giúp đăng ký tài khoản định danh.",
]
MENU = "".join(
    f'<li><a href="/{word}">{word}</a></li>' for word in ("Trang chủ", "Tin tức", "Liên hệ")
)
RELATED = "".join(f'<li><a href="/{i}">Tin khác số {i} của báo</a></li>' for i in range(4))
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in BODY)


def written(folder: Path, body: str, head: str = "", encoding: str = "utf-8") -> Path:
    path = folder / "a.html"
    path.write_bytes(
        f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode(encoding)
    )
    return path


def test_a_marked_article_is_read_without_menus_and_scripts(tmp_path: Path) -> None:
    body = (
        f"<header><nav><ul>{MENU}</ul></nav></header><main><article><h1>Lớp học buổi tối</h1>"
        f'<script>var x = "mã";</script><style>p {{}}</style>{PARAGRAPHS}'
        '<div class="social-share">Chia sẻ</div><p hidden>ẩn</p></article>'
        f"<aside><ul>{RELATED}</ul></aside></main><footer>Bản quyền</footer>"
    )
    loaded = loaded_from(written(tmp_path, body))
    assert lines(loaded) == ["Lớp học buổi tối", *BODY]
    assert loaded.notes == ()


def test_an_unmarked_article_is_guessed_and_noted(tmp_path: Path) -> None:
    body = (
        f'<div id="top"><ul>{MENU}</ul></div><div class="wrap"><div class="left">'
        f'<h1>Lớp học buổi tối</h1><div class="noi-dung">{PARAGRAPHS}</div>'
        f'<div class="tin-khac"><ul>{RELATED}</ul></div></div>'
        f'<div class="right"><ul>{RELATED}</ul></div></div><div class="foot">Giấy phép số 1</div>'
    )
    loaded = loaded_from(written(tmp_path, body))
    assert lines(loaded) == ["Lớp học buổi tối", *BODY]
    assert "guessed" in loaded.notes[0]


def test_an_article_inside_layout_tables_is_found(tmp_path: Path) -> None:
    body = (
        f"<table><tr><td><ul>{MENU}</ul></td><td><table><tr><td>{PARAGRAPHS}</td></tr></table></td>"
        f"<td><ul>{RELATED}</ul></td></tr></table>"
    )
    assert lines(loaded_from(written(tmp_path, body))) == BODY


def test_a_bare_page_is_read_whole_without_a_note(tmp_path: Path) -> None:
    loaded = loaded_from(written(tmp_path, f"<p>Ngắn.</p>{PARAGRAPHS}"))
    assert lines(loaded) == ["Ngắn.", *BODY]
    assert loaded.notes == ()


def test_lines_lists_and_headings(tmp_path: Path) -> None:
    body = (
        "<article><h2>Việc&nbsp;cần <em>làm</em></h2>Dòng một<br>Dòng hai<ol start=3><li>Ba</li>"
        "<li><p>Bốn</p><ul><li>con <b>đậm</b></li></ul></li></ol><ol type=a><li>Chữ</li></ol>"
        f"<pre>hàng 1\nhàng 2</pre><dl><dt>Từ</dt><dd>Nghĩa</dd></dl>{PARAGRAPHS}"
        "<h3>Kết</h3><p>Đạt 30<sup>1</sup> trên 5 km<sup>2</sup>.</p></article>"
    )
    loaded = loaded_from(written(tmp_path, body))
    assert lines(loaded) == [
        "Việc cần làm", "Dòng một", "Dòng hai", "3. Ba", "4. Bốn", "- con đậm", "a. Chữ",
        "hàng 1", "hàng 2", "Từ", "Nghĩa", *BODY, "Kết", "Đạt 30¹ trên 5 km2.",
    ]  # fmt: skip
    assert [(heading.text, heading.level) for heading in loaded.headings or ()] == [
        ("Việc cần làm", 2),
        ("Kết", 3),
    ]


def test_tables_keep_merged_headers_and_cells(tmp_path: Path) -> None:
    body = (
        f"<article>{PARAGRAPHS}<table><caption>Bảng 1</caption><thead><tr>"
        "<th rowspan=2>Chỉ tiêu</th><th colspan=2>Kết quả</th></tr><tr><th>2023</th>"
        "<th>2025</th></tr></thead><tbody>"
        "<tr><td rowspan=2>Hồ sơ</td><td>45,5%</td><td><p>80%</p><p>(ước)</p></td></tr>"
        "<tr><td>46%</td><td></td></tr></tbody></table></article>"
    )
    loaded = loaded_from(written(tmp_path, body))
    assert "Bảng 1" in lines(loaded)
    assert table(loaded) == [
        [("Hồ sơ", "Chỉ tiêu"), ("45,5%", "Kết quả, 2023"), ("80% (ước)", "Kết quả, 2025")],
        [("Hồ sơ", "Chỉ tiêu"), ("46%", "Kết quả, 2023")],
    ]


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ('<meta charset="windows-1258">', "cp1258"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=utf-16">', "utf-8"),
        ('<meta charset="made-up">', "utf-8"),
        ("", "utf-16"),
        ("", "utf-8-sig"),
    ],
)
def test_the_encoding_is_that_of_the_page_or_its_bytes(
    tmp_path: Path, head: str, encoding: str
) -> None:
    text = "Thôn Hạ có năm mươi hai hộ dùng sổ khám bệnh trên máy, hơn năm ngoái hai chục hộ."
    spelled = text if encoding != "cp1258" else _spelled_for_1258(text)
    assert lines(loaded_from(written(tmp_path, f"<p>{spelled}</p>", head, encoding))) == [text]


def _spelled_for_1258(text: str) -> str:
    import unicodedata

    tones = "\u0300\u0301\u0303\u0309\u0323"
    result = ""
    for letter in text:
        base, *marks = unicodedata.normalize("NFD", letter)
        others = "".join(mark for mark in marks if mark not in tones)
        result += unicodedata.normalize("NFC", base + others)
        result += "".join(mark for mark in marks if mark in tones)
    return result


def test_trustworthy_meta_elements_are_stated(tmp_path: Path) -> None:
    head = (
        '<title>Không lấy</title><meta property="og:title" content="Lớp học buổi tối - Báo Xã">'
        '<meta property="og:site_name" content="Báo Xã">'
        '<meta property="article:published_time" content="2024-05-06T07:00:00+07:00">'
        '<meta name="author" content="An Bình">'
    )
    stated = loaded_from(written(tmp_path, PARAGRAPHS, head)).stated
    assert (stated.title, stated.publisher, stated.author) == (
        "Lớp học buổi tối",
        "Báo Xã",
        "An Bình",
    )
    assert (stated.date, stated.date_basis) == ("2024-05-06", "stated")


def test_linked_data_is_stated(tmp_path: Path) -> None:
    data = {
        "@graph": [
            {"@type": "BreadcrumbList"},
            {
                "@type": ["NewsArticle"],
                "headline": "Lớp học",
                "datePublished": "2024-05-06",
                "author": [{"name": "An"}, {"name": "Hà"}],
                "publisher": {"name": "Báo Xã"},
            },
        ]
    }
    head = (
        '<script type="application/ld+json">{hỏng</script>'
        f'<script type="application/ld+json">{json.dumps(data)}</script>'
    )
    stated = loaded_from(written(tmp_path, PARAGRAPHS, head)).stated
    assert (stated.title, stated.date) == ("Lớp học", "2024-05-06")
    assert (stated.author, stated.publisher) == ("An, Hà", "Báo Xã")


@pytest.mark.parametrize("day", ["06/05/2024", "2024-13-45", "hôm qua", "2024-05"])
def test_an_unclear_date_is_not_stated(tmp_path: Path, day: str) -> None:
    head = f'<meta property="article:published_time" content="{day}">'
    stated = loaded_from(written(tmp_path, PARAGRAPHS, head)).stated
    assert stated.date is None
    assert stated.date_basis is None


def test_legacy_letters_of_an_old_page_are_read_as_they_show(tmp_path: Path) -> None:
    text = typed(LEGACY, "tcvn3")
    head = '<meta charset="windows-1252">'
    loaded = loaded_from(written(tmp_path, f"<p>{text}</p>", head, "cp1252"))
    assert lines(loaded) == [LEGACY]
    assert any("TCVN3" in note for note in loaded.notes)


@pytest.mark.parametrize(
    ("data", "named"),
    [
        (b"", "empty"),
        (b"  \n", "empty"),
        (b"<html><body><script>let x = 1</script></body></html>", "no text"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
    ],
)
def test_bad_files_get_one_sentence(tmp_path: Path, data: bytes, named: str) -> None:
    path = tmp_path / "a.htm"
    path.write_bytes(data)
    assert named in refusal(path)


def test_the_raised_number_of_a_note_is_no_figure(tmp_path: Path) -> None:
    body = "".join(f"<p>{line}</p>" for line in BODY)
    note = '<p>Có thủ tục<sup><a href="#n1">1</a></sup> mới, chi 35<sup>(2)</sup> tỷ đồng.</p>'
    loaded = loaded_from(written(tmp_path, f"<article>{body}{note}</article>"))
    assert lines(loaded)[-1] == "Có thủ tục¹ mới, chi 35⁽²⁾ tỷ đồng."


def test_a_cell_holds_neither_notes_in_its_figure_nor_what_is_hidden_or_struck(
    tmp_path: Path,
) -> None:
    cells = (
        "80<sup>1</sup>%", "12 km<sup>2</sup>", "<s>70%</s> 85%", "5<i hidden>99</i>",
        "<span style='text-decoration: line-through'>7</span>8", "1&nbsp;250",
    )  # fmt: skip
    row = "".join(f"<td>{cell}</td>" for cell in cells)
    head = "".join(f"<th>{name}</th>" for name in "ABCDEF")
    page = written(tmp_path, f"<table><tr>{head}</tr><tr>{row}</tr></table>")
    [found] = table(loaded_from(page))
    assert [text for text, _ in found] == [
        "80¹%", "12 km2", "85%", "5", "8", "1\u00a0250"
    ]  # fmt: skip


def test_struck_text_and_fixed_spaces_of_a_paragraph(tmp_path: Path) -> None:
    body = "<p>Đạt <del>70%</del> <ins>85%</ins> của 1&nbsp;250&nbsp;hộ.</p>"
    assert loaded_from(written(tmp_path, body)).text == "Đạt 85% của 1\u00a0250 hộ."


def test_a_table_of_figures_with_a_table_in_a_cell_keeps_its_rows(tmp_path: Path) -> None:
    inner = "<table><tr><td>Cấp xã</td><td>70%</td></tr></table>"
    rows = (("Chỉ tiêu", "2025", "2030"), (f"Hồ sơ{inner}", "80%", "90%"), ("Lớp", "12", "24"))
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    found = table(loaded_from(written(tmp_path, f"<table>{body}</table>")))
    assert found[0] == [("Hồ sơ Cấp xã 70%", "Chỉ tiêu"), ("80%", "2025"), ("90%", "2030")]
