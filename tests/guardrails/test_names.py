import pytest

from guardrails.personal_data.names import find_names


def names_in(text: str) -> list[str]:
    return [text[match.start : match.end] for match in find_names(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("my name is ahmed", "ahmed"),
        ("name's Peter O'Neill", "Peter O'Neill"),
        ("Enw: Gareth Hughes", "Gareth Hughes"),
        ("dr ahmed said so", "ahmed"),
        ("i saw dr. okafor on friday", "okafor"),
        ("miss jones from the council rang", "jones"),
        ("i am miss evans and i rent", "evans"),
        ("mr.smith at the jobcentre", "smith"),
        ("I need help.\nKind regards\nMary Jones", "Mary Jones"),
        ("When do I pay? Thanks, Gareth", "Gareth"),
        ("Cofion gorau, Rhian Evans", "Rhian Evans"),
        ("How do I appeal? Signed, Hassan Qureshi", "Hassan Qureshi"),
        ("Where is the form\nSigned: Mary-Ann O'Neill", "Mary-Ann O'Neill"),
        ("Please reply. Signed Tom Okafor.", "Tom Okafor"),
        ("When is it due? Yours sincerely, Wei Chen", "Wei Chen"),
        ("Am I entitled? Yours faithfully\nJ. P. Whitlock", "J. P. Whitlock"),
        ("How long? Kind regards Amina", "Amina"),
        ("How long? With best wishes, from Olu Adeyemi", "Olu Adeyemi"),
        ("Sincerely, Petra Novak", "Petra Novak"),
        ("Sut mae talu? Cofion, Elin Morgan", "Elin Morgan"),
        ("Sut mae talu? Yn gywir, Gwyn Pritchard", "Gwyn Pritchard"),
        ("Pryd? Diolch yn fawr, Nia Rees", "Nia Rees"),
        ("how do i pay. yours sincerely, ravi shankar", "ravi shankar"),
        ("what is the fee, kind regards bob fletcher", "bob fletcher"),
        ("my son Jamie Carter needs a passport", "Jamie Carter"),
        ("My late mother, Jean Brown, had a pension", "Jean Brown"),
        ("Tilly Nicholson lives at 10 High Street", "Tilly Nicholson"),
        ("It's under my partner's name Nicole Mahler", "Nicole Mahler"),
        ("I am Zebediah Quuxington, can I get PIP?", "Zebediah Quuxington"),
        ("I’m Nicole Mahler and I need a blue badge", "Nicole Mahler"),
        ("This is Janet Smith. Can I get PIP?", "Janet Smith"),
        ("Stephan M Urner\n12 Acacia Avenue\nLeeds", "Stephan M Urner"),
    ],
)
def test_finds_a_name_by_the_words_before_it(text: str, name: str) -> None:
    assert name in names_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "Do I need a dr appointment?",
        "my dr said i should rest",
        "dr note or sick note",
        "will i miss the deadline",
        "miss payments from last year",
        "i am miss sold insurance",
        "Thanks, that helped",
        "Kind regards is how I end a letter",
        "Do I write yours sincerely or yours faithfully?",
        "Should a letter to the council end with Yours Sincerely",
        "The form must be signed by both parents",
        "I have signed, what now",
        "Who signed the lease, Tenant or Agent?",
        "The contract was signed on Monday",
        "It was signed, Council Tax Office",
        "Best wishes to the team",
        "What does yours faithfully mean",
        "I have to write signed and dated",
        "thanks and kind regards from leeds",
        "Cofion cynnes iawn",
        "Signed, Worried Resident",
        "when is it, kind regards many thanks",
        "is it signed in black ink",
        "many thanks, Universal Credit team",
        "Yours faithfully",
        "my mum State Pension",
        "my wife Carer's Allowance claim",
        "my husband British Citizen since 2010",
        "my son Year Six pupil",
        "Thanks, England",
        "Council Tax\n12 months in a year",
        "my name is spelled wrong",
        "it is under review",
        "Name: as on the passport",
        "I am Northern Irish, can I vote?",
        "I'm New Zealand citizen and I work here",
        "I am Polish National, can I stay?",
        "I am Hong Kong Chinese. Can I apply?",
        "I am South African and I need a visa",
        "This is Council Tax, not rent",
        "I am Universal Credit, Housing Benefit and PIP",
        "I am British Overseas Citizen, can I vote?",
        "I am In Debt, help",
        "I AM SO ANGRY, ANSWER ME",
        "I am Type Two, do I pay for prescriptions?",
        "I am Self Employed, what tax do I pay?",
        "I am Roman Catholic, which school?",
        "Mr or Mrs on the form?",
    ],
)
def test_leaves_alone_what_is_no_name(text: str) -> None:
    assert names_in(text) == []
