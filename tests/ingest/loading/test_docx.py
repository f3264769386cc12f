import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.ingest.loading.support import LEGACY, lines, loaded_from, refusal, table, typed

W = nsdecls("w")


def saved(path: Path, fill: Callable[[Any], object]) -> Path:
    document = docx.Document()
    fill(document)
    document.save(str(path))
    return path


def with_parts(path: Path, parts: dict[str, str], link: str, kind: str) -> None:
    """Add a part such as footnotes.xml to a saved file."""
    result = io.BytesIO()
    relation = (
        f'<Relationship Id="rIdX" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{link}"/></Relationships>'
    )
    typed = (
        f'<Override PartName="/word/{link}" ContentType="application/vnd.openxmlformats-'
        f'officedocument.wordprocessingml.{kind}+xml"/></Types>'
    )
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(result, "w") as new:
        for entry in old.infolist():
            data = (
                old.read(entry).decode("utf-8") if entry.filename.endswith(("xml", "rels")) else ""
            )
            if entry.filename == "word/_rels/document.xml.rels":
                data = data.replace("</Relationships>", relation)
            if entry.filename == "[Content_Types].xml":
                data = data.replace("</Types>", typed)
            new.writestr(entry, data or old.read(entry))
        for name, text in parts.items():
            new.writestr(name, text)
    path.write_bytes(result.getvalue())


