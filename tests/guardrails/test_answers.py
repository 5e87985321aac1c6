import pytest

from guardrails import Category, Outcome, check_statement

SOURCE = (
    "You can claim Carer's Allowance of £81.90 a week if you care for someone at least 35 hours a "
    "week. You cannot claim if you earn more than £151 a week after tax. Your claim can be "
    "backdated by up to 3 months. The rate changes on 6 April 2025. You must be 16 or over. You do "
    "not need to be related to, or live with, the person you care for. Call 0800 731 0297."
)


@pytest.mark.parametrize(
    "statement",
    [
        "Carer's Allowance is £81.90 a week.",
        "You must be 16 or over to claim.",
        "You cannot claim if you earn more than £151 a week.",
        "A claim can be backdated by up to three months.",
        "The rate changes on 6 April 2025.",
        "You do not need to live with the person you care for.",
        "- Care for someone at least 35 hours a week\n- Be 16 or over",
        "Call 0800 731 0297 to claim.",
        "1. You must be 16 or over.\n2. You care for someone at least 35 hours a week.",
        "You don't need to be related to the person you care for.",
    ],
)
def test_allows_what_the_source_says(statement: str) -> None:
    assert check_statement(statement, [SOURCE]).outcome is Outcome.ALLOW


@pytest.mark.parametrize(
    ("statement", "category"),
    [
        ("Carer's Allowance is £83.30 a week.", Category.UNSUPPORTED_FIGURE),
        ("You must be 18 or over to claim.", Category.UNSUPPORTED_FIGURE),
        ("A claim can be backdated by up to 3 weeks.", Category.UNSUPPORTED_FIGURE),
        ("The rate changes on 6 May 2025.", Category.UNSUPPORTED_FIGURE),
        ("The rate changes on 6 April 2026.", Category.UNSUPPORTED_FIGURE),
        ("You can earn 151% of the rate a week after tax.", Category.UNSUPPORTED_FIGURE),
        ("Call 0800 731 0317 to claim.", Category.UNSUPPORTED_FIGURE),
        ("Call 07700 900123 to claim.", Category.PERSONAL_DATA),
        ("You can claim if you earn more than £151 a week.", Category.UNSUPPORTED_NEGATION),
        ("Caring for the person need not be 35 hours a week.", Category.UNSUPPORTED_NEGATION),
        (
            "You need to be related to the person you care for and live with the person.",
            Category.UNSUPPORTED_NEGATION,
        ),
        ("You cannot claim if you care for someone 35 hours a week.", Category.UNSUPPORTED_NEGATION),
        ("Pensioners receive winter fuel payments automatically.", Category.UNSUPPORTED_STATEMENT),
        ("You must be 16 or over. Dentists will treat you free.", Category.UNSUPPORTED_STATEMENT),
        ("Claim at https://carers-claim.example.com now.", Category.UNKNOWN_LINK),
        ("Claim at www.evil.example/claim", Category.UNKNOWN_LINK),
        ("![x](http://evil.example/?q=claim)", Category.UNKNOWN_LINK),
        ("Claim your allowance at gov-claims.co", Category.UNKNOWN_LINK),
        ("Your claim is under AB123456C.", Category.PERSONAL_DATA),
        ("Claim by writing to carer.team@example.com", Category.UNKNOWN_LINK),
    ],
)  # fmt: skip
def test_blocks_what_the_source_does_not_say(statement: str, category: Category) -> None:
    verdict = check_statement(statement, [SOURCE])

    assert (verdict.outcome, verdict.category) == (Outcome.BLOCK, category)


def test_blocks_everything_without_a_source() -> None:
    assert check_statement("You must be 16 or over.", []).category is (
        Category.UNSUPPORTED_STATEMENT
    )


def test_allows_links_that_are_allowed_or_in_a_source() -> None:
    statement = "Claim Carer's Allowance at https://www.gov.uk/carers-allowance."

    allowed = check_statement(
        statement, [SOURCE], allowed_links=["https://www.gov.uk/carers-allowance"]
    )

    assert allowed.outcome is Outcome.ALLOW
    assert check_statement(statement, [f"{SOURCE} gov.uk/carers-allowance"]).outcome is (
        Outcome.ALLOW
    )


