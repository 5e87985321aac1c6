import pytest

from guardrails import Outcome, QuestionPolicy, check_question
from guardrails.personal_data_kinds import KINDS

# Every number is invented, printed by its issuer as an example, or reserved for drama.
REMOVED = {
    "nino": [
        ("My NI number is AB123456C", "AB123456C"),
        ("ab 12 34 56 c is my number", "ab 12 34 56 c"),
        ("AB-12-34-56-C", "AB-12-34-56-C"),
        ("nino: AB 123 456 C please", "AB 123 456 C"),
        ("my national insurance number AB123456", "AB123456"),
        ("my NI is QQ123456C", "QQ123456C"),
        ("fy rhif yswiriant gwladol yw AB123456C", "AB123456C"),
        ("national insurance DA 99 99 99 Z, is that right?", "DA 99 99 99 Z"),
    ],
    "nhs_number": [
        ("My NHS number is 9434765919", "9434765919"),
        ("943 476 5919", "943 476 5919"),
        ("NHS no 943-476-5918 (mistyped)", "943-476-5918"),
        ("my CHI number is 0101701234", "0101701234"),
        ("fy rhif GIG yw 943 476 5919", "943 476 5919"),
    ],
    "utr": [
        ("my UTR is 1234567895", "1234567895"),
        ("unique taxpayer reference 12345 67895", "12345 67895"),
        ("self assessment number 1234567890", "1234567890"),
    ],
"vat_number": [
        ("My VAT number is GB 980 7806 84", "GB 980 7806 84"),
        ("VAT registration 980780684, can I deregister?", "980780684"),
        ("Fy rhif TAW yw 980 7806 84", "980 7806 84"),
    ],
        "phone": [
        ("call 07700 900123", "07700 900123"),
        ("my number's 07700900123", "07700900123"),
        ("+44 7700 900123", "+44 7700 900123"),
        ("ring me on 020 7946 0018", "020 7946 0018"),
        ("01632 960 983", "01632 960 983"),
        ("(029) 2018 0123", "(029) 2018 0123"),
        ("0044 7700 900 123", "0044 7700 900 123"),
        ("+353 1 234 5678 is my Irish number", "+353 1 234 5678"),
        ("fy ffôn: 07700 900456", "07700 900456"),
    ],
    "email": [
        ("jo.bloggs@example.com", "jo.bloggs@example.com"),
        ("mail me at jo+pip@example.co.uk.", "jo+pip@example.co.uk"),
        ("jo (at) example (dot) com", "jo (at) example (dot) com"),
        ("it is jo.bloggs at gmail dot com", "jo.bloggs at gmail dot com"),
        ("jane.smith@dwp.gov.uk", "jane.smith@dwp.gov.uk"),
    ],
    "iban": [
        ("GB29 NWBK 6016 1331 9268 19", "GB29 NWBK 6016 1331 9268 19"),
        ("pay to DE89370400440532013000", "DE89370400440532013000"),
        ("NO93 8601 11 17947", "NO93 8601 11 17947"),
    ],
    "bank_account": [
        ("sort code 20-30-40", "20-30-40"),
        ("account number 12345678", "12345678"),
        ("12-34-56, 12345678", "12-34-56"),
        ("my bank account is 87654321", "87654321"),
        ("cod didoli 20 30 40", "20 30 40"),
    ],
    "passport": [
        ("passport number 123456789", "123456789"),
        ("my passport, 123 456 789, expired", "123 456 789"),
        ("fy mhasbort 987654321", "987654321"),
        ("passport AB1234567", "AB1234567"),
    ],
    "driving_licence": [
        ("MORGA657054SM9IJ", "MORGA657054SM9IJ"),
        ("licence MORGA 657054 SM9IJ", "MORGA 657054 SM9IJ"),
        ("my driving licence number is 12345678", "12345678"),
    ],
    "immigration_number": [
        ("GWF012345678", "GWF012345678"),
        ("my share code is W8H 3K4 9PL", "W8H 3K4 9PL"),
        ("UAN 3434-1234-5678-9012", "3434-1234-5678-9012"),
        ("BRP number RK1234567", "RK1234567"),
    ],
    "address": [
        ("I live at 12 Acacia Avenue, Leeds LS1 4AP", "12 Acacia Avenue, Leeds LS1 4AP"),
        ("moving to flat 3, 27 high street", "flat 3, 27 high street"),
        ("my address is 5 orchard close cardiff cf10 1aa", "5 orchard close cardiff cf10 1aa"),
        ("22B Baker Street", "22B Baker Street"),
        ("12 mill lane", "12 mill lane"),
        ("bins for 14 oak street please", "14 oak street"),
        ("i moved out of 7b station avenue", "7b station avenue"),
        ("9 orchard close, leeds", "9 orchard close"),
        ("14 Heol y Bont", "14 Heol y Bont"),
        ("house number 7 LS1 4AP", "number 7 LS1 4AP"),
    ],
    "postcode": [("what is my council, LS1 4AP?", "4AP"), ("bins in cf101aa", "1aa")],
    "date_of_birth": [
        ("dob 12/05/1980", "12/05/1980"),
        ("I was born on 12 May 1980", "12 May 1980"),
        ("my date of birth is the 3rd of March 1975", "3rd of March 1975"),
        ("born May 12th, 1980", "May 12th, 1980"),
        ("DOB: 1980-05-12", "1980-05-12"),
        ("fy nyddiad geni yw 12 Mai 1980", "12 Mai 1980"),
    ],
    "name": [
        ("My name is Siân ap Rhys and I moved", "Siân ap Rhys"),
        ("my name is john smith.", "john smith"),
        ("Full name: Mary-Jane O'Neill", "Mary-Jane O'Neill"),
        ("fy enw i yw Gwen Jones", "Gwen Jones"),
        ("my husband's name is Abdul Rahman", "Abdul Rahman"),
    ],
    "vehicle": [
        ("my reg is AB12 CDE", "AB12 CDE"),
        ("number plate: k123 abc", "k123 abc"),
        ("ford fiesta fd19 xyz", "fd19 xyz"),
        ("the peugeot 208 wx21fgh outside has no tax", "wx21fgh"),
    ],
    "reference": [
        ("my claim reference is PIP/2024/00123456", "PIP/2024/00123456"),
        ("case number 1234567", "1234567"),
        ("my crn is 1100123456", "1100123456"),
        ("ID number 99887766", "99887766"),
        ("gateway id 123456789012", "123456789012"),
    ],
    "card": [
        ("4111 1111 1111 1111", "4111 1111 1111 1111"),
        ("my visa 4111111111111112 was charged", "4111111111111112"),
        ("amex 378282246310005", "378282246310005"),
    ],
    "password": [
        ("my password is Sunshine99", "Sunshine99"),
        ("password: hunter2", "hunter2"),
        ("pass: Sunset2019", "Sunset2019"),
        ("my pass is Rugby4ever", "Rugby4ever"),
        ("my passwrd is Bluecat99", "Bluecat99"),
        ("pasword: Tiger44x", "Tiger44x"),
        ("my passowrd was Kestrel!9", "Kestrel!9"),
        ("my password is sunshine", "sunshine"),
        ("PIN 4821", "4821"),
        ("the cvv is 123", "123"),
        ("fy nghyfrinair yw Eryri2024", "Eryri2024"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [(kind, text, value) for kind, cases in REMOVED.items() for text, value in cases],
)
def test_removes_the_value_and_names_its_kind(
    kind: str, text: str, value: str, policy: QuestionPolicy
) -> None:
    check = check_question(text, policy)

    assert {found.kind for found in check.findings} == {kind}
    assert value in [text[found.start : found.end] for found in check.findings]
    assert value not in check.redacted_text


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_case(kind: str) -> None:
    assert REMOVED.get(kind)


@pytest.mark.parametrize(
    "text",
    [
        "I earn £32,500 a year and have £16,000 savings",
        "I earn 32500 and pay 20%",
        "house worth 325000",
        "between 2023 and 2024",
        "tax year 2024 to 2025, 2024/25 or 2024-25",
        "I am 67 and my husband is 72",
        "form SA100, P60, P45, V5C, N208 or MOT 1A",
        "call 0300 200 3300",
        "0800 055 6688 is free",
        "+44 300 200 3300",
        "ring 999, 111, 101 or 116 123",
        "what is tax code 1257L",
        "I live in LS1",
        "the SW1A area",
        "schedule 12 of the 1992 act, section 21 notice",
        "people born before 6 April 1935",
        "women born between 6 October 1953 and 5 April 1960",
        "my baby was born in 2024",
        "my name is spelled wrong on my passport",
        "my name is on the deeds",
        "her name is slightly misspelt",
        "I forgot my password",
        "my bus pass AB12345 stopped working",
        "my pass is valid until 2025",
        "the user guide and pass marks",
        "theory test pass 2024",
        "i forgot my passwrd",
        "my pasword is not working",
        "my password is not working",
        "my PIN is blocked",
        "how do I get a new pin for my card",
        "the deadline is 31/01/2025",
        "can I pay 12 monthly payments of 100",
        "2 years in a row",
        "a 3 bedroom house in Leeds",
        "5 weeks in hospital",
        "HMRC, PO Box 4000, Cardiff",
        "help@hmrc.gov.uk",
        "enquiries@gov.scot",
        "commodity code 8471300000",
        "C1 and D1 vehicle categories",
        "10,000,000 people",
        "MUM SHES 89 AND CANT WALK",
        "MY NAN IS 93 AND NEEDS A NEW HOUSE",
        "the council office is 12 mill lane",
        "speed limit of 20 high street",
        "12 bus lane fine",
        "a fine for 30 mph road",
        "age of 17 learners drive",
        "ford fiesta for 500 pounds",
        "golf on 25 may",
        "company crn 09876543",
        "id 18 over",
        "12.5 million",
        "my passport expires on 12 May 2027",
        "my driving licence expires on 12/05/2027",
        "an ISA allowance of 20000",
        "B12 deficiency",
        "company number 01234567",
        "UK GDPR article 6(1)(e)",
        "M25 and A1(M)",
        "9am to 5pm on 020",
        "Mon-Fri 8-6",
        "do i need a visa",
        "my email is not working",
        "my address is wrong on my licence",
        "when is the 2 child limit ending",
        "I have 3 children and live in Wales",
        "mae gen i 2 o blant",
    ],
)
def test_leaves_alone_what_answers_depend_on(text: str, policy: QuestionPolicy) -> None:
    check = check_question(text, policy)

    assert check.findings == ()
    assert check.redacted_text == text


def test_cards_and_passwords_stop_the_question(policy: QuestionPolicy) -> None:
    check = check_question("my card is 4111 1111 1111 1111", policy)

    assert check.deciding is not None
    assert check.deciding.outcome is Outcome.BLOCK


def test_other_personal_data_does_not_stop_the_question(policy: QuestionPolicy) -> None:
    check = check_question("How do I fix my tax code? AB123456C", policy)

    assert check.deciding is None
    assert check.search_text == "How do I fix my tax code?"


def test_speaks_welsh_to_a_welsh_question(policy: QuestionPolicy) -> None:
    check = check_question("Beth yw fy nghod treth? Fy rhif yw AB123456C", policy)

    assert check.redacted_text.endswith("[tynnwyd rhif Yswiriant Gwladol]")


def test_offsets_refer_to_the_text_as_typed(policy: QuestionPolicy) -> None:
    typed = "ﬁne, my NI is A\u200bB１２３４５６C ok"

    check = check_question(typed, policy)

    (found,) = check.findings
    assert typed[found.start : found.end] == "A\u200bB１２３４５６C"
    assert check.redacted_text == "ﬁne, my NI is [National Insurance number removed] ok"


def test_redacts_whatever_decides(policy: QuestionPolicy) -> None:
    check = check_question("I want to kill myself, call me on 07700 900123", policy)

    assert check.deciding is not None
    assert check.deciding.category == "crisis"
    assert "07700" not in check.redacted_text


def test_settings_can_keep_a_kind() -> None:
    from guardrails.settings import GuardrailSettings
    from guardrails.wiring import build_question_policy

    policy = build_question_policy(GuardrailSettings(keep_personal_data=("vehicle",)))

    assert check_question("my reg is AB12 CDE", policy).findings == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("p/port no 987654321", "passport"),
        ("visa ref GWF 012 345 678", "immigration_number"),
        ("plate number is YZ 1234", "vehicle"),
        ("12 heol y dderwen, caernarfon", "address"),
        ("my house is 8 oak tree close", "address"),
        ("write to jo dot bloggs at gmail dot com", "email"),
        ("email me on jo.bloggs@gmail,com", "email"),
        ("my pw is Tr0ub4dor", "password"),
        ("gateway user id is 12 34 56 78 90 12", "reference"),
        ("home office ref 1234-5678-9012-3456", "reference"),
        ("Phone: 451 5986", "phone"),
        ("VAT number GB 311 405 025", "vat_number"),
        ("VAT number GD100", "vat_number"),
    ],
)
def test_finds_what_people_write_in_a_hurry(text: str, kind: str, policy: QuestionPolicy) -> None:
    check = check_question(text, policy)

    assert [finding.kind for finding in check.findings] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "my rent is 120 pw is that too much",
        "is my car in 2019 rules",
        "call me on monday",
        "phone 101 or 111",
        "the VAT rate is 20 percent",
        "my flat is 2 bedrooms in a close",
        "is the user id 12 digits long",
    ],
)
def test_leaves_what_only_looks_like_it(text: str, policy: QuestionPolicy) -> None:
    assert check_question(text, policy).findings == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("my NI number is АВ 12 34 56 С", "nino"),
        ("call me on ٠٧٧٠٠ ٩٠٠١٢٣", "phone"),
        ("my NI number is A\u200bB 12\u200b34 56 C", "nino"),
        ("card ４１１１ １１１１ １１１１ １１１１", "card"),
    ],
)
def test_finds_identifiers_in_disguise(text: str, kind: str, policy: QuestionPolicy) -> None:
    check = check_question(text, policy)

    assert {finding.kind for finding in check.findings} == {kind}
    assert not any(character.isdigit() for character in check.redacted_text)


def test_leaves_other_alphabets_alone(policy: QuestionPolicy) -> None:
    assert check_question("Где мой паспорт 2024? Как подать форму SA100?", policy).findings == ()


@pytest.mark.parametrize(
    "text",
    [
        "user jsmith88 and pass Blue12fish",
        "username: kelly_w pass: Sunset2019",
        "log in gaz.pugh77, pass Tractor55",
    ],
)
def test_a_user_is_taken_out_with_the_word_that_lets_in(text: str, policy: QuestionPolicy) -> None:
    check = check_question(text, policy)

    assert [found.kind for found in check.findings] == ["name", "password"]
    assert check.deciding
    assert check.deciding.outcome is Outcome.BLOCK
