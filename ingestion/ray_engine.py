"""Read, cut and embed folders as a Ray Data pipeline (the only home of ray; extra `[ray]`).

Load and clean run as tasks, cut and embed in a pool of workers that each hold the model. Blocks
stream from stage to stage and end in a spool on disk, so neither the driver nor a worker ever
holds the corpus. The build then does with the spool just what it does with a folder, which is why
both engines give the same root hash.
"""

import json
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import ray
import ray.data
from pydantic import TypeAdapter

from ingestion.cutting import CuttingRules, cut
from ingestion.document import Document, Fetch, Skipped
from ingestion.embedding import Embedder
from ingestion.errors import EngineError
from ingestion.settings import IndexSettings
from ingestion.source import Found, Source
from ingestion.sources.folder import FolderSource
from ingestion.sources.local_files import files_of, read_file
from ingestion.vectors import KEY_BYTES, NAMES, KnownVectors, text_key, texts_of

PAGES_AT_ONCE = 16
KNOCK_SECONDS = 10
_FOUND: TypeAdapter[Document | Skipped] = TypeAdapter(Document | Skipped)
Report = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What every worker needs.

    Attributes:
        settings: Which model embeds.
        load: Loads it, in the worker.
        rules: Sizes of passages.
    """

    settings: IndexSettings
    load: Callable[[IndexSettings], Embedder]
    rules: CuttingRules


@dataclass(frozen=True, slots=True)
class Prepared:
    """Sources whose files are read already, and the vectors of their texts."""

    sources: tuple[Source, ...]
    vectors: KnownVectors


def prepare(
    sources: Sequence[Source],
    recipe: Recipe,
    known: KnownVectors,
    *,
    spool: Path,
    report: Report,
) -> Prepared:
    """Read and embed every folder among the sources; the others stay as they are.

    Args:
        sources: In the order of the build.
        recipe: What every worker needs.
        known: Vectors that exist already; their texts are not embedded again.
        spool: An empty folder for what the pipeline yields.
        report: Called with stage, done and total.

    Raises:
        EngineError: The cluster cannot be reached.
    """
    _start(recipe.settings.ray_address)
    ray.data.DataContext.get_current().enable_progress_bars = False
    keys = ray.put(known.keys())
    vectors = KnownVectors()
    spooled: list[Source] = []
    for number, source in enumerate(sources):
        if not isinstance(source, FolderSource):
            spooled.append(source)
            continue
        part = spool / f"{number:04}"
        part.mkdir()
        _run(source, part, (recipe, keys), report)
        vectors.add(*_read_vectors(part))
        spooled.append(Spooled(source, part))
    return Prepared(tuple(spooled), vectors)


def _start(address: str) -> None:
    """Join the cluster at an address whose machines see the same files, or start one here."""
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": "ERROR"}
    if not address:
        options["include_dashboard"] = False
    try:
        _knock(address)
        ray.init(address=address or "local", ignore_reinit_error=True, **options)
    except (OSError, RuntimeError, ValueError) as error:
        reason = f"{address}: {error}" if address else str(error)
        raise EngineError(engine="ray", reason=reason.splitlines()[0]) from error


def _knock(address: str) -> None:
    """Raise OSError at once when nobody listens at `host:port`; Ray itself waits for minutes."""
    host, _, port = address.rpartition(":")
    if host and port.isdigit():
        socket.create_connection((host.rpartition("/")[2], int(port)), KNOCK_SECONDS).close()


class Spooled:
    """A folder that was read by the pipeline."""

    def __init__(self, source: FolderSource, part: Path) -> None:
        self._source = source
        self._part = part

    @property
    def location(self) -> str:
        """As of the folder."""
        return self._source.location

    @property
    def settings_digest(self) -> str:
        """As of the folder."""
        return self._source.settings_digest

    def read(self, earlier: Mapping[str, Fetch]) -> Iterator[Found]:  # noqa: ARG002
        """Yield what the pipeline read, in the order of the files; `earlier` is not needed."""
        places: list[tuple[int, int, int]] = []
        with (self._part / "found.jsonl").open("rb") as stream:
            at = 0
            for line in stream:
                entry = json.loads(line)
                places.append((entry["file"], entry["position"], at))
                at += len(line)
            for _, _, start in sorted(places):
                stream.seek(start)
                entry = json.loads(stream.readline())
                yield from self._source.taken(_FOUND.validate_python(entry["found"]))


def _run(source: FolderSource, part: Path, parts: tuple[Any, ...], report: Report) -> None:
    files = files_of(source.path)
    root = source.path if source.path.is_dir() else source.path.parent
    rows = [{"file": i, "path": str(path), "root": str(root)} for i, path in enumerate(files)]
    cores = ray.cluster_resources().get("CPU", 1)  # type: ignore[no-untyped-call]
    # One core reads while the others embed; a reader that waits costs nothing.
    workers = max(1, int(cores) - 1)
    pages = ray.data.from_items(rows, override_num_blocks=max(1, len(rows) // PAGES_AT_ONCE))
    ready = pages.flat_map(_load).map_batches(
        _Embed,
        fn_constructor_args=parts,
        batch_size=PAGES_AT_ONCE,
        batch_format="numpy",
        compute=ray.data.ActorPoolStrategy(size=workers),
        num_cpus=1,
    )
    done = 0
    with (
        (part / "found.jsonl").open("wb") as found,
        (part / "keys.bin").open("wb") as keys,
        (part / "vectors.bin").open("wb") as vectors,
    ):
        for row in ready.iter_rows():
            entry = {
                "file": int(row["file"]),
                "position": int(row["position"]),
                "found": json.loads(row["found"]),
            }
            found.write(json.dumps(entry, ensure_ascii=False).encode() + b"\n")
            keys.write(row["keys"])
            vectors.write(row["vectors"])
            done += 1
            report("reading and embedding", done, 0)


def _load(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Read one file, in a worker."""
    found = read_file(Path(row["path"]), root=Path(row["root"]))
    return [
        {"file": row["file"], "position": position, "found": _FOUND.dump_json(page).decode()}
        for position, page in enumerate(found)
    ]


