"""A real Chroma server on a loopback port, for one test run."""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pytest

from tests.required import missing

SECONDS = 60


@pytest.fixture(scope="session")
def chroma_url() -> Iterator[str]:
    program = Path(sys.executable).with_name("chroma")
    if not program.exists():
        missing("Chroma's server")
    folder = tempfile.mkdtemp(prefix="enquiry-chroma-")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    server = subprocess.Popen(
        [str(program), "run", "--path", folder, "--host", "127.0.0.1", "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    url = f"http://127.0.0.1:{port}"
    try:
        _wait_for(url, server)
        yield url
    finally:
        server.terminate()
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(url: str, server: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + SECONDS
    while server.poll() is None and time.monotonic() < end:
        try:
            if httpx.get(f"{url}/api/v2/heartbeat", timeout=2).status_code == 200:
                return
        except httpx.TransportError:
            # Ends at once when the server does; nothing tells that it listens but a reply.
            with suppress(subprocess.TimeoutExpired):
                server.wait(0.05)
    pytest.fail("the Chroma server did not start")
