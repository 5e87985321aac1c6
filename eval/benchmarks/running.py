"""Run the product's own commands as a person would, and time them."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep

import httpx

READY_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that has ended."""

    seconds: float
    code: int
    output: str
    errors: str = ""


def run(*arguments: str, model: str = "") -> Finished:
    """Run `python -m ...` and return how long it took and what it printed.

    Args:
        arguments: Room and its arguments.
        model: Embedding model to use instead of the configured one.
    """
    started = perf_counter()
    done = subprocess.run(  # noqa: S603
        command(*arguments),
        capture_output=True,
        text=True,
        check=False,
        env=environment(model=model),
    )
    return Finished(perf_counter() - started, done.returncode, done.stdout, done.stderr)


def conditionalqa_index(data: Path, out: Path) -> Path:
    """Return the index of the ConditionalQA pages; the second build embeds nothing."""
    return _built(out / "index", str(data / "conditionalqa" / "pages"))


def sample_index(out: Path) -> Path:
    """Return the index of the shipped sample guidance; the second build embeds nothing."""
    return _built(out / "sample-index")


def _built(index: Path, *sources: str) -> Path:
    built = run("ingestion", "build", *sources, "--index", str(index), "--publish")
    if built.code:
        message = f"building {index} ended with {built.code}: {built.errors}"
        raise RuntimeError(message)
    return index


def command(*arguments: str) -> list[str]:
    """Return a command line of this project."""
    return [sys.executable, "-m", *arguments]


def environment(*, model: str = "", **settings: str) -> dict[str, str]:
    """Return this process's environment with settings changed, to hand on."""
    changed = {f"ENQUIRY_{name.upper()}": value for name, value in settings.items()}
    if model:
        changed["ENQUIRY_EMBEDDING_MODEL"] = model
    return {**os.environ, **changed}  # noqa: TID251  # handed on, not read


@contextmanager
def service(
    index: Path, out: Path, *, model: str = "", workers: int = 1
) -> Iterator[tuple[str, float]]:
    """Yield the address of a running service and the seconds it took to be ready.

    Args:
        index: Folder of index versions.
        out: Working folder.
        model: Embedding model to use instead of the configured one.
        workers: Processes that answer.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings = environment(
        model=model,
        rate_limits="off",
        max_question_characters="20000",
        data_dir=str(out / "service"),
    )
    serving = command(
        *("bot", "serve", "--index", str(index), "--port", str(port), "--workers", str(workers))
    )
    started = perf_counter()
    process = subprocess.Popen(serving, env=settings, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        url = f"http://127.0.0.1:{port}"
        wait_until_ready(url, process)
        yield url, perf_counter() - started
    finally:
        process.terminate()
        process.wait(20)


def wait_until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    """Return when a service that was started says that it is ready.

    Raises:
        RuntimeError: It ended, or was not ready in time.
    """
    started = perf_counter()
    while perf_counter() - started < READY_SECONDS:
        if process.poll() is not None:
            message = f"the service ended with {process.returncode} before it was ready"
            raise RuntimeError(message)
        # Nobody listens while it starts.
        with suppress(httpx.TransportError):
            if httpx.get(f"{url}/readyz", timeout=5).status_code == httpx.codes.OK:
                return
        sleep(0.1)
    message = f"the service was not ready after {READY_SECONDS} seconds"
    raise RuntimeError(message)
