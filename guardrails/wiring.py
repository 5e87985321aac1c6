"""Build the guardrails. Presidio is imported here, on first use."""

from collections.abc import Sequence
from types import MappingProxyType

from guardrails import self_test
from guardrails.errors import GuardrailConfigurationError, GuardrailSelfTestError
from guardrails.example_files import EXAMPLES
from guardrails.likeness import Embed, build_reader
from guardrails.personal_data import contact_details, identity, money, public_numbers
from guardrails.personal_data.match import Finder
from guardrails.personal_data_kinds import KINDS
from guardrails.questions import QuestionPolicy, Rule
from guardrails.rules import abuse, crisis, emergency, hidden_characters, routing, smalltalk
from guardrails.rules.danger_likeness import DangerLikenessRule
from guardrails.rules.personal_data import PersonalDataRule
from guardrails.rules.prompt_injection import PromptInjectionRule
from guardrails.settings import GuardrailSettings
from guardrails.verdict import Outcome
from guardrails.word_model import load_model

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
        identity.find_names: ("name",),
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
        GuardrailSelfTestError: The rules miss a known case.
    """
    settings = settings or GuardrailSettings()
    policy = QuestionPolicy(
        rules=(
            hidden_characters.check,
            crisis.check,
            emergency.check,
            *_likeness_rules(settings, embed),
            PersonalDataRule(_build_finder(settings)),
            PromptInjectionRule(
                settings.min_injection_score, load_model(EXAMPLES / "injection_words.npz")
            ),
            abuse.check,
            routing.check,
            smalltalk.check,
        )
    )
    failures = self_test.run(policy, leave=settings.keep_personal_data)
    if failures:
        raise GuardrailSelfTestError(failures)
    return policy


def _likeness_rules(settings: GuardrailSettings, embed: Embed | None) -> Sequence[Rule]:
    if settings.min_danger_likeness >= 1:
        return ()
    words = load_model(EXAMPLES / "danger_words.npz")
    reader = build_reader(embed) if embed else None
    return (DangerLikenessRule(words, reader, settings.min_danger_likeness),)


def _build_finder(settings: GuardrailSettings) -> Finder:
    from guardrails.presidio_finder import build_presidio_finder

    kept = _kept_kinds(settings.keep_personal_data)
    finders = [(finder, kinds) for finder, kinds in FINDERS.items() if not set(kinds) <= kept]
    return build_presidio_finder(finders, leave=kept)


def _kept_kinds(names: Sequence[str]) -> set[str]:
    removable = [name for name, kind in KINDS.items() if kind.outcome is Outcome.REDACT]
    for name in names:
        if name not in removable:
            raise GuardrailConfigurationError(
                setting="ENQUIRY_KEEP_PERSONAL_DATA", value=name, allowed=removable
            )
    return set(names)
