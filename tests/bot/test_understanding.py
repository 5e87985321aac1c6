import pytest

from bot.enquiry import Enquiry, Nation, Turn
from bot.retrieval.query import asking_sentence
from bot.retrieval.suitability import names_the_service
from bot.understanding.follow_ups import leans_on_history, setting_of
from bot.understanding.languages import language_of
from bot.understanding.nations import nation_of, nations_named
from bot.understanding.understand import only_repeats, understand
from guardrails import QuestionPolicy


@pytest.mark.parametrize(
    "message",
    [
        "what about Scotland?",
        "and if I am self-employed?",
        "how much is it?",
        "how long does that take?",
        "why?",
        "beth am Gymru?",
        "Scotland?",
        "how do I claim",
        "is that refundable",
        "how many weeks do I get paid",
        "for my kid",
        "if I'm on Universal Credit",
        "with 3 children",
        "im 17",
        "as a student",
    ],
)
def test_leans_on_what_was_said_before(message: str) -> None:
    assert leans_on_history(message)


@pytest.mark.parametrize(
    "message",
    [
        "How do I renew my passport?",
        "What is the fine for driving without an MOT?",
        "Universal Credit standard allowance under 25",
        "how much is a prescription?",
        "Are there barbecues at the camp site?",
        "I'm a carer",
        "For a year I have had no answer from the council about my tax",
    ],
)
def test_stands_alone(message: str) -> None:
    assert not leans_on_history(message)


def test_a_message_with_a_subject_of_its_own_takes_the_last_one_along_in_one_form(
    policy: QuestionPolicy,
) -> None:
    history = (Turn("user", "Can I take my dog to the park?"), Turn("assistant", "On a lead."))

    query = understand(Enquiry("Are there barbecues at the camp site?", history), policy).query

    assert query is not None
    assert query.question == "Are there barbecues at the camp site?"
    assert query.both == f"Can I take my dog to the park? {query.question}"


@pytest.mark.parametrize(
    ("before", "message"),
    [
        ("How much is a new passport?", "Sut mae cofrestru genedigaeth yng Nghymru?"),
        ("Sut mae cofrestru genedigaeth yng Nghymru?", "How much is a new passport?"),
    ],
)
def test_a_message_takes_nothing_along_from_one_in_another_language(
    before: str, message: str, policy: QuestionPolicy
) -> None:
    query = understand(Enquiry(message, (Turn("user", before),)), policy).query

    assert query is not None
    assert before not in query.both
    assert before not in query.bare


def test_a_place_takes_the_place_of_the_one_before(policy: QuestionPolicy) -> None:
    before = Turn("user", "Do I pay for prescriptions in Wales?")

    query = understand(Enquiry("And in Scotland?", (before,)), policy).query

    assert query is not None
    assert "Wales" not in query.both
    assert "prescriptions" in query.both


@pytest.mark.parametrize(
    ("before", "message", "nation", "is_said"),
    [
        ("I live in Wales", "Do I pay for prescriptions?", None, True),
        ("I live in Wales", "Do I pay for prescriptions in Scotland?", None, False),
        ("I live in Wales", "Do I pay for prescriptions?", Nation.WALES, False),
        ("I need tablets", "Do I pay for prescriptions?", None, False),
    ],
)
def test_knows_when_the_nation_was_said_before_only(
    before: str, message: str, nation: Nation | None, is_said: bool, policy: QuestionPolicy
) -> None:
    enquiry = Enquiry(message, (Turn("user", before),), nation=nation)

    assert understand(enquiry, policy).nation_said_before is is_said


def test_carries_citizen_turns_back_to_the_one_that_named_the_subject() -> None:
    history = [
        Turn("user", "How do I renew my passport?"),
        Turn("assistant", "Online."),
        Turn("user", "how much is it?"),
        Turn("assistant", "£94.50"),
    ]

    assert setting_of("and for a child?", history) == "How do I renew my passport? how much is it?"
    assert setting_of("What are Council Tax bands?", history) == ""


@pytest.mark.parametrize(
    ("text", "nations"),
    [
        ("in Scotland", (Nation.SCOTLAND,)),
        ("I live in Cardiff", (Nation.WALES,)),
        ("a flat in Norwich", (Nation.ENGLAND,)),
        ("live in Fife", (Nation.SCOTLAND,)),
        ("a hot bath and a good read", ()),
        ("England or Wales?", (Nation.WALES, Nation.ENGLAND)),
        ("Belfast", (Nation.NORTHERN_IRELAND,)),
        ("I do not speak English", ()),
        ("my GP is in England", ()),
        ("Mae fy meddyg teulu yn Lloegr", ()),
        ("my GP is in England, and I live in Wales", (Nation.WALES,)),
        ("Can I register with a GP in Wales?", (Nation.WALES,)),
        ("passport", ()),
        ("yng Nghymru", (Nation.WALES,)),
        ("Dw i'n byw yng Nghaerdydd", (Nation.WALES,)),
        ("connah’s quay", (Nation.WALES,)),
        ("north of the border", (Nation.SCOTLAND,)),
        ("near St Andrews", (Nation.SCOTLAND,)),
        ("N. Ireland", (Nation.NORTHERN_IRELAND,)),
        ("I live in NI", (Nation.NORTHERN_IRELAND,)),
        ("how do I pay NI", ()),
        ("Bangor, County Down", (Nation.NORTHERN_IRELAND,)),
        ("Bangor, Gwynedd", (Nation.WALES,)),
        ("a letter from the Department for Communities", (Nation.NORTHERN_IRELAND,)),
    ],
)
def test_nations_named(text: str, nations: tuple[Nation, ...]) -> None:
    assert set(nations_named(text)) == set(nations)


