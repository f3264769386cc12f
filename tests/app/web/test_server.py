"""How the page is served."""

import socket

import pytest
from fastapi.testclient import TestClient

from app.assistant import Assistant
from app.errors import AppError
from app.starting import StartingAssistant
from app.web.server import run
from app.web.site import POLICY
from ingest.errors import ModelError
from tests.app.web.doubles import build_small_application


def never() -> StartingAssistant:
    return StartingAssistant(lambda: pytest.fail("no assistant is needed"))


def test_the_page_is_closed_again_where_no_assistant_can_be_made(client: TestClient) -> None:
    def build() -> Assistant:
        raise ModelError("The model is not there: install it.")

    with pytest.raises(ModelError, match="install it"):
        run(client.app, "127.0.0.1", 0, StartingAssistant(build))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    return TestClient(build_small_application(tmp_path_factory.mktemp("server") / "library"))


def test_a_port_that_is_taken_is_refused_with_one_sentence(client: TestClient) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AppError, match=f"127.0.0.1:{port} cannot be used"):
            run(client.app, "127.0.0.1", port, never())  # type: ignore[arg-type]


def test_the_page_comes_with_its_policy_and_a_new_nonce_each_time(client: TestClient) -> None:
    first, second = client.get("/"), client.get("/")
    for answer in (first, second):
        nonce = answer.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
        assert f'<script nonce="{nonce}"' in answer.text
        assert "https://" not in answer.text.split("<script")[0]
    assert first.text != second.text


def test_nothing_in_the_page_points_to_another_host(client: TestClient) -> None:
    document = client.get("/").text
    style = client.get("/theme.css").text + client.get("/hoidap/page.css").text
    for elsewhere in ("fonts.googleapis", "gstatic", "cdnjs", "cdn.", "jsdelivr", "huggingface.co"):
        assert elsewhere not in document + style
    assert style.count("url(") == style.count('url("data:image/')


@pytest.mark.parametrize(
    "path", ["/docs", "/config", "/gradio_api/info", "/gradio_api/openapi.json", "/monitoring"]
)
def test_what_gradio_would_offer_besides_is_not_there(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-security-policy"] == "default-src 'none'"


def test_nothing_can_be_uploaded(client: TestClient) -> None:
    answer = client.post("/gradio_api/upload", files={"files": ("a.txt", b"a")})
    assert answer.status_code == 404


@pytest.mark.parametrize("path", ["/tra-cuu", "/tai-lieu/bao-cao.txt", "/tai-lieu/khong/co.txt"])
def test_pages_of_our_own_keep_their_policy_beside_the_chat(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert "gradio" not in answer.text


def test_english_has_addresses_of_its_own_and_a_parameter_leads_to_them(
    client: TestClient,
) -> None:
    english = client.get("/en/")
    assert '<html lang="en" class="hoidap">' in english.text
    assert english.headers["content-security-policy"].startswith("default-src 'none'")
    assert client.get("/en/hoidap/page.css").status_code == 200
    for asked, leads_to in (
        ("/?lang=en", "en/"),
        ("/en", "en/"),
        ("/tra-cuu?lang=en&year=2025", "en/tra-cuu?year=2025"),
    ):
        answer = client.get(asked, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, leads_to)
    assert "set-cookie" not in english.headers


@pytest.mark.parametrize("path", ["/tra-cuu.csv", "/tra-cuu.xlsx", "/tra-cuu"])
def test_our_own_pages_are_only_read(client: TestClient, path: str) -> None:
    assert client.head(path).status_code == 200
    assert client.post(path).status_code in (404, 405)
