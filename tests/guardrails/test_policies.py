"""What is done with each kind of personal data is a table that operators may change."""

from pathlib import Path

import pytest

from guardrails import Category, Outcome, QuestionPolicy, check_question
from guardrails.errors import PolicyTableError
from guardrails.personal_data_kinds import KINDS
from guardrails.policies import Action, load_actions
from guardrails.settings import GuardrailSettings
from guardrails.wiring import build_question_policy

PLATE = "My car registration is AB12 CDE, is it taxed?"


def built_with(folder: Path, *lines: str) -> QuestionPolicy:
    table = folder / "own.txt"
    table.write_text("\n".join(lines), "utf-8")
    return build_question_policy(GuardrailSettings(personal_data_policy=table))


def test_the_shipped_table_names_every_kind() -> None:
    assert set(load_actions()) == set(KINDS)


def test_bank_details_are_removed_with_a_warning(policy: QuestionPolicy) -> None:
    check = check_question("sort code 20-30-40, account number 12345678. How do I claim?", policy)

    assert check.deciding is None
    assert "12345678" not in check.redacted_text
    assert check.warned_of == ("bank_account",)


def test_plain_redaction_warns_of_nothing(policy: QuestionPolicy) -> None:
    assert check_question(PLATE, policy).warned_of == ()


def test_a_kind_that_only_warns_stays_in_the_text(tmp_path: Path) -> None:
    policy = built_with(tmp_path, "# ours", "", "vehicle = warn")

    check = check_question(f"{PLATE} Call 07700 900123", policy)

    assert "AB12 CDE" in check.redacted_text
    assert "07700" not in check.redacted_text
    assert check.warned_of == ("vehicle",)


def test_a_text_with_nothing_but_a_warned_kind_goes_on(tmp_path: Path) -> None:
    check = check_question(PLATE, built_with(tmp_path, "vehicle = warn"))

    assert (check.deciding, check.findings, check.redacted_text) == (None, (), PLATE)
    assert check.warned_of == ("vehicle",)


def test_a_kind_can_stop_the_question(tmp_path: Path) -> None:
    check = check_question("My NI number is AB 12 34 56 C", built_with(tmp_path, "nino = block"))

    assert check.deciding is not None
    assert (check.deciding.outcome, check.deciding.category) == (Outcome.BLOCK, Category.SECRET)
    assert check.deciding.reason_code == "secret.nino"


def test_a_card_can_be_removed_without_stopping_the_question(tmp_path: Path) -> None:
    policy = built_with(tmp_path, "card = redact_with_warning")

    check = check_question("I paid with 4111 1111 1111 1111, when is the refund due?", policy)

    assert check.deciding is None
    assert "4111" not in check.redacted_text
    assert check.warned_of == ("card",)


@pytest.mark.parametrize(
    "line", ["shoe_size = redact", "vehicle = ignore", "vehicle", "card = warn", "password = warn"]
)
def test_a_line_that_cannot_be_followed_stops_the_start(line: str, tmp_path: Path) -> None:
    table = tmp_path / "own.txt"
    table.write_text(line, "utf-8")

    with pytest.raises(PolicyTableError, match=r"own\.txt"):
        load_actions(table)


def test_a_missing_table_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(PolicyTableError, match="no readable file"):
        load_actions(tmp_path / "none.txt")


def test_kinds_that_a_table_does_not_name_stay_as_shipped(tmp_path: Path) -> None:
    table = tmp_path / "own.txt"
    table.write_text("vehicle = warn", "utf-8")

    changed = {k for k, action in load_actions(table).items() if action != load_actions()[k]}

    assert changed == {"vehicle"}
    assert load_actions(table)["vehicle"] is Action.WARN
