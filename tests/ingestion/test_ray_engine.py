"""Both engines give the same index; run as commands, because Ray starts processes of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

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


def build(folder: Path, index: str, *options: str) -> dict[str, object]:
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith("ENQUIRY_")},
        "ENQUIRY_EMBEDDING_MODEL": str(folder / "static-model"),
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
