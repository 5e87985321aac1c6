import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.abstention_metrics import auroc, false_answers_at
from eval.evidence_metrics import (
    citation_precision,
    evidence_hit_at,
    evidence_recall_at,
    nugget_recall,
    same_words,
)
from eval.intervals import cluster_bootstrap, wilson
from eval.retrieval_metrics import ndcg_at, recall_at, reciprocal_rank, success_at

ids = st.lists(st.sampled_from("abcdef"), max_size=6, unique=True)


@pytest.mark.parametrize(
    ("ranked", "relevant", "expected"),
    [
        (["a", "b"], {"a"}, 1.0),
        (["a", "b"], {"b"}, 0.5),
        (["a", "b"], {"z"}, 0.0),
        ([], {"a"}, 0.0),
    ],
)
def test_reciprocal_rank_worked_by_hand(
    ranked: list[str], relevant: set[str], expected: float
) -> None:
    assert reciprocal_rank(ranked, relevant) == expected


def test_recall_and_success_worked_by_hand() -> None:
    assert recall_at(["a", "b", "c"], {"a", "c", "z"}, 2) == pytest.approx(1 / 3)
    assert success_at(["a", "b"], {"b"}, 1) == 0.0
    assert success_at(["a", "b"], {"b"}, 2) == 1.0


def test_ndcg_worked_by_hand() -> None:
    # Gains at ranks 1 and 3: 1 + 1/2; ideal at ranks 1 and 2: 1 + 1/log2(3).
    assert ndcg_at(["a", "x", "b"], {"a", "b"}, 5) == pytest.approx(1.5 / (1 + 0.6309297535))
    assert ndcg_at([], {"a"}, 5) == 0.0


@given(ids, st.sets(st.sampled_from("abcdef"), min_size=1), st.integers(1, 6))
def test_ranking_metrics_stay_in_range(ranked: list[str], relevant: set[str], k: int) -> None:
    for metric in (recall_at, success_at, ndcg_at):
        assert 0 <= metric(ranked, relevant, k) <= 1
    assert 0 <= reciprocal_rank(ranked, relevant) <= 1


@given(st.sets(st.sampled_from("abcdef"), min_size=1))
def test_a_perfect_ranking_scores_one(relevant: set[str]) -> None:
    ranked = sorted(relevant)

    assert recall_at(ranked, relevant, 6) == reciprocal_rank(ranked, relevant) == 1
    assert ndcg_at(ranked, relevant, 6) == pytest.approx(1)


@pytest.mark.parametrize(
    ("text", "gold", "same"),
    [
        ("The fee is £94.50.", "the fee is £94.50", True),
        ("Pay. The fee is £94.50 online.", "The fee is £94.50", True),
        ("yes", "yes you can go now", False),
        ("yes", "Yes", True),
        ("", "", False),
        ("the fee is", "the feeis", False),
    ],
)
def test_same_words(text: str, gold: str, same: bool) -> None:
    assert same_words(text, gold) is same


def test_evidence_worked_by_hand() -> None:
    ranked = ["nothing of the kind here", "you can pay by card", "you can pay by post"]
    gold = ["You can pay by card.", "You can pay by post.", "You can pay in gold."]

    assert evidence_hit_at(ranked, gold, 1) == 0.0
    assert evidence_hit_at(ranked, gold, 2) == 1.0
    assert evidence_recall_at(ranked, gold, 3) == pytest.approx(2 / 3)
    assert citation_precision(["you can pay by card", "go away now please"], gold) == 0.5


def test_nugget_recall_counts_words() -> None:
    assert nugget_recall("You pay £94.50 online", ["£94.50", "by post"]) == 0.5
    assert nugget_recall("anything", []) == 0.0


def test_auroc_worked_by_hand() -> None:
    assert auroc([0.9, 0.8], [0.1, 0.2]) == 1.0
    assert auroc([0.5], [0.5]) == 0.5
    assert auroc([0.3, 0.9], [0.5]) == 0.5


def test_false_answers_at_a_coverage() -> None:
    answerable = [0.1, 0.5, 0.6, 0.7, 0.8, 0.9, 0.9, 0.9, 0.9, 0.9]

    assert false_answers_at(answerable, [0.4, 0.6], 0.9) == 0.5
    assert false_answers_at(answerable, [0.4, 0.6], 1.0) == 1.0


def test_wilson_of_the_textbook() -> None:
    # Newcombe (1998), table I: 81 of 263 gives 0.2553 to 0.3662.
    found = wilson(81, 263)

    assert (round(found.low, 4), round(found.high, 4)) == (0.2553, 0.3662)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_the_bootstrap_holds_the_mean_and_repeats_itself(values: list[float]) -> None:
    clusters = [str(i % 3) for i in range(len(values))]

    first = cluster_bootstrap(values, clusters, rounds=50)

    assert first == cluster_bootstrap(values, clusters, rounds=50)
    assert min(values) - 1e-9 <= first.low <= first.high <= max(values) + 1e-9
    assert first.scored == len(values)
