"""Build the guardrails. Presidio is imported here, on first use."""

import logging
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from types import MappingProxyType

from guardrails import self_test
from guardrails.contacts import overdue_contacts
from guardrails.errors import GuardrailConfigurationError, GuardrailSelfTestError
from guardrails.example_files import EXAMPLES
from guardrails.guarded import Guarded, Rule
from guardrails.likeness import Embed, build_reader
from guardrails.name_model import load_name_model
from guardrails.name_tagger import load_tagger
from guardrails.personal_data import (
    contact_details,
    handles,
    identity,
    money,
    names,
    public_numbers,
)
from guardrails.personal_data.match import Finder
from guardrails.personal_data_kinds import KINDS
from guardrails.policies import NEVER_LEFT, OnFailure, load_actions, load_failures
from guardrails.questions import QuestionPolicy
from guardrails.rules import (
    abuse,
    advice,
    crisis,
    danger_likeness,
    emergency,
    hidden_characters,
    neutrality,
    personal_data,
    prompt_injection,
    routing,
    smalltalk,
)
from guardrails.rules.danger_likeness import DangerLikenessRule
from guardrails.rules.personal_data import PersonalDataRule
from guardrails.rules.prompt_injection import PromptInjectionRule
from guardrails.scrubbing import Scrubber
from guardrails.settings import GuardrailSettings
from guardrails.word_model import load_model

logger = logging.getLogger(__name__)

FINDERS = MappingProxyType(
    {
        money.find_cards: ("card",),
        identity.find_passwords: ("password",),
        contact_details.find_emails: ("email",),
        money.find_ibans: ("iban",),
        public_numbers.find_ninos: ("nino",),
        public_numbers.find_driving_licences: ("driving_licence",),
        public_numbers.find_passports: ("passport",),
        public_numbers.find_tax_references: ("utr",),
        public_numbers.find_vat_numbers: ("vat_number",),
        public_numbers.find_health_numbers: ("nhs_number",),
        public_numbers.find_immigration_numbers: ("immigration_number",),
        money.find_bank_accounts: ("bank_account",),
        contact_details.find_phones: ("phone",),
        identity.find_references: ("reference",),
        identity.find_vehicles: ("vehicle",),
        contact_details.find_addresses: ("address",),
        contact_details.find_postcodes: ("postcode", "address"),
        identity.find_birth_dates: ("date_of_birth",),
        names.find_names: ("name",),
        handles.find_handles: ("name",),
    }
)
"""Every finder of personal data with the kinds it yields."""


def build_question_policy(
    settings: GuardrailSettings | None = None, *, embed: Embed | None = None
) -> QuestionPolicy:
    """Return the ordered question rules, warm and tested; needs no network.

    Args:
        settings: How strict to be; read from the environment when not given.
        embed: Turns questions into vectors, for reading danger in unforeseen words by their
            meaning too; without it by phrases, words and letters.

    Raises:
        GuardrailConfigurationError: A setting names an unknown kind of personal data.
        NameModelError: The larger model for names cannot be used.
        PolicyTableError: The operator's table of personal data cannot be followed.
        GuardrailSelfTestError: The rules miss a known case.
    """
    settings = settings or GuardrailSettings()
    actions = load_actions(settings.personal_data_policy)
    rules: Mapping[str, Rule] = {
        hidden_characters.NAME: hidden_characters.check,
        crisis.NAME: crisis.check,
        emergency.NAME: emergency.check,
        **_likeness_rules(settings, embed),
        personal_data.NAME: PersonalDataRule(_build_finder(settings), actions),
        prompt_injection.NAME: PromptInjectionRule(
            settings.min_injection_score, load_model(EXAMPLES / "injection_words.npz")
        ),
        abuse.NAME: abuse.check,
        routing.NAME: routing.check,
        neutrality.NAME: neutrality.check,
        advice.NAME: advice.check,
        smalltalk.NAME: smalltalk.check,
    }
    policy = QuestionPolicy(rules=guarded(rules, load_failures()))
    failures = self_test.run(policy, leave=settings.keep_personal_data, actions=actions)
    if failures:
        raise GuardrailSelfTestError(failures)
    warn_of_old_contacts(datetime.now(UTC).date())
    return policy


def warn_of_old_contacts(today: date) -> None:
    """Write to the log which contacts nobody has compared with their source for too long."""
    for contact in overdue_contacts(today):
        logger.warning(
            "contacts.overdue", extra={"contact": contact.name, "reviewed": str(contact.reviewed)}
        )


def build_scrubber() -> Scrubber:
    """Return what takes personal data out of logs and exports; loads no heavy library."""
    return Scrubber(tuple(FINDERS), load_tagger(EXAMPLES / "name_tagger.npz"))


def guarded(rules: Mapping[str, Rule], failures: Mapping[str, OnFailure]) -> tuple[Guarded, ...]:
    """Return rules with what their failure does; one without an entry fails closed."""
    return tuple(
        Guarded(name, rule, failures.get(name, OnFailure.CLOSED)) for name, rule in rules.items()
    )


def _likeness_rules(settings: GuardrailSettings, embed: Embed | None) -> Mapping[str, Rule]:
    if settings.min_danger_likeness >= 1:
        return {}
    words = load_model(EXAMPLES / "danger_words.npz")
    reader = build_reader(embed) if embed else None
    rule = DangerLikenessRule(words, reader, settings.min_danger_likeness)
    return {danger_likeness.NAME: rule}


def _build_finder(settings: GuardrailSettings) -> Finder:
    from guardrails.presidio_finder import build_presidio_finder

    kept = _kept_kinds(settings.keep_personal_data)
    finders: list[tuple[Finder, tuple[str, ...]]] = [
        (finder, kinds) for finder, kinds in FINDERS.items() if not set(kinds) <= kept
    ]
    if settings.name_model and "name" not in kept:
        finders.append((load_name_model(settings.name_model), ("name",)))
    return build_presidio_finder(finders, leave=kept)


def _kept_kinds(names: Sequence[str]) -> set[str]:
    removable = [name for name in KINDS if name not in NEVER_LEFT]
    for name in names:
        if name not in removable:
            raise GuardrailConfigurationError(
                setting="ENQUIRY_KEEP_PERSONAL_DATA", value=name, allowed=removable
            )
    return set(names)
