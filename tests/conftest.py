"""Fixtures every test may use; no test may reach anything but this machine."""

import logging
import os
import socket
from collections.abc import Iterator
from ipaddress import ip_address

import pytest

from bot.logs import JsonFormatter

pytest_plugins = (
    "tests.browser",
    "tests.bundled_model",
    "tests.chroma_server",
    "tests.order",
    "tests.postgres",
    "tests.service",
)


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and not _is_loopback(str(address[0])):
            pytest.fail(f"A test tried to reach {address[0]}.")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(autouse=True)
def no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    for name in list(os.environ):
        if name.startswith("ENQUIRY_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("ENQUIRY_DATA_DIR", str(tmp_path))


@pytest.fixture(autouse=True)
def no_log_handler_stays() -> Iterator[None]:
    """Take out what a command that serves has set up: its stream closes with the test.

    The linter of imports switches all loggers off; tests that come later read them.
    """
    yield
    for logger in logging.Logger.manager.loggerDict.values():
        if isinstance(logger, logging.Logger):
            logger.disabled = False
    root = logging.getLogger()
    for handler in [h for h in root.handlers if isinstance(h.formatter, JsonFormatter)]:
        root.removeHandler(handler)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
