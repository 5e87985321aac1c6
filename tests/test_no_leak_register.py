"""A door that the leak search does not know fails here, before anything can come through it."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import typer
from fastapi.routing import iter_route_contexts

from bot.cli import app as bot_commands
from bot.sql_conversations import Base
from eval.cli import app as eval_commands
from ingestion.cli import app as ingestion_commands
from tests.fakes import InMemoryConversations, ScriptedAnswerer
from tests.service import an_app

REGISTER: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("leak_register.toml").read_text("utf-8")
)
ROOMS = {"bot": bot_commands, "ingestion": ingestion_commands, "eval": eval_commands}


def routes() -> set[str]:
    app = an_app(ScriptedAnswerer(), InMemoryConversations())
    return {
        f"{method} {context.path}"
        for context in iter_route_contexts(app.routes)
        for method in context.methods or ("ANY",)
    }


def commands() -> set[str]:
    return {
        f"{room} {name}"
        for room, app in ROOMS.items()
        for name in typer.main.get_command(app).commands  # type: ignore[attr-defined]
    }


def tables() -> set[str]:
    return set(Base.metadata.tables)


@pytest.mark.parametrize(
    ("kind", "found"), [("routes", routes), ("commands", commands), ("tables", tables)]
)
def test_every_door_is_searched_or_says_why_not(kind: str, found: Callable[[], set[str]]) -> None:
    named = REGISTER[kind]
    searched, others = named["searched"], named["without_citizen_text"]

    assert len(set(searched)) == len(searched)
    assert not set(searched) & set(others)
    assert all(reason.strip() for reason in others.values())
    assert {*searched, *others} == found()
