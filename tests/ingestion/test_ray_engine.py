"""Both engines give the same index; run as commands, because Ray starts processes of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from time import monotonic

import pytest

from eval.benchmarks.static_model import save_static_model
from tests.ingestion.guidance_site import write_pages


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("ray")
    pages = {f"p{i}": f"Service {i} is for group {i}. Apply within {i} days." for i in range(40)}
    write_pages(root / "pages", **pages)
    (root / "pages" / "empty.md").write_text("")
    twin = "---\nurl: https://example.gov.uk/p1\ntitle: Twin\n---\n\nThe same address."
    (root / "pages" / "zz-twin.md").write_text(twin)
    save_static_model(root, ["Service", "group", "Apply", "days"])
    return root


def build(folder: Path, index: str, *options: str, **settings: str) -> dict[str, object]:
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("ENQUIRY_")},
        "ENQUIRY_EMBEDDING_MODEL": str(folder / "static-model"),
        **settings,
    }
    command = [sys.executable, "-m", "ingestion", "build", str(folder / "pages"), "--json"]
    done = subprocess.run(
        [*command, "--index", str(folder / index), "--publish", *options],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    summary: dict[str, object] = json.loads(done.stdout)
    return summary


def manifest(folder: Path, index: str) -> bytes:
    version = (folder / index / "published").read_text().strip()
    return (folder / index / "versions" / version / "manifest.json").read_bytes()


def test_ray_gives_the_same_manifest_as_a_local_build(folder: Path) -> None:
    build(folder, "ray")
    write_pages(folder / "pages", p7="Service 7 closed.")

    local = build(folder, "local")
    changed = build(folder, "ray", "--engine", "ray")

    assert manifest(folder, "ray") == manifest(folder, "local")
    assert changed["skipped"] == local["skipped"]
    assert changed["changes"]["pages"]["changed"] == 1  # type: ignore[index]
    assert changed["embedded"] == 0, "the pipeline embeds, so nothing is left for the build"


def test_an_unknown_engine_is_one_clear_error(folder: Path) -> None:
    command = [sys.executable, "-m", "ingestion", "build", str(folder / "pages")]
    done = subprocess.run(
        [*command, "--engine", "steam", "--index", str(folder / "x")],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "`local` and `ray`" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.fixture
def cluster(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A Ray cluster of two nodes on this machine, each a process of its own, without tokens."""
    monkeypatch.setenv("RAY_AUTH_MODE", "disabled")
    temporary = tempfile.mkdtemp(prefix="ray")  # Paths of sockets may not be long.
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    ray = Path(sys.executable).with_name("ray")
    common = [str(ray), "start", "--block", "--num-cpus=1", "--disable-usage-stats"]
    common += ["--node-ip-address=127.0.0.1"]
    head = ["--head", f"--port={address.rpartition(':')[2]}", "--include-dashboard=false"]
    with ExitStack() as ending:
        ending.callback(shutil.rmtree, temporary, ignore_errors=True)
        for number, options in enumerate(
            ([*head, f"--temp-dir={temporary}"], [f"--address={address}"]), start=1
        ):
            node = subprocess.Popen(
                [*common, *options],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )
            ending.callback(node.wait)
            ending.callback(os.killpg, node.pid, signal.SIGKILL)
            wait_for_nodes(address, number)
        yield address


def wait_for_nodes(address: str, wanted: int) -> None:
    """Wait until a cluster has so many nodes."""
    ask = (
        "import ray\n"
        f"ray.init(address='{address}', logging_level='ERROR')\n"
        "print(sum(node['Alive'] for node in ray.nodes()))"
    )
    deadline = monotonic() + 60
    while monotonic() < deadline:
        done = subprocess.run(
            [sys.executable, "-c", ask], check=False, capture_output=True, text=True
        )
        if done.stdout.strip() == str(wanted):
            return
    pytest.fail(f"The Ray cluster has not {wanted} nodes after a minute: {done.stderr}")


def test_a_cluster_named_by_its_address_gives_the_same_manifest(folder: Path, cluster: str) -> None:
    build(folder, "local-too")

    build(folder, "cluster", "--engine", "ray", ENQUIRY_RAY_ADDRESS=cluster)

    assert manifest(folder, "cluster") == manifest(folder, "local-too")


def test_a_cluster_that_is_not_there_is_one_clear_error(folder: Path) -> None:
    command = [sys.executable, "-m", "ingestion", "build", str(folder / "pages")]
    done = subprocess.run(
        [*command, "--engine", "ray", "--index", str(folder / "nowhere")],
        env={**os.environ, "ENQUIRY_RAY_ADDRESS": "127.0.0.1:9"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "127.0.0.1:9" in done.stderr
    assert "Traceback" not in done.stderr