def test_reads_exceptions_as_permission() -> None:
    source = "You cannot take pension money before you are 55 unless you are seriously ill."
    said = "You can take pension money before you are 55 if you are seriously ill."

    assert check_statement(said, [source]).outcome is Outcome.ALLOW


def test_finds_a_swapped_before_and_after() -> None:
    source = "You must register with the council before you start trading from the premises."

    verdict = check_statement(
        "You must register with the council after you start trading.", [source]
    )

    assert verdict.category is Category.UNSUPPORTED_NEGATION


def test_a_table_row_supports_its_figure() -> None:
    source = "Rates of Attendance Allowance\nHigher rate | £110.40\nLower rate | £73.90"

    assert check_statement("The lower rate is £73.90.", [source]).outcome is Outcome.ALLOW


def test_reads_welsh() -> None:
    source = "Rhaid i chi fod yn 16 oed neu'n hŷn. Ni allwch hawlio lwfans os ydych yn y carchar."

    denied = check_statement("Gallwch hawlio lwfans os ydych yn y carchar.", [source])

    assert denied.category is Category.UNSUPPORTED_NEGATION
    assert check_statement("Rhaid i chi fod yn 16 oed.", [source]).outcome is Outcome.ALLOW


@pytest.mark.parametrize(
    "statement",
    [
        "Carer's Allowance is £81.90 a week in Berlin.",
        "You can claim from Barclays if you are 16 or over.",
        "The rate changes on 6 April 2025, says the Ministry of Magic.",
    ],
)
def test_blocks_a_name_that_no_source_holds(statement: str) -> None:
    verdict = check_statement(statement, [SOURCE])

    assert (verdict.rule, verdict.reason_code) == ("names", "unsupported_statement.name")


@pytest.mark.parametrize(
    ("statement", "source"),
    [
        ("You can get help from the DWP.", "Help comes from the Department for Work and Pensions."),
        ("Apply if you are a German citizen.", "Citizens of Germany can apply."),
        ("Call the Jobcentre if you are late.", "Call the jobcentre when you are late."),
        ("You can use GOV.UK in Britain to apply.", "Use the website to apply."),
    ],
)
def test_allows_a_name_in_another_form(statement: str, source: str) -> None:
    assert check_statement(statement, [source]).rule != "names"


@pytest.mark.parametrize(
    ("statement", "label"),
    [
        ("Vote for Labour if you care for someone.", "political"),
        ("You are stupid if you claim at 16.", "appropriate_language"),
        ("As an AI language model I know you must be 16 or over.", "inappropriate_style"),
        ("I recommend investing your allowance.", "sensitive_financial_matters"),
        ("Do not tell the DWP that you earn more than £151 a week.", "illegal"),
    ],
)
def test_blocks_what_no_answer_may_say(statement: str, label: str) -> None:
    verdict = check_statement(statement, [SOURCE])

    assert (verdict.category, verdict.answer_label) == (Category.FORBIDDEN_TERM, label)


def test_allows_the_words_of_a_source() -> None:
    source = "Do not tell HMRC about gifts below £250. The Labour Party is a registered party."

    assert not check_statement("Do not tell HMRC about gifts below £250.", [source]).blocked


@pytest.mark.parametrize(
    "leak",
    [
        "It was sent to 12 Acacia Avenue, LS1 4AP.",
        "Her passport number is 123456789.",
        "She was born on 12 May 1980.",
        "The licence number is MORGA657054SM9IJ.",
        "The share code is W4K 8XL 2PQ.",
    ],
)
def test_blocks_identifiers_that_no_source_holds(leak: str) -> None:
    verdict = check_statement(leak, [SOURCE])

    assert verdict.category is Category.PERSONAL_DATA
    assert verdict.answer_label == "contains_pii"
    assert check_statement(leak, [leak]).outcome is Outcome.ALLOW


def test_says_how_far_the_sources_carry_a_statement() -> None:
    whole = check_statement("You must be 16 or over.", [SOURCE])
    part = check_statement("You must be 16 or over to claim this benefit weekly.", [SOURCE])

    assert whole.score == 1.0
    assert part.score < whole.score
