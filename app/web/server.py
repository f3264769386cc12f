"""Serving the page: Gradio inside a small application of our own, and nothing else of Gradio."""

import contextlib
import secrets
import socket
from collections.abc import Mapping

import fastapi
import gradio
import uvicorn
from fastapi.staticfiles import StaticFiles
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.answers import Language
from app.catalogue import Catalogue
from app.errors import AppError
from app.starting import StartingAssistant
from app.web.addresses import HOMES, moved_to
from app.web.routes import site_routes
from app.web.shell import STATIC, content_security_policy, is_open, rewrite_document
from app.web.strings import Strings, load_strings
from app.web.theme import build_theme

_SHUTDOWN_SECONDS = 2


def build_application(
    pages: Mapping[Language, gradio.Blocks], catalogue: Catalogue, contact: str | None = None
) -> fastapi.FastAPI:
    """Return the application: in each language the chat, the pages rendered here, static files."""
    application = fastapi.FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    words = {language: load_strings(language) for language in pages}
    application.add_middleware(Shell, words=words, contact=contact)
    # The root holds the others: it comes last.
    for language in sorted(pages, key=lambda language: -len(HOMES[language])):
        home = HOMES[language]
        application.mount(f"/{home}hoidap", StaticFiles(directory=STATIC))
        application.router.routes.extend(site_routes(catalogue, words[language], contact))
        _mount_chat(application, pages[language], f"/{home}".rstrip("/") or "/")
    return application


def _mount_chat(application: fastapi.FastAPI, page: gradio.Blocks, path: str) -> None:
    gradio.mount_gradio_app(
        application,
        page,
        path=path,
        theme=build_theme(),
        footer_links=[],
        run_history=False,
        favicon_path=str(STATIC / "icon.svg") if path == "/" else None,
        show_error=False,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        max_file_size=0,
    )


def run(application: fastapi.FastAPI, host: str, port: int, starting: StartingAssistant) -> None:
    """Serve until interrupted; the assistant is made once the page can be opened.

    The address is printed then. Raises what kept the assistant from being made.
    """
    configuration = uvicorn.Config(
        application,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=_SHUTDOWN_SECONDS,
    )
    with _listen(host, port) as listening, contextlib.suppress(KeyboardInterrupt):
        port = listening.getsockname()[1]
        _Announcing(configuration, host, port, starting).run(sockets=[listening])
    starting.check()


class _Announcing(uvicorn.Server):
    """A server that prints its address when it has started, and then has the assistant made."""

    def __init__(
        self, configuration: uvicorn.Config, host: str, port: int, starting: StartingAssistant
    ) -> None:
        super().__init__(configuration)
        self.starting = starting
        self.address = f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            print(f"The page is at {self.address} (stop with Ctrl+C).", flush=True)
            self.starting.start(on_failure=self._stop)

    def _stop(self) -> None:
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Every open page keeps a stream open, which would hold back the end of the program.
        for connection in list(self.server_state.connections):
            connection.transport.close()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise AppError(
            f"Address {host}:{port} cannot be used ({error.strerror}): choose another --port."
        ) from error
    return listening


class Shell:
    """Closes what the page does not need, rewrites its document, and sets its policy."""

    def __init__(
        self, app: ASGIApp, words: Mapping[Language, Strings], contact: str | None
    ) -> None:
        self.application = app
        self.chats = {f"/{HOMES[language]}": strings for language, strings in words.items()}
        self.contact = contact

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
        elif not is_open(scope["path"]):
            await fastapi.Response(status_code=404)(scope, receive, _with_headers(send, None))
        elif target := moved_to(scope["path"], scope["query_string"].decode("ascii", "replace")):
            await RedirectResponse(target, 303)(scope, receive, _with_headers(send, None))
        elif strings := self.chats.get(scope["path"]):
            await self._document(strings, scope, receive, send)
        else:
            await self.application(scope, receive, _with_headers(send, None))

    async def _document(self, strings: Strings, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the page: gather Gradio's document, then send it rewritten."""
        nonce = secrets.token_urlsafe(16)
        gathered: list[Message] = []

        async def gather(message: Message) -> None:
            gathered.append(message)

        await self.application(_uncompressed(scope), receive, gather)
        (start,) = (message for message in gathered if message["type"] == "http.response.start")
        body = b"".join(message.get("body", b"") for message in gathered)
        if Headers(raw=start["headers"]).get("content-type", "").startswith("text/html"):
            document = body.decode("utf-8")
            body = rewrite_document(document, strings, self.contact, nonce).encode("utf-8")
        MutableHeaders(raw=start["headers"])["content-length"] = str(len(body))
        send = _with_headers(send, content_security_policy(nonce))
        await send(start)
        await send({"type": "http.response.body", "body": body})


def _uncompressed(scope: Scope) -> Scope:
    headers = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
    return {**scope, "headers": headers}


def _with_headers(send: Send, policy: str | None) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["x-content-type-options"] = "nosniff"
            headers["referrer-policy"] = "no-referrer"
            if policy:
                headers["content-security-policy"] = policy
            headers.setdefault("content-security-policy", "default-src 'none'")
        await send(message)

    return sending