def test_the_question_decides_the_nation_before_the_conversation() -> None:
    assert nation_of(["what about Scotland?", "in Wales"]) is Nation.SCOTLAND
    assert nation_of(["how much?", "in Wales"]) is Nation.WALES
    assert nation_of(["England and Wales", "Scotland"]) is None


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        ("I live in England but work in Scotland", Nation.ENGLAND),
        ("born in Scotland live in England, free prescriptions", Nation.ENGLAND),
        ("can I use my Scottish blue badge in England", Nation.ENGLAND),
        ("I used to live in Leeds, now I live in Fife", Nation.SCOTLAND),
        ("we moved from Cardiff to Glasgow", Nation.SCOTLAND),
        ("I am from Belfast and live in Swansea", Nation.WALES),
        ("work part time in Wales, home in Chester and Leeds", Nation.ENGLAND),
        ("byw yng Nghymru ond yn gweithio yn Lloegr", Nation.WALES),
        ("I was born in Scotland", Nation.SCOTLAND),
        ("I have lived in Wales for years and live in England", None),
        ("moving from England to Scotland", None),
        ("student from Scotland back in York with a prescription", None),
        ("I live in Scotland, are prescriptions free in England", None),
        ("born in Scotland live in England, how do I get a birth certificate", None),
        ("work in Scotland and in Wales", None),
        ("my mum lives in Wales and I live in England", None),
    ],
)
def test_where_somebody_lives_outweighs_where_they_come_from_or_work(
    text: str, nation: Nation | None
) -> None:
    assert nation_of([text]) is nation


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Sut mae cofrestru genedigaeth?", "cy"),
        ("Oes rhaid i mi dalu am bresgripsiwn?", "cy"),
        ("How do I register a birth?", "en"),
        ("I am a farmer in Wales, do I need a licence?", "en"),
        ("pasbort", "cy"),
    ],
)
def test_language(text: str, language: str) -> None:
    assert language_of(text) == language


def test_a_text_too_short_to_tell_takes_the_language_of_the_page() -> None:
    assert language_of("pasbort", default="cy") == "cy"


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("How much is it?", "How much is it?"),
        ("I am 67. Do I pay?", "Do I pay?"),
        ("Do I pay? I am 67.", "Do I pay?"),
        ("I am 67. I want to know about tax.", "I want to know about tax."),
        ("I moved. My car is old. Why?", "My car is old. Why?"),
    ],
)
def test_finds_the_sentence_that_asks_in_a_story(text: str, question: str) -> None:
    assert asking_sentence(text) == question


@pytest.mark.parametrize(
    ("question", "title", "named"),
    [
        ("challenge my pip", "Personal Independence Payment (PIP)", True),
        ("how much is carer's allowance", "Carer's Allowance", True),
        ("when do I register a birth", "Register a birth", False),
        ("prescription charges", "Prescription charges in England", False),
    ],
)
def test_names_the_service(question: str, title: str, named: bool) -> None:
    assert names_the_service(question, title) is named


@pytest.mark.parametrize(
    "message",
    [
        "My NI number is QQ123456C, how do I renew a passport?",
        "my national insurance number is QQ 12 34 56 C and how do I renew a passport?",
        "My name is John Smith. How do I renew a passport?",
        "I was born on 12/03/1980 and my NI number is QQ123456C, how do I renew a passport?",
    ],
)
def test_what_was_only_disclosed_is_not_searched_for(message: str, policy: QuestionPolicy) -> None:
    query = understand(Enquiry(message), policy).query

    assert query is not None
    assert query.both.lower().startswith("how do i renew a passport")


def test_a_disclosure_alone_is_still_a_message(policy: QuestionPolicy) -> None:
    query = understand(Enquiry("My NI number is QQ123456C"), policy).query

    assert query is None or "QQ" not in query.both


@pytest.mark.parametrize(
    ("message", "repeats"),
    [
        ("test test test", True),
        ("Tax, tax! TAX", True),
        ("bins bins", False),
        ("why why why", False),
    ],
)
def test_one_word_again_and_again_asks_nothing(
    message: str, repeats: bool, policy: QuestionPolicy
) -> None:
    assert only_repeats(message) is repeats
    assert (understand(Enquiry(message), policy).query is None) is repeats


def test_markup_is_not_searched(policy: QuestionPolicy) -> None:
    query = understand(Enquiry("<b>how much</b> is a bus pass<br>"), policy).query

    assert query is not None
    assert query == understand(Enquiry("how much is a bus pass"), policy).query


@pytest.mark.parametrize(
    ("question", "nation"),
    [
        ("14 Acacia Avenue, Leeds LS1 4AP, what Council Tax band is it?", Nation.ENGLAND),
        ("I live at 3 High Street, Cardiff CF10 1AA. How much is a prescription?", Nation.WALES),
    ],
)
def test_of_a_removed_address_only_the_nation_is_kept(
    question: str, nation: Nation, policy: QuestionPolicy
) -> None:
    understood = understand(Enquiry(question), policy)

    assert understood.query is not None
    assert understood.query.nation is nation
    assert not {"Acacia", "Leeds", "Cardiff", "Street"} & set(understood.query.both.split())
