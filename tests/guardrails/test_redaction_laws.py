from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guardrails import QuestionPolicy, check_question
from guardrails.personal_data_kinds import KINDS, PLACEHOLDER
from guardrails.redaction import without_placeholders

# Pieces that finders react to, so that the search meets near misses and odd neighbours.
PIECES = st.sampled_from(
    [
        "AB123456C", "943 476 5919", "1234567895", "07700 900123", "jo@example.com", "UTR",
        "my name is", "John Smith", "password is", "hunter2", "sort code", "20-30-40", "12345678",
        "passport", "123456789", "LS1 4AP", "12 Acacia Avenue", "born on", "12 May 1980", "£1,000",
        "4111 1111 1111 1111", "NI number", "GB29 NWBK 6016 1331 9268 19", "ref", "PIN", "4821",
        "[name removed]", "[tynnwyd enw]", "[", "]", " removed]", "\u200b", "e\u0301", "ﬁ", "Ａ",
        "\u0301", ",", ".", "?", "\n", " ", "  ", "rhif ffôn", "mae fy enw i yw", "and", "is", "at",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=80),
    st.lists(PIECES, max_size=12).map(" ".join),
    st.lists(PIECES, max_size=12).map("".join),
)
LAWS = settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@LAWS
@given(text=TEXTS)
def test_redacting_twice_changes_nothing(policy: QuestionPolicy, text: str) -> None:
    once = check_question(text, policy)

    twice = check_question(once.redacted_text, policy)

    assert twice.redacted_text == once.redacted_text
    assert twice.findings == ()


@LAWS
@given(text=TEXTS)
def test_findings_are_disjoint_spans_of_the_typed_text(policy: QuestionPolicy, text: str) -> None:
    check = check_question(text, policy)

    end = 0
    for found in check.findings:
        assert end <= found.start < found.end <= len(text)
        assert found.kind in KINDS
        assert PLACEHOLDER.fullmatch(found.placeholder)
        end = found.end


@LAWS
@given(text=TEXTS)
def test_search_text_holds_no_placeholder(policy: QuestionPolicy, text: str) -> None:
    check = check_question(text, policy)

    assert not PLACEHOLDER.search(check.search_text)
    assert check.search_text == without_placeholders(check.redacted_text)
