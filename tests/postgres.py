"""A real PostgreSQL from the system's packages, in a temporary directory, for one test run."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.required import missing


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        missing("PostgreSQL")
    folder = Path(tempfile.mkdtemp(prefix="enquiry-postgres-"))
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
    port = _free_port()
    run = _Runner(programs[-1].parent)
    try:
        run("initdb", "-D", f"{folder}/data", "-U", "test", "-A", "trust", "-E", "UTF8", "-N")
        options = f"-p {port} -c listen_addresses=127.0.0.1 -c fsync=off -k {folder}"
        log = f"{folder}/log"
        run("pg_ctl", "-D", f"{folder}/data", "-w", "-l", log, "-o", options, "start")
        yield f"postgresql+psycopg://test@127.0.0.1:{port}/postgres"
        run("pg_ctl", "-D", f"{folder}/data", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Runner:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, program: str, *arguments: str) -> None:
        as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        subprocess.run(
            [*as_user, str(self._folder / program), *arguments],
            check=True,
            capture_output=True,
            cwd="/",
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
