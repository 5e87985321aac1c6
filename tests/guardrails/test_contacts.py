from datetime import date, timedelta

import pytest

from guardrails.contacts import (
    CONTACTS,
    MAX_REVIEW_AGE_DAYS,
    OPENINGS,
    contact_lines,
    contacts_for,
    opening_for,
    overdue_contacts,
)
from guardrails.likeness import NONE, load_examples
from guardrails.phrases import load_phrases

NATIONS = ["england", "scotland", "wales", "northern-ireland"]


def names(detail: str, nation: str | None) -> list[str]:
    return [contact.name for contact in contacts_for(detail, nation)]


@pytest.mark.parametrize("nation", [*NATIONS, None])
@pytest.mark.parametrize("detail", sorted(CONTACTS))
def test_every_danger_has_someone_to_contact_in_every_nation(
    detail: str, nation: str | None
) -> None:
    contacts = contacts_for(detail, nation)

    assert contacts
    assert all(nation is None or nation in contact.nations for contact in contacts)


def test_every_detail_that_rules_can_find_has_contacts() -> None:
    details = {
        phrases.detail.partition(".")[0]
        for table in ("crisis", "other_languages", "status", "situation", "emergency")
        for phrases in load_phrases(table)
    } | {detail for detail, _ in load_examples("danger")} - {NONE}

    assert details == set(CONTACTS) - {"unknown"}


@pytest.mark.parametrize(
    ("detail", "nation", "name"),
    [
        ("domestic_abuse", "england", "National Domestic Abuse Helpline"),
        ("domestic_abuse", "wales", "Live Fear Free"),
        ("suicide", "northern-ireland", "Lifeline"),
        ("suicide", "scotland", "NHS 24"),
        ("gas", "northern-ireland", "Northern Ireland Gas Emergency Service"),
        ("homeless_tonight", "northern-ireland", "Housing Executive"),
        ("child_at_risk", None, "Childline"),
    ],
)
def test_names_the_contact_of_the_nation(detail: str, nation: str | None, name: str) -> None:
    assert name in names(detail, nation)


def test_other_nations_contacts_are_left_out() -> None:
    assert "Live Fear Free" not in names("domestic_abuse", "england")


def test_an_unknown_danger_still_gets_999() -> None:
    assert names("something new", "wales")[0] == "999"


def test_lines_speak_both_languages() -> None:
    for contacts in CONTACTS.values():
        for contact in contacts:
            assert contact.line_in("en") != contact.line_in("cy")
            assert contact.line_in("fr") == contact.line_in("en")


def test_reports_what_nobody_has_reviewed_for_too_long() -> None:
    reviewed = contacts_for("suicide", None)[0].reviewed
    last_good_day = reviewed + timedelta(days=MAX_REVIEW_AGE_DAYS)

    assert overdue_contacts(last_good_day) == []
    assert overdue_contacts(last_good_day + timedelta(days=1))


def test_no_review_lies_in_the_future_of_its_source() -> None:
    assert all(
        contact.reviewed >= date(2026, 1, 1) and contact.url.startswith("https://")
        for contacts in CONTACTS.values()
        for contact in contacts
    )


def test_says_where_each_line_applies_when_nobody_knows_the_nation() -> None:
    unknown = contact_lines("suicide", None, "en")
    scottish = contact_lines("suicide", "scotland", "en")

    assert any(line.startswith("NHS 24 (in Scotland): ") for line in unknown)
    assert any(line.startswith("NHS 24: ") for line in scottish)
    assert any("(yn yr Alban)" in line for line in contact_lines("suicide", None, "cy"))


def test_a_number_that_is_the_name_is_said_once() -> None:
    assert contact_lines("medical", None, "en")[0].startswith("Call 999 and ask")


@pytest.mark.parametrize("detail", ["harm_to_others", "harm_to_partner"])
def test_who_may_hurt_others_is_not_told_to_ask_for_an_ambulance(detail: str) -> None:
    assert "ambulance" not in " ".join(
        (*contact_lines(detail, None, "en"), opening_for(detail, "en"))
    )


def test_every_opening_belongs_to_a_danger_and_speaks_both_languages() -> None:
    assert OPENINGS.keys() <= CONTACTS.keys()
    assert all(words["english"] != words["welsh"] for words in OPENINGS.values())
    assert opening_for("something new", "en") == ""
