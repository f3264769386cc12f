"""The document that Gradio serves, made our own."""

import pytest

from app.web.shell import content_security_policy, is_open, rewrite_document
from app.web.strings import load_strings

DOCUMENT = """<!doctype html>
<html
	lang="en"
	style="margin: 0">
<head><base href="./" />
<meta property="og:image" content="https://raw.githubusercontent.com/gradio-app/x.jpg"
/>
<meta name="twitter:creator" content="@Gradio" />
<script>window.gradio_config = {"a": 1};</script>
<script>(() => { script.src = "iframeResizer.contentWindow.min.js"; })();</script>
<link rel="manifest" href="/manifest.json" />
<script type="module" src="./assets/index.js"></script>
</head>
<body style="margin: 0"><gradio-app></gradio-app></body></html>"""


@pytest.fixture(scope="module")
def document() -> str:
    return rewrite_document(DOCUMENT, load_strings("vi"), "<b>1900</b>", "NONCE")


def test_it_speaks_vietnamese_and_has_a_title(document: str) -> None:
    assert '<html lang="vi" class="hoidap">' in document
    assert "<title>Hỏi đáp chuyển đổi số</title>" in document


def test_the_statement_and_the_contact_are_there_before_any_script_runs(document: str) -> None:
    body = document[document.index("<body") :]
    assert load_strings("vi").page.automatic in body
    assert body.index("statement") < body.index("<gradio-app") < body.index("<footer")
    assert "&lt;b&gt;1900&lt;/b&gt;" in body


def test_nothing_points_elsewhere(document: str) -> None:
    assert "https://" not in document
    assert "Gradio" not in document
    assert "iframeResizer" not in document
    assert "manifest" not in document


def test_gradios_own_scripts_stay_and_every_script_has_the_nonce(document: str) -> None:
    assert "window.gradio_config" in document
    assert './assets/index.js"' in document
    assert document.count("<script") == document.count('<script nonce="NONCE"') == 3


def test_the_policy_names_no_host_and_allows_no_inline_script() -> None:
    policy = content_security_policy("NONCE")
    directives = dict(directive.split(" ", 1) for directive in policy.split("; "))
    assert "http" not in policy
    assert "*" not in policy
    assert directives["default-src"] == "'none'"
    assert directives["connect-src"] == "'self'"
    assert "'unsafe-inline'" not in directives["script-src"]


@pytest.mark.parametrize(
    "path",
    [
        "/docs",
        "/openapi.json",
        "/config",
        "/monitoring",
        "/login",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=https://example.vn",
        "/gradio_api/call/respond",
        "/gradio_api/run/respond",
        "/gradio_api/runs",
        "/hoidap/../page.py",
        "/assets/../../config",
        "/tra-cuu.json",
        "/en/config",
        "/en/en/",
        "/fr/",
        "/gioi-thieu.json",
    ],
)
def test_what_the_page_does_not_need_is_closed(path: str) -> None:
    assert not is_open(path)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/assets/index.js",
        "/hoidap/page.css",
        "/gradio_api/queue/join",
        "/theme.css",
        "/en",
        "/en/",
        "/en/gradio_api/queue/join",
        "/en/hoidap/page.css",
        "/tai-lieu",
        "/gioi-thieu",
        "/en/gioi-thieu",
        "/tra-cuu",
        "/tra-cuu.csv",
        "/tra-cuu.xlsx",
        "/tai-lieu/thư mục/kế hoạch số 1.pdf",
    ],
)
def test_what_the_page_needs_is_open(path: str) -> None:
    assert is_open(path)
