"""The house rules, checked by machine."""

import builtins
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports
from pydantic_settings import BaseSettings

import eval as eval_package
from bot.answer import AnswerStatus
from bot.service_settings import ServiceSettings
from bot.settings import BotSettings
from bot.wording import REPLIES
from eval.settings import EvalSettings
from guardrails.settings import GuardrailSettings
from ingestion.settings import IndexSettings

ROOT = Path(__file__).parent.parent
ROOMS = ("bot", "ingestion", "guardrails", "eval", "web_widget")
MODULES = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
JUNK_DRAWERS = {"utils", "util", "common", "helpers", "misc", "shared", "core", "base"}
TOP_LEVEL = {
    *ROOMS,
    *("tests", "docs", "deploy", "pyproject.toml", "README.md", "Makefile", "constraints.txt"),
    *("CHANGELOG.md", "data", "runs", "build"),
}
SETTINGS = (BotSettings, ServiceSettings, IndexSettings, GuardrailSettings, EvalSettings)


def test_rooms_import_in_one_direction() -> None:
    assert lint_imports(no_cache=True) == 0


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_module_fits_on_a_few_screens(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_module_name_says_what_is_inside(path: Path) -> None:
    assert path.stem not in JUNK_DRAWERS


def test_nothing_new_on_the_top_level() -> None:
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith((".", "__"))}
    assert {name for name in found - TOP_LEVEL if not name.endswith(".egg-info")} == set()


def test_eval_package_is_ours_and_the_builtin_is_untouched() -> None:
    assert Path(eval_package.__file__ or "").parent == ROOT / "eval"
    assert builtins.eval is not eval_package  # type: ignore[comparison-overlap]


@pytest.mark.parametrize("room", ["bot", "ingestion", "guardrails", "web_widget"])
def test_a_room_publishes_few_names_and_all_exist(room: str) -> None:
    module = importlib.import_module(room)
    assert len(module.__all__) <= 10
    assert all(hasattr(module, name) for name in module.__all__)


@pytest.mark.parametrize("settings", SETTINGS)
def test_every_setting_is_described_on_the_page(settings: type[BaseSettings]) -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    prefix = settings.model_config.get("env_prefix", "")
    for name, field in settings.model_fields.items():
        assert field.description, name
        assert f"`{prefix}{name.upper()}`" in page


@pytest.mark.parametrize(
    "status", [status for status in AnswerStatus if status != AnswerStatus.ANSWERED]
)
def test_every_status_has_wording_in_both_languages(status: AnswerStatus) -> None:
    assert REPLIES[status]["en"]
    assert REPLIES[status]["cy"]
    assert REPLIES[status]["cy"] != REPLIES[status]["en"]


def test_every_guardrail_rule_has_a_test() -> None:
    rules = {m.name for m in pkgutil.iter_modules([str(ROOT / "guardrails" / "rules")])}
    tests = {
        p.stem.removeprefix("test_") for p in (ROOT / "tests" / "guardrails").rglob("test_*.py")
    }
    assert rules <= tests


def test_importing_the_rooms_loads_no_heavy_library() -> None:
    heavy = "{'torch', 'chromadb', 'presidio_analyzer', 'sentence_transformers', 'langchain_core'}"
    program = (
        "import sys, bot, bot.cli, ingestion.cli, eval.cli, guardrails, eval.run; "
        f"print({heavy} & set(sys.modules))"
    )

    loaded = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert loaded.stdout.strip() == "set()", loaded.stderr


@pytest.mark.parametrize("command", ["bot", "ingestion", "eval"])
def test_help_needs_no_heavy_import(command: str) -> None:
    program = (
        f"import sys; sys.argv = ['x', '--help']; import {command}.cli as c\n"
        "try: c.main()\nexcept SystemExit: pass\n"
        "slow = {'torch', 'chromadb', 'fastapi', 'sqlalchemy', 'presidio_analyzer', 'scipy'}\n"
        "print('LOADED', sorted(slow & set(sys.modules)))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )

    assert done.stdout.splitlines()[-1] == "LOADED []"


def test_no_file_of_ours_names_a_path_of_this_machine() -> None:
    names = subprocess.run(
        ["git", "ls-files"], capture_output=True, text=True, check=True, cwd=ROOT
    ).stdout.splitlines()
    texts = {name: (ROOT / name).read_text("utf-8", "ignore") for name in names}

    assert [name for name, text in texts.items() if f"{ROOT}/" in text] == []
