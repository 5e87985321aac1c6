import pytest

from guardrails import QuestionPolicy, check_question
from guardrails.questions import check_explained, check_fragments
from guardrails.verdict import DANGERS


def danger_after(messages: list[str], policy: QuestionPolicy) -> str:
    """Return the kind of danger that the last message is taken for; empty for none."""
    *before, last = (check_question(message, policy) for message in messages)
    verdict = check_fragments(last, before, policy).deciding
    return verdict.detail if verdict and verdict.category in DANGERS else ""


@pytest.mark.parametrize(
    ("messages", "kind"),
    [
        (["i want", "to", "die"], "suicide"),
        (["hello", "i want to", "die"], "suicide"),
        (["how much is a passport", "i want to", "kill myself"], "suicide"),
        (["can i get pip", "my husband", "hits me"], "domestic_abuse"),
        (["my dad", "has", "collapsed"], "medical"),
        (["i can", "smell gas"], "gas"),
        (["dwi eisiau", "marw"], "suicide"),
    ],
)
def test_reads_short_messages_together(
    messages: list[str], kind: str, policy: QuestionPolicy
) -> None:
    assert danger_after(messages, policy) == kind


@pytest.mark.parametrize(
    "messages",
    [
        ["i want to", "claim PIP"],
        ["i want", "to", "renew my passport"],
        ["my husband", "died"],
        ["how do i", "kill", "my subscription"],
        ["my dad", "gets pip"],
        # Whole sentences are no fragments, and a mark ends one.
        ["I do not know yet what it is that I want to", "die"],
        ["What is it that I want to?", "Die"],
        ["die"],
    ],
)
def test_leaves_other_short_messages_alone(messages: list[str], policy: QuestionPolicy) -> None:
    assert danger_after(messages, policy) == ""


def test_reads_nothing_together_with_danger_that_was_told_before(policy: QuestionPolicy) -> None:
    before = check_question("i want to die", policy)
    check = check_question("pip", policy)

    assert check_fragments(check, [before], policy) is check


@pytest.mark.parametrize(
    ("messages", "kind"),
    [
        (["where can i get sleeping tablets", "how many would be enough"], "suicide"),
        (["paracetamol", "boots or asda", "how many would it take"], "suicide"),
        (["need painkillers", "how much would be enough"], "suicide"),
        (["sleeping pills empty", "mum took all of them"], "overdose_taken"),
        (["her pills are all gone", "she took them"], "overdose_taken"),
        (["all his pills are gone", "ive taken them"], "overdose_taken"),
    ],
)
def test_reads_means_and_amount_over_messages(
    messages: list[str], kind: str, policy: QuestionPolicy
) -> None:
    assert danger_after(messages, policy) == kind


@pytest.mark.parametrize("asked", ["how many can i buy", "how many will they sell me at once"])
def test_shows_help_beside_how_many_are_sold(asked: str, policy: QuestionPolicy) -> None:
    before = check_question("paracetamol", policy)

    check = check_fragments(check_question(asked, policy), [before], policy)

    assert check.deciding is None
    assert check.mentioned
    assert check.mentioned.detail == "suicide"


@pytest.mark.parametrize(
    "messages",
    [
        ["do schools give out tablets", "how many can i get"],
        ["can i bring painkillers into the uk", "how many can i take"],
        ["garden waste sacks", "how many would be enough"],
        ["how do i dispose of old tablets", "how many can i take"],
        ["my parcel is missing", "he took it"],
        ["free bus pass", "how many can i have"],
    ],
)
def test_leaves_other_amounts_over_messages_alone(
    messages: list[str], policy: QuestionPolicy
) -> None:
    *before, last = (check_question(message, policy) for message in messages)

    assert check_fragments(last, before, policy) is last


@pytest.mark.parametrize(
    "meant", ["my tenancy", "the contract i mean", "sorry, my broadband contract", "My marriage."]
)
def test_a_contract_explains_an_end(meant: str, policy: QuestionPolicy) -> None:
    told, explanation = (check_question(text, policy) for text in ("i want to end it", meant))

    assert danger_after(["i want to end it"], policy) == "suicide"
    assert check_explained(told, explanation, policy).deciding is None


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("i want to end it", "my life"),
        ("i want to end it", "my whole life"),
        ("i want to end it", "tonight"),
        ("i want to end it", "my claim was refused"),
        ("i want to die", "my tenancy"),
        ("i want to kill myself", "my contract"),
    ],
)
def test_nothing_else_explains_it(said: str, then: str, policy: QuestionPolicy) -> None:
    told = check_question(said, policy)

    assert check_explained(told, check_question(then, policy), policy) is told
