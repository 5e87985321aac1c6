"""Commands of `enquiry-ingest` that only look: versions, diff, audit, search, explain."""

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from ingestion.cli_options import (
    IndexOption,
    JsonOption,
    QuestionsOption,
    index_store,
    one_line_errors,
)
from ingestion.errors import IndexNotFoundError

if TYPE_CHECKING:
    from ingestion.versions import VersionStore

reports = typer.Typer()


@reports.command()
def versions(index: IndexOption = None, as_json: JsonOption = False) -> None:
    """List index versions, oldest first; the published one is marked."""
    with one_line_errors():
        store = index_store(index)
        live = store.published()
        manifests = [store.manifest_of(name) for name in store.names()]
    if as_json:
        rows = [{**m.model_dump(mode="json"), "published": m.version == live} for m in manifests]
        print(json.dumps({"versions": rows}, ensure_ascii=False))
        return
    if not manifests:
        print("No versions yet. Build one with `enquiry-ingest build --publish`.")
    for m in manifests:
        mark = "published" if m.version == live else ""
        print(f"{m.version}  {m.pages} pages  {m.passages} passages  {m.units} units  {mark}")


@reports.command()
def search(
    query: Annotated[str, typer.Argument(help="Words or a question.")],
    index: IndexOption = None,
    limit: Annotated[int, typer.Option(min=1, max=100, help="Most passages to show.")] = 5,
    as_json: JsonOption = False,
) -> None:
    """Show the passages closest to a query, words and meaning combined."""
    with one_line_errors():
        from ingestion.search import search_passages
        from ingestion.settings import IndexSettings
        from ingestion.wiring import load_embedder, open_index

        settings = IndexSettings()
        opened = open_index(settings, directory=index)
        hits = search_passages(query, opened, load_embedder(settings), limit=limit)
        opened.close()
    if as_json:
        rows = [
            {"score": round(h.score, 5), "url": h.passage.url, "text": h.passage.text} for h in hits
        ]
        print(json.dumps({"query": query, "passages": rows}, ensure_ascii=False))
        return
    for hit in hits:
        print(f"{hit.score:.4f}  {' > '.join(hit.passage.heading_path)}\n        {hit.passage.url}")
    if not hits:
        raise typer.Exit(3)


@reports.command()
def audit(
    version: Annotated[str, typer.Argument(help="Version name; the newest when left out.")] = "",
    index: IndexOption = None,
    as_json: JsonOption = False,
) -> None:
    """Check a version's files and show what was found when it was built."""
    with one_line_errors():
        from ingestion.auditing.audit import read_audit
        from ingestion.gate import audit_file
        from ingestion.settings import IndexSettings
        from ingestion.wiring import open_version, vector_collections

        store = index_store(index)
        chosen = _newest(store, version)
        open_version(store, chosen, vector_collections(IndexSettings())).close()
        record = read_audit(audit_file(store, chosen))
    if as_json:
        print(json.dumps({"version": chosen, **asdict(record)}, ensure_ascii=False))
    else:
        for finding in record.findings:
            print(f"{finding.severity} [{finding.check}] {finding.subject}: {finding.text}")
        print(f"{chosen}: all files are as they were built, {len(record.findings)} findings.")
    if any(finding.severity == "blocks" for finding in record.findings):
        raise typer.Exit(1)


@reports.command()
def diff(
    before: Annotated[str, typer.Argument(help="Version; the published one when left out.")] = "",
    after: Annotated[str, typer.Argument(help="Version; the newest when left out.")] = "",
    index: IndexOption = None,
    questions: QuestionsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what is different between two versions: pages, text, and questions' first passage."""
    with one_line_errors():
        from ingestion.difference import difference, printed
        from ingestion.settings import IndexSettings
        from ingestion.wiring import load_embedder, vector_collections

        store = index_store(index)
        old = before or store.published() or _newest(store, "")
        result = difference(
            store,
            old,
            _newest(store, after),
            collections=vector_collections(IndexSettings()),
            embedder=load_embedder(IndexSettings()) if questions else None,
            questions=questions,
        )
    print(json.dumps(asdict(result), ensure_ascii=False) if as_json else printed(result))


@reports.command()
def explain(
    url: Annotated[str, typer.Argument(help="Address of a page, or the file it was read from.")],
    index: IndexOption = None,
    version: Annotated[str, typer.Option(help="Version; the newest when left out.")] = "",
    as_json: JsonOption = False,
) -> None:
    """Say how a page was read and cut, or why it is not in the index."""
    with one_line_errors():
        from ingestion.explanation import explanation, printed

        store = index_store(index)
        result = explanation(store, _newest(store, version), url)
    print(json.dumps(result, ensure_ascii=False, default=str) if as_json else printed(result))
    if not result["pages"]:
        raise typer.Exit(3)


def _newest(store: "VersionStore", version: str) -> str:
    names = store.names()
    if not version and not names:
        raise IndexNotFoundError(directory=store.directory)
    if version and version not in names:
        raise IndexNotFoundError(directory=store.directory, version=version)
    return version or names[-1]
