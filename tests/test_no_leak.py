"""A thousand identifiers through every door; afterwards none is found in anything that is kept."""

import json
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path

import httpx
import pytest

from eval.benchmarks.guards.identifiers import KINDS, Told, sentences
from eval.benchmarks.running import wait_until_ready
from tests.leak_doors import DOORS, joined
from tests.openai_server import Script, openai_server
from tests.test_no_leak_register import REGISTER
from tests.test_whole_journey import command, environment

pytestmark = pytest.mark.model
# "Mrs Hughes" is a name that may stand in guidance; half a postcode may, too. Both are counted by
# the benchmark; here only what could be nobody else's.
EXACT = sorted(set(KINDS) - {"titled_name", "name", "postcode"})
LONGEST = 900
EACH = 1000 // len(EXACT) + 1
ENDED = "-- the command ended --"
# Each command as `python -m` runs it, in one process: the libraries take longer than the commands.
ONE_AFTER_THE_OTHER = f"""
import json, runpy, sys

for line in sys.stdin.readlines():
    sys.argv = json.loads(line)
    try:
        runpy.run_module(sys.argv[0], run_name="__main__")
    except SystemExit as end:
        if end.code not in (None, 0, 3):
            raise
    print("{ENDED}", flush=True)
"""
PAGES = {
    "passport": "An adult passport costs £94.50.",
    "tax": "You need a Unique Taxpayer Reference to file a tax return.",
    "driving": "Tell DVLA when your address changes.",
}


@dataclass
class Kept:
    """Everything the service wrote down, said of itself or sent to others while it ran."""

    folder: Path
    log: Path
    told: list[Told] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    opened: set[str] = field(default_factory=set)
    commands: set[str] = field(default_factory=set)
    model: Script = field(default_factory=Script)

    def everything(self) -> Iterator[tuple[str, str]]:
        yield "replies", "\n".join(self.said)
        yield "language model", json.dumps(self.model.requests, ensure_ascii=False)
        for path in [self.log, *self.folder.rglob("*")]:
            if path.is_file() and "index" not in path.relative_to(self.folder.parent).parts:
                yield path.name, path.read_bytes().decode("utf-8", "replace")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    folder = tmp_path_factory.mktemp("leak")
    pages = folder / "pages"
    pages.mkdir()
    for name, text in PAGES.items():
        matter = f"---\nurl: https://x.gov.uk/{name}\ntitle: {name.title()}\n---\n\n"
        (pages / f"{name}.md").write_text(f"{matter}{text}\n", "utf-8")
    built = command("ingestion", "build", str(pages), "--publish", cwd=folder)
    assert built.returncode == 0, built.stderr
    kept = Kept(folder / "data", folder / "service.log")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    # Every other time it fails, and its error repeats all that it was asked.
    kept.model = Script(reply="[1] It costs £94.50.", statuses=[200, 500] * 2_000, echoes=True)
    with kept.log.open("wb") as log, openai_server(kept.model) as model_url:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve", "--port", str(port)],
            cwd=folder,
            env={
                **environment(folder),
                "ENQUIRY_CHAT_MODEL": "openai:scripted",
                "ENQUIRY_CHAT_BASE_URL": model_url,
                "ENQUIRY_CHAT_API_KEY": "key",
                "ENQUIRY_CHAT_RETRIES": "0",
                "ENQUIRY_CHAT_FAILURES": "1000",
            },
            stdout=log,
            stderr=log,
        )
        try:
            wait_until_ready(f"http://127.0.0.1:{port}", process)
            _through_every_door(f"http://127.0.0.1:{port}", kept)
            _through_every_command(folder, kept)
        finally:
            # Killed, so that what a crash would leave on the disk is searched, too.
            process.kill()
            process.wait(20)
    return kept


def _through_every_door(url: str, kept: Kept) -> None:
    def overhear(reply: httpx.Response) -> None:
        reply.read()
        kept.said.append(reply.text)
        kept.opened.add(f"{reply.request.method} {reply.request.url.path}")

    kept.told = [told for kind in EXACT for told in sentences(kind, EACH, seed=5)]
    hooks = {"response": [overhear]}
    with httpx.Client(base_url=url, timeout=60, event_hooks=hooks) as client:
        for told, door in zip(kept.told, cycle(DOORS), strict=False):
            door(client, told)
        failures = client.get("/metrics").text
        assert re.search(r'language_model_failures_total\{kind="\w+"\} [1-9]\d\d', failures)


def _through_every_command(folder: Path, kept: Kept) -> None:
    """Ask on the terminal, where what is printed counts as said and what is logged as kept."""
    kept.commands.add("bot serve")
    one_of_each = {told.kind: told.sentence for told in kept.told}
    # A card ends the journey, so it is told alone.
    runs: list[tuple[tuple[str, ...], str]] = [(("bot", "ask"), one_of_each.pop("card"))]
    for message in _in_messages(one_of_each.values()):
        runs += [(("bot", "ask", "--json"), message), (("ingestion", "search"), message)]
        runs.append((("bot", "explain", "--json"), message))
    lines = [json.dumps([*arguments, message]) for arguments, message in runs]
    done = subprocess.run(
        [sys.executable, "-c", ONE_AFTER_THE_OTHER],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        check=False,
        cwd=folder,
        env=environment(folder),
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(ENDED) == len(runs)
    kept.said += [done.stdout, done.stderr]
    kept.commands |= {" ".join(arguments[:2]) for arguments, _ in runs}


def _in_messages(sentences: Iterable[str]) -> Iterator[str]:
    """Yield the sentences in messages that are short enough to be answered."""
    message = ""
    for sentence in sentences:
        if len(message) + len(sentence) > LONGEST:
            yield message
            message = ""
        message = f"{message} {sentence}".strip()
    yield message


def test_every_door_of_the_register_was_used(kept: Kept, tmp_path: Path) -> None:
    searched = {kind: set(REGISTER[kind]["searched"]) for kind in REGISTER}
    patterns = {route: re.sub(r"\{\w+\}", "[^/]+", route) for route in searched["routes"]}
    unopened = [
        route
        for route, pattern in patterns.items()
        if not any(re.fullmatch(pattern, opened) for opened in kept.opened)
    ]
    # A copy, because reading a database that was left open writes to it.
    copy = shutil.copytree(kept.folder, tmp_path / "data", ignore=shutil.ignore_patterns("index"))
    with closing(sqlite3.connect(copy / "enquiries.sqlite3")) as database:
        names = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
        rows = {
            table: database.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]  # noqa: S608
            for table in searched["tables"] & names
        }

    assert not unopened
    assert searched["commands"] == kept.commands
    assert set(rows) == searched["tables"]
    assert all(rows.values()), rows


def test_every_door_was_used(kept: Kept) -> None:
    assert len(kept.told) >= 1000
    assert len(kept.said) > len(kept.told)
    assert len(kept.model.requests) > 300
    assert {"service.log", "enquiries.sqlite3"} <= {name for name, _ in kept.everything()}


def test_nothing_that_is_kept_or_said_holds_an_identifier(kept: Kept) -> None:
    found = []
    for name, text in kept.everything():
        haystack, spoken = joined(text), text.lower()
        for told in kept.told:
            value = joined(told.value)
            # Short numbers may be a part of something else; then the form must be the same.
            hit = value in haystack if len(value) >= 9 else told.value.lower() in spoken
            if hit:
                found.append((name, told.kind, told.sentence))
    assert not found, found[:20]
