"""The addresses that the server answers itself: their pages, files, policy and errors."""

import csv
import html
import io
import re
from pathlib import Path

import openpyxl
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from app.catalogue import Catalogue
from app.exporting import FIELDS
from app.web.addresses import document_address
from app.web.routes import site_routes
from app.web.site import POLICY
from app.web.strings import load_strings
from ingest.library import LibrarySource
from tests.app.web.doubles import HOSTILE, PLAN, REPORT, build_catalogue, publish
from tests.doubles import HashingEmbedder
from tests.factories import make_document

STRINGS = load_strings("vi")


def client_of(catalogue: Catalogue) -> TestClient:
    routes = site_routes(catalogue, STRINGS, "https://example.vn")
    return TestClient(Starlette(routes=routes))


@pytest.fixture(scope="module")
def catalogue(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return build_catalogue(tmp_path_factory.mktemp("routes") / "library")


@pytest.fixture(scope="module")
def client(catalogue: Catalogue) -> TestClient:
    return client_of(catalogue)


@pytest.mark.parametrize("key", [PLAN.id, REPORT.id, HOSTILE.id])
def test_every_document_is_read_under_its_address_whatever_its_name(
    client: TestClient, key: str
) -> None:
    answer = client.get(f"/{document_address(key)}")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.text.count("<main") == 1
    assert "<script" not in answer.text


def test_every_link_of_a_row_leads_to_its_marked_quote(client: TestClient) -> None:
    page = client.get("/tra-cuu").text
    addresses = set(re.findall(r'class="quote-link" href="([^"]+)"', page))
    assert len(addresses) == 7
    for address in addresses:
        assert 'id="trich"' in client.get("/" + html.unescape(address)).text


def test_pages_find_the_sites_root_from_any_depth(client: TestClient) -> None:
    page = client.get(f"/{document_address(PLAN.id)}").text
    assert 'href="../../hoidap/site.css?' in page
    assert '<a href="../.././">Hỏi đáp</a>' in page
    assert '<a href="../../tra-cuu">' in page


def test_english_pages_stay_english_and_lead_to_the_same_page(catalogue: Catalogue) -> None:
    english = load_strings("en")
    client = TestClient(Starlette(routes=site_routes(catalogue, english, None)))
    page = client.get(f"/en/{document_address(PLAN.id)}").text
    assert '<html lang="en"' in page
    assert 'href="../../hoidap/site.css?' in page
    assert f'href="../../../{document_address(PLAN.id)}"' in page
    assert "/tra-cuu" not in client.get("/en/gioi-thieu").text


@pytest.mark.parametrize("path", ["/tai-lieu", "/tai-lieu?query=bao+cao", "/gioi-thieu"])
def test_documents_and_what_this_is_have_pages(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == POLICY
    assert "<script" not in answer.text
    assert 'aria-current="page"' in answer.text


def test_an_encoded_slash_is_no_folder_of_the_address(client: TestClient) -> None:
    page = client.get(f"/{document_address(PLAN.id)}".replace("/H", "%2FH"))
    assert page.status_code == 200
    assert 'href="../hoidap/site.css?' in page.text


def test_the_tab_that_is_open_is_named_so(client: TestClient) -> None:
    assert '<a href="tra-cuu" aria-current="page">' in client.get("/tra-cuu").text
    assert 'aria-current="page"' not in client.get(f"/{document_address(PLAN.id)}").text


def test_an_unknown_document_is_a_404_in_vietnamese(client: TestClient) -> None:
    answer = client.get("/tai-lieu/<script>không có</script>.txt")
    assert answer.status_code == 404
    assert STRINGS.missing.title in answer.text
    assert "<script" not in answer.text


def test_csv_holds_what_is_filtered_and_opens_with_its_marks(client: TestClient) -> None:
    answer = client.get("/tra-cuu.csv", params={"query": "kinh tế số", "sort": "-value"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert 'filename="chi-tieu.csv"' in answer.headers["content-disposition"]
    assert answer.content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [item["value"] for item in rows][:4] == ["40%", "35%", "30%", "25%"]
    assert rows[0]["locality"] == "Hà Nội"


def test_xlsx_holds_what_is_filtered_beyond_the_page_that_is_open(client: TestClient) -> None:
    answer = client.get("/tra-cuu.xlsx", params={"locality": "Hà Nội", "page": "9"})
    assert 'filename="chi-tieu.xlsx"' in answer.headers["content-disposition"]
    head, *rows = openpyxl.load_workbook(io.BytesIO(answer.content)).active.values
    assert head == FIELDS
    assert {item[FIELDS.index("locality")] for item in rows} == {"Hà Nội"}
    assert len(rows) == 5


def test_a_filter_that_nothing_can_have_exports_nothing(client: TestClient) -> None:
    assert len(client.get("/tra-cuu.csv?year=abc").text.strip().splitlines()) == 1


def test_a_publish_is_seen_by_the_next_request(tmp_path: Path) -> None:
    publish(tmp_path / "library", PLAN)
    client = client_of(Catalogue(LibrarySource(tmp_path / "library", HashingEmbedder.identity)))
    assert client.get("/tai-lieu/moi.txt").status_code == 404
    new = make_document("Đến năm 2029, Huế phấn đấu kinh tế số đạt 33% GRDP.", "moi.txt")
    publish(tmp_path / "library", new)
    assert client.get("/tai-lieu/moi.txt").status_code == 200
    assert "33%" in client.get("/tra-cuu?year=2029").text


def test_a_library_that_cannot_be_read_is_told_in_one_plain_sentence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = client_of(Catalogue(LibrarySource(tmp_path / "none", "hashing")))
    for path in ("/tra-cuu", "/tra-cuu.csv", "/tai-lieu/a.txt", "/tai-lieu", "/gioi-thieu"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert STRINGS.missing.broken_text in answer.text
        assert str(tmp_path) not in answer.text
    assert "could not be shown" in caplog.text
