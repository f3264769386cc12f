"""Shared by all tests: no network but loopback, no telemetry, private caches."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).parents[2] / "shared"
_LOOPBACK = ("127.", "::1", "localhost")


class NetworkBlockedError(RuntimeError):
    """A test tried to reach something outside loopback."""


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family in (socket.AF_INET, socket.AF_INET6):
            host = str(address[0])
            if not host.startswith(_LOOPBACK):
                raise NetworkBlockedError(f"A test tried to reach {host}.")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def shared() -> Path:
    """Return the developer's optional folder of real documents, or skip the test."""
    if not SHARED.is_dir():
        pytest.skip("../shared is absent: this test reads its real documents")
    return SHARED


def pytest_configure() -> None:
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