def test_titles_and_headings_are_told_by_their_styles(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("Kế hoạch dữ liệu", "Title")
        document.add_heading("Phần chung", 1)
        document.add_paragraph("Xã mở sổ theo dõi.")
        document.add_heading("Việc cần làm", 2)
        document.add_paragraph("Mỗi thôn có một tổ.")

    loaded = loaded_from(saved(tmp_path / "a.docx", fill))
    assert loaded.stated.title == "Kế hoạch dữ liệu"
    assert [(heading.text, heading.level) for heading in loaded.headings or ()] == [
        ("Kế hoạch dữ liệu", 1),
        ("Phần chung", 1),
        ("Việc cần làm", 2),
    ]
    assert lines(loaded)[2] == "Xã mở sổ theo dõi."


def test_without_heading_styles_the_splitter_finds_the_headings(tmp_path: Path) -> None:
    loaded = loaded_from(saved(tmp_path / "a.docx", lambda d: d.add_paragraph("Một câu.")))
    assert loaded.headings is None
    assert loaded.stated.title is None


def test_a_law_with_one_styled_heading_leaves_the_headings_to_the_splitter(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        document.add_heading("Quy định chung", 1)
        document.add_heading("Tổ chức thực hiện", 1)
        for number in range(1, 5):
            document.add_paragraph(f"Điều {number}. Phạm vi")

    assert loaded_from(saved(tmp_path / "a.docx", fill)).headings is None


def test_a_whole_clause_in_a_heading_style_is_text(tmp_path: Path) -> None:
    clause = (
        "Ủy ban nhân dân xã công khai kết quả giải quyết hồ sơ tại trụ sở vào ngày 5 hằng tháng."
    )

    def fill(document: Any) -> None:
        for text in ("Một", clause, "Hai"):
            document.add_heading(text, 1)

    loaded = loaded_from(saved(tmp_path / "a.docx", fill))
    assert [heading.text for heading in loaded.headings or ()] == ["Một", "Hai"]
    assert clause in lines(loaded)


def level(depth: int, number_format: str, text: str) -> str:
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


LEVELS = "".join(
    level(depth, *rest)
    for depth, rest in enumerate(
        [("decimal", "Điều %1."), ("decimal", "%1.%2."), ("lowerLetter", "%3)"), ("bullet", "o")]
    )
)
NUMBERING = (
    f'<w:numbering {W}><w:abstractNum w:abstractNumId="7">{LEVELS}</w:abstractNum>'
    '<w:num w:numId="70"><w:abstractNumId w:val="7"/></w:num><w:num w:numId="71"><w:abstractNumId '
    'w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
    "</w:numbering>"
)


def test_the_numbers_that_word_computes_are_kept(tmp_path: Path) -> None:
    items = [
        ("70", 0, "Phạm vi"), ("70", 1, "Xã"), ("70", 1, "Thôn"), ("70", 2, "một"),
        ("70", 2, "hai"), ("70", 3, "ba"), ("70", 0, "Đối tượng"), ("70", 1, "Người dân"),
        ("70", 2, "bốn"), ("71", 0, "Thi hành"), ("71", 0, "Hiệu lực"),
    ]  # fmt: skip

    def fill(document: Any) -> None:
        part = document.part.numbering_part.element
        for child in list(part):
            part.remove(child)
        for child in list(parse_xml(NUMBERING)):
            part.append(child)
        for number, depth, text in items:
            node = document.add_paragraph(text)._p.get_or_add_pPr()
            node.append(
                parse_xml(
                    f'<w:numPr {W}><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>'
                )
            )

    assert lines(loaded_from(saved(tmp_path / "a.docx", fill))) == [
        "Điều 1. Phạm vi", "1.1. Xã", "1.2. Thôn", "a) một", "b) hai", "- ba",
        "Điều 2. Đối tượng", "2.1. Người dân", "a) bốn", "Điều 9. Thi hành", "Điều 10. Hiệu lực",
    ]  # fmt: skip


def test_list_styles_are_numbered_too(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        document.add_paragraph("Một việc", "List Number")
        document.add_paragraph("Hai việc", "List Number")
        document.add_paragraph("Ba việc", "List Bullet")

    assert lines(loaded_from(saved(tmp_path / "a.docx", fill))) == [
        "1. Một việc",
        "2. Hai việc",
        "- Ba việc",
    ]


def test_tracked_changes_are_read_as_accepted_and_hidden_text_is_not_read(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("Đạt ")
        add = paragraph._p.append
        add(
            parse_xml(
                f'<w:del {W} w:id="1" w:author="a"><w:r><w:delText>50%</w:delText></w:r></w:del>'
            )
        )
        add(parse_xml(f'<w:ins {W} w:id="2" w:author="a"><w:r><w:t>60%</w:t></w:r></w:ins>'))
        paragraph.add_run(" vào năm sau.")
        paragraph.add_run(" nháp").font.hidden = True
        first = document.add_paragraph("Hai đoạn ")
        first._p.get_or_add_pPr().append(
            parse_xml(f'<w:rPr {W}><w:del w:id="3" w:author="a"/></w:rPr>')
        )
        document.add_paragraph("nay là một.")

    assert lines(loaded_from(saved(tmp_path / "a.docx", fill))) == [
        "Đạt 60% vào năm sau.",
        "Hai đoạn nay là một.",
    ]


def test_a_footnote_stands_behind_its_paragraph_and_never_in_its_figure(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("Đạt 30%")
        paragraph._p.append(parse_xml(f'<w:r {W}><w:footnoteReference w:id="2"/></w:r>'))
        paragraph.add_run(" hồ sơ.")
        document.add_paragraph("Đoạn sau.")

    path = saved(tmp_path / "a.docx", fill)
    notes = (
        f'<w:footnotes {W}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:t>Theo sổ của xã.</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    with_parts(path, {"word/footnotes.xml": notes}, "footnotes.xml", "footnotes")
    assert lines(loaded_from(path)) == ["Đạt 30% hồ sơ.", "Theo sổ của xã.", "Đoạn sau."]


def test_a_raised_number_behind_a_figure_is_no_digit_of_it(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("Đạt 30")
        paragraph.add_run("1").font.superscript = True
        paragraph.add_run(" hồ sơ trên 5 km")
        paragraph.add_run("2").font.superscript = True

    assert lines(loaded_from(saved(tmp_path / "a.docx", fill))) == ["Đạt 30¹ hồ sơ trên 5 km2"]


def test_a_raised_number_behind_a_word_is_no_figure_of_the_next(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("Giảm thủ tục")
        paragraph.add_run("1").font.superscript = True
        paragraph.add_run(" xã, chi 35")
        paragraph.add_run("(12)").font.superscript = True
        paragraph.add_run(" tỷ đồng")

    assert lines(loaded_from(saved(tmp_path / "a.docx", fill))) == [
        "Giảm thủ tục¹ xã, chi 35⁽¹²⁾ tỷ đồng"
    ]


def test_breaks_symbols_links_and_boxes(tmp_path: Path) -> None:
    inner = f"<w:txbxContent {W}><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f'<mc:Choice Requires="wps">{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>'
        "</mc:AlternateContent>"
    )

    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("QUYẾT ĐỊNH")
        paragraph.add_run().add_break()
        paragraph.add_run("Về việc mở sổ")
        paragraph = document.add_paragraph("Đạt ")
        paragraph._p.append(parse_xml(f'<w:r {W}><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'))
        paragraph.add_run(" 80% \uf0a3 90")
        paragraph._p.append(
            parse_xml(f"<w:hyperlink {W}><w:r><w:t> tại cổng</w:t></w:r></w:hyperlink>")
        )
        paragraph._p.append(parse_xml(f"<w:r {W}>{box}</w:r>"))

    assert lines(loaded_from(saved(tmp_path / "a.docx", fill))) == [
        "QUYẾT ĐỊNH",
        "Về việc mở sổ",
        "Đạt ≥ 80% ≤ 90 tại cổng",
        "Trong khung",
    ]


def filled(document: Any, rows: list[list[str]], style: str | None) -> Any:
    grid = document.add_table(len(rows), len(rows[0]))
    if style:
        grid.style = style
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            grid.cell(row, column).text = text
    return grid


def test_a_table_with_merged_headers_becomes_rows(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        rows = [
            ["STT", "Chỉ tiêu", "Kết quả", ""], ["", "", "2023", "2025"],
            ["1", "Hồ sơ", "45,5%", "80%"], ["2", "Mạng", "", "100%"],
        ]  # fmt: skip
        grid = filled(document, rows, "Table Grid")
        grid.cell(0, 2).merge(grid.cell(0, 3))
        for column in (0, 1):
            grid.cell(0, column).merge(grid.cell(1, column))
        document.add_paragraph("Sau bảng.")

    loaded = loaded_from(saved(tmp_path / "a.docx", fill))
    assert table(loaded) == [
        [("1", "STT"), ("Hồ sơ", "Chỉ tiêu"), ("45,5%", "Kết quả, 2023"), ("80%", "Kết quả, 2025")],
        [("2", "STT"), ("Mạng", "Chỉ tiêu"), ("100%", "Kết quả, 2025")],
    ]
    assert lines(loaded)[-1] == "Sau bảng."


def test_a_counter_column_that_word_numbers_is_kept(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        rows = [["STT", "Xã", "Hồ sơ"], ["", "An", "12"], ["", "Hạ", "7"]]
        grid = filled(document, rows, "Table Grid")
        for row in (1, 2):
            grid.cell(row, 0).paragraphs[0].style = "List Number"

    assert [row[0] for row in table(loaded_from(saved(tmp_path / "a.docx", fill)))] == [
        ("1.", "STT"),
        ("2.", "STT"),
    ]


def test_a_table_without_lines_only_places_its_text(tmp_path: Path) -> None:
    rows = [["ỦY BAN NHÂN DÂN XÃ\nSố: 12/KH-UBND", "CỘNG HÒA\nĐộc lập"]]
    loaded = loaded_from(saved(tmp_path / "a.docx", lambda d: filled(d, rows, None)))
    assert lines(loaded) == ["ỦY BAN NHÂN DÂN XÃ", "Số: 12/KH-UBND", "CỘNG HÒA", "Độc lập"]
    assert loaded.rows == ()


def test_a_table_without_lines_that_holds_figures_keeps_its_headers(tmp_path: Path) -> None:
    rows = [
        ["Chỉ tiêu", "Năm 2023", "Năm 2025"], ["Hồ sơ nộp qua mạng", "45,5%", "80%"],
        ["Thôn có mạng", "", "100%"],
    ]  # fmt: skip
    loaded = loaded_from(saved(tmp_path / "a.docx", lambda d: filled(d, rows, None)))
    assert table(loaded) == [
        [("Hồ sơ nộp qua mạng", "Chỉ tiêu"), ("45,5%", "Năm 2023"), ("80%", "Năm 2025")],
        [("Thôn có mạng", "Chỉ tiêu"), ("100%", "Năm 2025")],
    ]


def test_runs_of_legacy_fonts_are_read_as_they_show(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph()
        paragraph.add_run("C¸c chØ tiªu").font.name = ".VnTime"
        paragraph.add_run(" và ")
        paragraph.add_run("kinh teá").font.name = "VNI-Times"
        run = document.add_paragraph().add_run("Nhµ n")
        run.font.name = ".VnTime"
        run._r.append(parse_xml(f"<w:softHyphen {W}/>"))
        run._r.append(parse_xml(f"<w:t {W}>íc</w:t>"))

    loaded = loaded_from(saved(tmp_path / "a.docx", fill))
    assert lines(loaded) == ["Các chỉ tiêu và kinh tế", "Nhà nước"]
    assert loaded.notes == ()


def test_legacy_letters_without_a_telling_font_are_guessed_and_noted(tmp_path: Path) -> None:
    text = typed(LEGACY, "tcvn3")
    loaded = loaded_from(saved(tmp_path / "a.docx", lambda d: d.add_paragraph(text)))
    assert lines(loaded) == [LEGACY]
    assert "TCVN3" in loaded.notes[0]


def test_running_heads_are_left_out(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        document.sections[0].header.paragraphs[0].text = "ĐẦU TRANG"
        document.sections[0].footer.paragraphs[0].text = "CUỐI TRANG"
        document.add_paragraph("Thân bài.")

    assert lines(loaded_from(saved(tmp_path / "a.docx", fill))) == ["Thân bài."]


def test_a_content_control_and_a_nested_table_lose_nothing(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        words = "<w:p><w:r><w:t>Trong ô</w:t></w:r></w:p>"
        control = f"<w:sdt {W}><w:sdtContent>{words}</w:sdtContent></w:sdt>"
        document.element.body.insert(0, parse_xml(control))
        outer = filled(document, [["Ngoài", ""]], "Table Grid")
        inner = outer.cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "Trong", "cùng"

    text = loaded_from(saved(tmp_path / "a.docx", fill)).text
    assert all(word in text for word in ("Trong ô", "Ngoài", "cùng"))
    assert text.count("cùng") == 1


def test_a_table_of_figures_with_a_table_in_a_cell_keeps_its_rows(tmp_path: Path) -> None:
    rows = [["Chỉ tiêu", "2025", "2030"], ["Hồ sơ số", "80%", "90%"], ["Lớp học", "12", "24"]]

    def fill(document: Any) -> None:
        outer = filled(document, rows, "Table Grid")
        inner = outer.cell(1, 0).add_table(rows=1, cols=2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "Cấp xã", "70%"
        outer.cell(2, 0).add_paragraph("Lớp mở ở thôn. " * 80)

    found = table(loaded_from(saved(tmp_path / "a.docx", fill)))
    assert found[0] == [("Hồ sơ số Cấp xã 70%", "Chỉ tiêu"), ("80%", "2025"), ("90%", "2030")]
    assert found[1][1:] == [("12", "2025"), ("24", "2030")]


def test_a_formula_is_left_out_and_noted(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        math = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
        paragraph = document.add_paragraph("Tỷ lệ là ")
        paragraph._p.append(parse_xml(f"<m:oMath {math}><m:r><m:t>12</m:t></m:r></m:oMath>"))

    loaded = loaded_from(saved(tmp_path / "a.docx", fill))
    assert (loaded.text, loaded.notes) == ("Tỷ lệ là", ("Formulas were left out: 1.",))


def test_text_that_is_struck_out_is_left_out_and_noted(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        paragraph = document.add_paragraph("Đạt ")
        paragraph.add_run("70% ").font.strike = True
        paragraph.add_run("85%").font.strike = False
        paragraph.add_run(" ").font.double_strike = True

    loaded = loaded_from(saved(tmp_path / "a.docx", fill))
    assert (loaded.text, loaded.notes) == ("Đạt 85%", ("Struck-out text was left out: 1.",))


def test_a_fixed_space_that_groups_digits_stays(tmp_path: Path) -> None:
    text = "Có 1\u00a0250\u00a0hộ và 12\u00a0xã."
    loaded = loaded_from(saved(tmp_path / "a.docx", lambda d: d.add_paragraph(text)))
    assert loaded.text == "Có 1\u00a0250 hộ và 12 xã."


def broken_part(path: Path) -> None:
    saved(path, lambda document: document.add_paragraph("Xã"))
    result = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(result, "w") as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry, data[:-20] if entry.filename == "word/document.xml" else data)
    path.write_bytes(result.getvalue())


@pytest.mark.parametrize(
    ("make", "named"),
    [
        (lambda path: path.write_bytes(b""), "empty"),
        (lambda path: path.write_bytes(b"{\\rtf1 x}"), "its content is RTF"),
        (lambda path: path.write_text("chữ"), "no DOCX file"),
        (lambda path: path.write_bytes(b"PK\x03\x04" + bytes(100)), "damaged"),
        (broken_part, "damaged"),
        (lambda path: saved(path, lambda document: None), "no text"),
    ],
)
def test_bad_files_get_one_sentence(tmp_path: Path, make: Any, named: str) -> None:
    path = tmp_path / "a.docx"
    make(path)
    assert named in refusal(path)


def test_an_entity_of_another_file_is_not_read(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.docx", lambda document: document.add_paragraph("Xã"))
    secret = tmp_path / "secret.txt"
    secret.write_text("bí mật")
    notes = (
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><w:footnotes {W}>'
        '<w:footnote w:id="2">'
        "<w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    with_parts(path, {"word/footnotes.xml": notes}, "footnotes.xml", "footnotes")
    assert "bí mật" not in loaded_from(path).text


def test_fonts_of_styles_and_defaults_count(tmp_path: Path) -> None:
    def fill(document: Any) -> None:
        style = document.styles["Normal"]
        style.font.name = ".VnTime"
        style.element.rPr.rFonts.set(qn("w:hAnsi"), ".VnTime")
        document.add_paragraph("C¸c chØ tiªu")

    assert lines(loaded_from(saved(tmp_path / "a.docx", fill))) == ["Các chỉ tiêu"]
