"""`enquiry-bot`: serve the HTTP API, ask one question, print the interface."""

import asyncio
import json
import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.answer import Answer
    from bot.enquiry import Enquiry, Nation
    from bot.service_settings import ServiceSettings

app = typer.Typer(
    help="Answer citizens' questions from published guidance.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

IndexOption = Annotated[
    Path | None, typer.Option("--index", help="Folder of index versions. [default: data/index]")
]


def main() -> None:
    """Run the bot command line."""
    app()


@app.command()
def serve(
    index: IndexOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on. [default: 127.0.0.1]")] = "",
    port: Annotated[
        int | None,
        typer.Option(min=0, max=65535, help="Port to listen on. [default: 8000]"),
    ] = None,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes.")] = 1,
) -> None:
    """Serve the API, the widget and the pages."""
    with _one_line_errors():
        from bot.service_settings import ServiceSettings

        settings = ServiceSettings()
        where, number = host or settings.host, settings.port if port is None else port
        _check_index(index)
        _check_port(where, number)
        _run(settings, index, host=where, port=number, workers=workers)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question.")],
    index: IndexOption = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print the whole answer as JSON.")
    ] = False,
) -> None:
    """Answer one question on the terminal."""
    with _one_line_errors():
        from bot.answer_json import dump_answer
        from bot.pipeline import answer_question
        from bot.wiring import build_services

        enquiry = _enquiry(question)
        _check_index(index)
        services = build_services(index_directory=index)
        answer = asyncio.run(_last(answer_question(enquiry, services)))
    if as_json:
        print(dump_answer(answer).decode())
    else:
        _print_answer(answer)


@app.command()
def explain(
    question: Annotated[str, typer.Argument(help="The question.")],
    index: IndexOption = None,
    publisher: Annotated[str, typer.Option(help="Only pages of this publisher.")] = "",
    nation: Annotated[
        str, typer.Option(help="Nation of the request: england, scotland, wales, northern-ireland.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print it as one JSON object.")] = False,
) -> None:
    """Say why a question gets its answer: signals, weights, confidence, pages left out."""
    with _one_line_errors():
        from dataclasses import replace

        from bot.explaining import explanation, in_lines
        from bot.wiring import build_services

        enquiry = replace(_enquiry(question), publisher=publisher, nation=_nation(nation))
        _check_index(index)
        services = build_services(index_directory=index)
        found = asyncio.run(explanation(enquiry, services))
    print(json.dumps(found, indent=2, ensure_ascii=False) if as_json else in_lines(found))


@app.command()
def openapi() -> None:
    """Print the OpenAPI document of the HTTP interface."""
    from bot.api.document import openapi_document

    print(json.dumps(openapi_document(), indent=2, ensure_ascii=False))


async def _last(events: "AsyncIterator[object]") -> "Answer":
    from bot.answer import Answer

    answer = None
    async for event in events:
        if isinstance(event, Answer):
            answer = event
    if answer is None:
        message = "The journey ended without an Answer; it must always yield one last."
        raise AssertionError(message)
    return answer


def _enquiry(question: str) -> "Enquiry":
    from bot.enquiry import Enquiry
    from bot.errors import QuestionError
    from bot.service_settings import ServiceSettings

    most = ServiceSettings().max_question_characters
    if not question.strip():
        raise QuestionError("it is empty")
    if len(question) > most:
        raise QuestionError(f"it has {len(question):,} characters and the most is {most:,}")
    # A terminal may hand over bytes that are no text; they come as lone surrogates.
    return Enquiry(question.encode("utf-8", "replace").decode("utf-8"))


def _nation(name: str) -> "Nation | None":
    from bot.enquiry import Nation
    from bot.errors import NationError

    if not name:
        return None
    try:
        return Nation(name)
    except ValueError as error:
        raise NationError(name, known=list(Nation)) from error


def _check_index(index: Path | None) -> None:
    """Fail before anything heavy is loaded when there is no index to read."""
    from ingestion.errors import IndexNotFoundError
    from ingestion.settings import IndexSettings
    from ingestion.wiring import version_store

    store = version_store(IndexSettings(), index)
    published = store.published()
    if not published:
        raise IndexNotFoundError(directory=store.directory)
    store.path_of(published)


def _check_port(host: str, port: int) -> None:
    from bot.errors import PortInUseError

    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = error.strerror or "not possible"
            raise PortInUseError(host=host, port=port, reason=reason) from error


def _run(
    settings: "ServiceSettings", index: Path | None, *, host: str, port: int, workers: int
) -> None:
    import uvicorn

    from bot.logs import configure_logging
    from bot.serving import build_app
    from bot.settings import BotSettings
    from guardrails.wiring import build_scrubber

    configure_logging(build_scrubber())
    listening = f"Listening on http://{host}:{port} (try /demo). Stop with Ctrl+C."
    if workers == 1:
        service = build_app(settings, BotSettings(), index)
        print(listening, file=sys.stderr)
        uvicorn.run(service, host=host, port=port, log_config=None, access_log=False)
        return
    if index is not None:
        # Worker processes are started afresh and read the environment.
        os.environ["ENQUIRY_INDEX_DIR"] = str(index)  # noqa: TID251
    print(listening, file=sys.stderr)
    uvicorn.run(
        "bot.serving:app_from_environment",
        factory=True,
        workers=workers,
        host=host,
        port=port,
        log_config=None,
        access_log=False,
    )


def _print_answer(answer: "Answer") -> None:
    notices = [f"({notice.text})" for notice in answer.notices]
    told = [answer.text, *notices] if answer.status.is_urgent else [*notices, answer.text]
    print("\n\n".join(told))
    for citation in answer.citations:
        updated = f"updated {citation.updated_at}" if citation.updated_at else ""
        facts = " · ".join(filter(None, (citation.publisher, citation.nation, updated)))
        print(f"\n[{citation.number}] {' > '.join(citation.heading_path)}")
        print(*(f"    {line}" for line in (facts, citation.deep_link) if line), sep="\n")
    if answer.nearest_pages:
        print("\nPages that may help:")
    for page in answer.nearest_pages:
        print(f"  {page.title}: {page.url}")
    for choice in answer.follow_ups:
        print(f"  - {choice}")
    print(f"\n{answer.status.value}, {answer.timings_ms['total']:.0f} ms")


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """Turn a failure the operator can fix into one line and the exit code of its kind."""
    from pydantic import ValidationError

    from bot.errors import BotError, DatabaseError, PortInUseError
    from ingestion.errors import IndexCorruptError, IndexNotFoundError, IngestionError

    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        name = "ENQUIRY_" + str(first["loc"][0]).upper() if first["loc"] else error.title
        print(f"{name}={first['input']!r} is not allowed: {first['msg']}.", file=sys.stderr)
        raise typer.Exit(2) from error
    except (DatabaseError, PortInUseError, IndexCorruptError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(4) from error
    except IndexNotFoundError as error:
        print(error, file=sys.stderr)
        raise typer.Exit(3) from error
    except (BotError, IngestionError) as error:
        print(error, file=sys.stderr)
        raise typer.Exit(2) from error
