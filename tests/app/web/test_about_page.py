"""What the page says of itself: its library, its accuracy if it was measured, its contact."""

import json
from pathlib import Path

import pytest

from app.catalogue import Catalogue
from app.measured import read_measured
from app.web import about_page as module
from app.web.about_page import about_page
from app.web.site import Site
from app.web.strings import load_strings
from tests.app.test_measured import WRITTEN
from tests.app.web.doubles import EVIL, build_catalogue

STRINGS = load_strings("vi")


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return build_catalogue(tmp_path_factory.mktemp("about") / "library")


def content(catalogue: Catalogue, contact: str | None = None) -> str:
    return str(about_page(catalogue.current(), Site(STRINGS, contact)).content)


def measuring(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(module, "read_measured", lambda: read_measured(path))


def test_the_library_is_named_with_its_date_and_counts(catalogue: Catalogue) -> None:
    html = content(catalogue)
    edition = catalogue.current()
    assert edition.library.version in html
    year, month, day = edition.library.manifest.created[:10].split("-")
    assert f"ngày {int(day)}/{int(month)}/{year}" in html
    assert "<dt>Số tài liệu</dt><dd>3</dd>" in html
    assert "<dt>Số chỉ tiêu và kết quả</dt><dd>7</dd>" in html


def test_measured_accuracy_is_told_with_what_it_was_measured_on(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(json.dumps(WRITTEN | {"measured_on": ["a.txt", EVIL]}), "utf-8")
    measuring(monkeypatch, path)
    html = content(catalogue)
    assert f"<dt>{STRINGS.about.scores['correct']}</dt><dd>92,5% (37/40)</dd>" in html
    assert f"<dt>{STRINGS.about.scores['figures']}</dt><dd>100% (31/31)</dd>" in html
    assert STRINGS.about.scores["short"] not in html
    assert "40 câu hỏi" in html
    assert "ngày 20/11/2026" in html
    assert "a.txt" in html
    assert "<script" not in html


def test_a_measured_folder_is_told_with_its_number_of_documents(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "baseline.json"
    on = {"measured_on": {"corpus": "corpus", "documents": 5, "cases": 40}}
    path.write_text(json.dumps(WRITTEN | on), "utf-8")
    measuring(monkeypatch, path)
    html = content(catalogue)
    assert "dựa trên 5 tài liệu mẫu đi kèm phần mềm." in html
    assert "corpus" not in html


def test_without_a_measurement_the_page_says_so(
    catalogue: Catalogue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measuring(monkeypatch, tmp_path / "none.json")
    assert STRINGS.about.not_measured in content(catalogue)


def test_the_contact_is_a_link_only_where_it_is_one(catalogue: Catalogue) -> None:
    assert STRINGS.about.no_contact in content(catalogue)
    assert '<a href="https://example.vn"' in content(catalogue, "https://example.vn")
    assert "<script" not in content(catalogue, EVIL)