class _Embed:
    """Cuts and embeds pages, in a worker that holds the model."""

    def __init__(self, recipe: Recipe, keys: Any) -> None:
        self._embedder = recipe.load(recipe.settings)
        self._rules = recipe.rules
        self._known: frozenset[bytes] = ray.get(keys)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        texts: list[str] = []
        own: list[list[bytes]] = []
        seen = set(self._known)
        for found in batch["found"]:
            mine = []
            for text in self._texts(_FOUND.validate_json(found)):
                key = text_key(text)
                if key not in seen:
                    seen.add(key)
                    mine.append(key)
                    texts.append(text)
            own.append(mine)
        vectors = self._embedder.embed_passages(texts)
        ends = np.cumsum([len(keys) for keys in own])
        rows = np.split(vectors, ends[:-1]) if own else []
        return {
            **batch,
            "keys": [b"".join(keys) for keys in own],
            "vectors": [part.astype(np.float32).tobytes() for part in rows],
        }

    def _texts(self, found: Document | Skipped) -> Iterator[str]:
        if isinstance(found, Document):
            passages = cut(found, model=self._embedder.name, rules=self._rules)
            for name in NAMES:
                yield from texts_of(name, passages)


def _read_vectors(part: Path) -> tuple[list[bytes], Any]:
    packed = (part / "keys.bin").read_bytes()
    keys = [packed[at : at + KEY_BYTES] for at in range(0, len(packed), KEY_BYTES)]
    if not keys:
        return [], np.zeros((0, 1), dtype=np.float32)
    vectors = np.memmap(part / "vectors.bin", dtype=np.float32, mode="r")
    return keys, vectors.reshape(len(keys), -1)
