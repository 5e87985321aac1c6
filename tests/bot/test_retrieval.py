import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import CalibrationMismatchError
from bot.retrieval.calibration import default_calibration
from bot.retrieval.confidence import CONFIDENCE_SIGNALS, confidence
from bot.retrieval.fusion import fuse
from bot.retrieval.signals import PAGE_SIGNALS, UNIT_SIGNALS, rows_within
from bot.retrieval.wanted import (
    asks_amount,
    asks_time,
    asks_when,
    holds_amount,
    holds_asked_time,
    holds_time,
    says_when,
)


def test_the_shipped_weights_are_for_the_signals_of_this_release() -> None:
    shipped = default_calibration()

    assert set(shipped.page_weights) == set(PAGE_SIGNALS)
    assert set(shipped.unit_weights) == set(UNIT_SIGNALS)
    assert set(shipped.confidence_weights) == {*CONFIDENCE_SIGNALS, "intercept"}
    assert 0 < shipped.partial_threshold < shipped.answer_threshold < 1
    assert {entry["question_set"] for entry in shipped.fitted_on["sets"]} >= {"sample-guidance"}


def test_fusion_is_a_weighted_sum() -> None:
    signals = np.array([[1, 2], [3, 4]], dtype=np.float32)

    assert fuse(signals, ("a", "b"), {"a": 10.0, "b": 1.0}).tolist() == [12, 34]


def test_weights_for_other_signals_are_refused() -> None:
    with pytest.raises(CalibrationMismatchError, match="refit"):
        fuse(np.zeros((1, 1), dtype=np.float32), ("a",), {"b": 1.0})


@given(st.permutations(range(6)))
def test_fusion_does_not_depend_on_the_order_of_rows(order: list[int]) -> None:
    signals = np.arange(12, dtype=np.float32).reshape(6, 2)
    weights = {"a": 0.3, "b": -0.7}

    straight = fuse(signals, ("a", "b"), weights)

    assert fuse(signals[order], ("a", "b"), weights).tolist() == straight[order].tolist()


@given(st.lists(st.integers(0, 5), max_size=20), st.sets(st.integers(0, 6)))
def test_rows_within_finds_every_row_of_the_parents(parents: list[int], wanted: set[int]) -> None:
    parent_of_row = np.array(sorted(parents), dtype=np.int32)

    rows = rows_within(parent_of_row, np.array(sorted(wanted), dtype=np.int32))

    assert rows.tolist() == [i for i, parent in enumerate(sorted(parents)) if parent in wanted]


@given(st.floats(-1e6, 1e6))
def test_confidence_stays_in_range(value: float) -> None:
    assert 0 <= confidence({"x": value}, {"x": 3.0, "intercept": 0.0}) <= 1


def test_confidence_of_no_evidence_either_way_is_a_half() -> None:
    assert confidence({}, {"intercept": 0.0}) == 0.5


@pytest.mark.parametrize(
    "text",
    [
        "how much is it",
        "what's the fee",
        "cost of a passport",
        "faint",
        "fine for no MOT",
        "what is the penalty",
    ],
)
def test_asks_for_an_amount(text: str) -> None:
    assert asks_amount(text)


@pytest.mark.parametrize(
    "text",
    [
        "how do I pay a court fine",
        "can I be jailed for not paying a parking ticket (parking fine)",
        "who can get Carer's Allowance",
        "how do I appeal a penalty",
    ],
)
def test_a_fine_or_an_allowance_alone_asks_for_no_amount(text: str) -> None:
    assert not asks_amount(text)


def test_when_in_the_middle_of_what_is_told_asks_for_no_time() -> None:
    assert not asks_time("Do I need my P45 when I start a job?")
    assert asks_time("I start a job. When do I need my P45?")
    assert asks_time("postal vote, by when?")
    assert asks_time("Beth yw'r terfyn amser?")
    assert asks_time("Faint o amser sydd gen i?")
    assert not asks_amount("Faint o amser sydd gen i?")
    assert asks_amount("Ydw i'n talu am brawf llygaid?")
    assert asks_time("Pa mor hen sy'n rhaid i mi fod?")


@pytest.mark.parametrize("text", ["how long does it take", "deadline for tax", "when is it due"])
def test_asks_for_a_time(text: str) -> None:
    assert asks_time(text)


@pytest.mark.parametrize(
    ("text", "is_said"),
    [
        ("We collect bins every Monday.", True),
        ("You are paid in November.", True),
        ("Tell us as soon as you know.", True),
        ("It lasts 10 years.", True),
        ("You must have a test during each 4-year period.", True),
        ("You pay at the office.", False),
    ],
)
def test_reads_whether_a_text_says_when(text: str, is_said: bool) -> None:
    assert says_when(text) is is_said


@pytest.mark.parametrize(
    ("question", "text", "is_held"),
    [
        ("how many days do I get", "You can get it for up to 182 days.", True),
        ("how many days do I get", "You must have worked for 2 years.", False),
        ("how long does it last", "You paid in the last 2 to 3 years.", False),
        ("how long does it last", "It lasts 3 years.", True),
        ("when is it due", "by 31 January 2027", True),
    ],
)
def test_tells_a_time_of_the_kind_that_is_asked(question: str, text: str, is_held: bool) -> None:
    assert holds_asked_time(question, text) is is_held


def test_reads_who_asks_outright_for_a_time() -> None:
    assert asks_when("how long does it last")
    assert asks_when("When is it due?")
    assert not asks_when("Do I need it when I start a job?")


def test_kinds_of_figures() -> None:
    assert holds_amount("It costs £94.50.")
    assert holds_amount("You pay 5% more.")
    assert not holds_amount("You pay online.")
    assert holds_time("within 3 weeks")
    assert holds_time("by 31 January 2027")
    assert not holds_time("£31")
