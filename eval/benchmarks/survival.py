"""Builds killed at random moments, and versions published while questions are asked."""

import json
import random
import re
import shutil
import subprocess
import threading
from pathlib import Path
from time import perf_counter, sleep

import httpx

from eval.benchmarks.running import command, environment, run, service
from eval.benchmarks.static_model import save_static_model

KILLS = 20
PUBLISHES = 20
QUESTIONS_A_SECOND = 22  # a little more than the twenty that are asked for
CLIENTS = 4
SECONDS_TO_FOLLOW = 2.0
QUESTION = "How much does a fishing permit for the town lake cost?"
PERMIT = "https://example.gov.uk/fishing-permit"


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return how many versions were broken, requests failed, and withdrawn pages cited."""
    folder = out / "survival"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return {
        "kills": _kills(data / "va_guidance" / "2019-04-19", folder),
        "publishes": _publishes(folder, out),
    }


def _kills(source: Path, folder: Path) -> dict[str, object]:
    pages, index = folder / "pages", folder / "killed"
    shutil.copytree(source, pages)
    model = str(save_static_model(folder, _words_of(pages)))
    build = ("ingestion", "build", str(pages), "--index", str(index), "--publish", "--json")
    whole = run(*build, model=model)
    chance = random.Random(7)  # noqa: S311  # moments, not secrets
    interrupted = broken = 0
    for kill in range(KILLS):
        (pages / "kill.md").write_text(
            f"---\nurl: https://x.gov.uk/kill\ntitle: Kill\n---\n\nDay {kill}."
        )
        process = subprocess.Popen(  # noqa: S603
            command(*build),
            env=environment(model=model),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        sleep(chance.uniform(0.1, 1.1) * whole.seconds)
        interrupted += process.poll() is None
        process.kill()
        process.communicate()
        broken += _broken(index, model)
    after = run(*build, model=model)
    return {
        "kills": KILLS,
        "while_running": interrupted,
        "versions_that_open_broken": broken,
        "next_build_exit_code": after.code,
    }


def _words_of(pages: Path) -> list[str]:
    texts = (file.read_text("utf-8", "replace") for file in sorted(pages.rglob("*.md")))
    return sorted({word for text in texts for word in re.findall(r"\w+", text)})


def _broken(index: Path, model: str) -> int:
    listed = run("ingestion", "versions", "--index", str(index), "--json", model=model)
    names = [version["version"] for version in json.loads(listed.output)["versions"]]
    opened = [run("ingestion", "audit", n, "--index", str(index), model=model) for n in names[-2:]]
    return sum(done.code not in (0, 1) or "damaged" in done.errors for done in opened)


def _publishes(folder: Path, out: Path) -> dict[str, object]:
    index, pages = folder / "live", folder / "guidance"
    with_permit, without = _two_versions(pages, index)
    run("ingestion", "publish", with_permit, "--index", str(index))
    seen: list[tuple[float, int, bool]] = []
    withdrawn_at: list[tuple[float, float]] = []
    stop = threading.Event()
    with service(index, out) as (url, _):
        clients = [threading.Thread(target=_ask, args=(url, seen, stop)) for _ in range(CLIENTS)]
        begun = perf_counter()
        for client in clients:
            client.start()
        for number in range(PUBLISHES):
            gone = number % 2 == 0
            run("ingestion", "publish", without if gone else with_permit, "--index", str(index))
            published = perf_counter()
            sleep(SECONDS_TO_FOLLOW + 1)
            if gone:
                withdrawn_at.append((published + SECONDS_TO_FOLLOW, perf_counter()))
        stop.set()
        seconds = perf_counter() - begun
        for client in clients:
            client.join(60)
    late = sum(
        cited and any(start <= asked <= end for start, end in withdrawn_at)
        for asked, _, cited in seen
    )
    return {
        "publishes": PUBLISHES,
        "requests": len(seen),
        "requests_a_second": round(len(seen) / seconds, 1),
        "failed_requests": sum(status != httpx.codes.OK for _, status, _ in seen),
        "answers_that_cite_the_page": sum(cited for _, _, cited in seen),
        "withdrawn_page_cited_after_2_seconds": late,
    }


def _two_versions(pages: Path, index: Path) -> tuple[str, str]:
    pages.mkdir()
    for name, text in (
        ("fishing-permit", "A fishing permit for the town lake costs £31 a year."),
        ("library", "Books are free to borrow. You need a library card."),
        ("bins", "Bins are emptied every week. Put them out before 7am."),
    ):
        matter = f"---\nurl: https://example.gov.uk/{name}\ntitle: {name}\n---\n\n"
        (pages / f"{name}.md").write_text(matter + text, "utf-8")
    versions = []
    for withdraw in (False, True):
        if withdraw:
            (pages / "fishing-permit.md").unlink()
        built = run("ingestion", "build", str(pages), "--index", str(index), "--json")
        versions.append(str(json.loads(built.output)["version"]))
    return versions[0], versions[1]


def _ask(url: str, seen: list[tuple[float, int, bool]], stop: threading.Event) -> None:
    """Ask at a steady pace; a question that is late does not make the next one late."""
    begun, number = perf_counter(), 0
    with httpx.Client(base_url=url, timeout=30) as client:
        while not stop.is_set():
            asked = perf_counter()
            try:
                reply = client.post("/v1/ask", json={"question": QUESTION})
                cited = any(c["url"] == PERMIT for c in reply.json().get("citations", ()))
                seen.append((asked, reply.status_code, cited))
            except httpx.HTTPError:
                seen.append((asked, 0, False))
            number += 1
            sleep(max(0.0, begun + number * CLIENTS / QUESTIONS_A_SECOND - perf_counter()))
