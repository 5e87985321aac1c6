import json
import random
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from eval.benchmarks.guards import speed, statements
from eval.benchmarks.guards.rates import rate, rate_of, rows_of


@given(st.integers(0, 200), st.integers(1, 200))
def test_a_share_lies_in_its_interval(hits: int, misses: int) -> None:
    found = rate(hits, hits + misses)

    assert 0 <= found["low"] <= found["share"] <= found["high"] <= 1


def test_a_share_of_nothing_has_no_figure() -> None:
    assert rate(0, 0) == {"of": 0}


def test_counts_what_the_judge_says_yes_to() -> None:
    found = rate_of(["a", "bb", "c"], lambda text: len(text) == 1)

    assert (found["hits"], found["of"]) == (2, 3)


def test_a_missing_file_has_no_rows_and_a_line_separator_ends_none(tmp_path: Path) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text('{"text": "a\u2028b"}\n', "utf-8")

    assert rows_of(tmp_path / "missing.jsonl") == []
    assert rows_of(file) == [{"text": "a\u2028b"}]


def test_hostile_strings_have_their_length_and_repeat() -> None:
    one, other = (speed._hostile(random.Random(3)) for _ in range(2))

    assert one == other
    assert len(one) == speed.LENGTH


def test_answers_with_figures_are_told_apart(tmp_path: Path) -> None:
    row = {
        "knowledge": "The fee for an adult passport is £94.50.",
        "right_answer": "The fee for an adult passport is £94.50.",
        "hallucinated_answer": "The fee for an adult passport is £12.",
    }
    folder = tmp_path / "guardrails"
    folder.mkdir()
    folder.joinpath(f"{statements.FILES[0]}.jsonl").write_text(json.dumps(row) + "\n", "utf-8")

    figures = statements.measure(tmp_path, tmp_path)[statements.FILES[0]]

    assert isinstance(figures, dict)
    assert figures["right_answers_with_figures"]["refused"]["hits"] == 0
    assert figures["wrong_answers_with_figures"]["refused_for_a_figure"]["hits"] == 1
