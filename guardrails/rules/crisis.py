"""Show people in danger where a human helps them, before anything else is decided.

Policy: NICE NG225 (self-harm), the Domestic Abuse Act 2021 definition, Working Together to
Safeguard Children 2023, the Forced Marriage Unit's multi-agency guidance and the Modern Slavery
Act 2015 name the kinds. Four tables of phrases, from the plainest to the most open:

* `crisis.txt`: someone tells of danger now. Help is shown, unless the danger is told as past and
  the text asks about an entitlement ("I left my violent husband, can I claim ...?"). For suicide
  help is always shown.
* `other_languages.txt`: suicide and domestic abuse told in twenty other languages.
* `status.txt`: a situation. Help is shown unless the text asks about an entitlement or the law.
* `situation.txt`: a bare subject. Help is shown unless the text asks anything.

Beside the answer help is shown where danger is named in what somebody asks for
(`beside_answer.txt`): "can I get PIP for being suicidal?".

Bereavement, benefits, law and statistics that only name a subject are answered. When in doubt we
show help.

Known misses: irony ("this form makes me want to die" shows help), indirect wording without any
word of the tables; of twenty other languages only the plainest words for suicide and for violence
at home are known, not yet reviewed by native speakers. Recall on wording that nobody tuned
on is measured by `tests/guardrails/measure.py`.
"""

import re

from guardrails.figures_of_speech import without_figures_of_speech
from guardrails.normalised import Normalised, plain_text
from guardrails.past_times import tells_of_past
from guardrails.phrases import first_detail, languages_in, load_phrases
from guardrails.spelling import Respeller
from guardrails.verdict import Category, Outcome, Verdict

NAME = "crisis"
MAX_SITUATION_CHARACTERS = 300

_DANGER = load_phrases("crisis")
_IN_OTHER_LANGUAGES = load_phrases("other_languages")
_STATUS = load_phrases("status")
_SITUATION = load_phrases("situation")
_BESIDE_ANSWER = load_phrases("beside_answer")
_SPELLING = Respeller(
    "suicide suicidal myself overdose abusive strangled trafficked trafficking slavery himself "
    "herself paracetamol marriage threatens threatening threatened violent violence husband "
    "partner boyfriend girlfriend controlling"
)
_ALWAYS_SHOWN = frozenset(
    ("overdose_taken", "suicide", "self_harm", "harm_to_partner", "harm_to_others")
)
_ENTITLEMENT = re.compile(
    r"\b(?:can|could|do|does|am|is|are|will|would|should|may) (?:i|we|he|she|they|it|you|my [a-z]+"
    r"|an? [a-z ]{0,30}|the [a-z]+)(?: also| still| even)? (?:be )?(?:get|claim|apply|qualify"
    r"|entitled|eligible|receive|have|annul|divorce|appeal|stay|change|stop|sue|prevent|legally"
    r"|allowed|need|count|owe|liable|pay)\b"
    r"|\b(?:apply|applying|claim|claiming|eligib\w+|entitle\w*|qualify) (?:for|to)\b"
    r"|\b(?:what|which) (?:benefits?|rights?|visa|law|orders?|is the (?:law|definition|process))\b"
    r"|\b(?:injunction|order|compensation|legal aid|leave to remain|visa|allowance|dla|pip"
    r"|benefits?|universal credit|custody|child maintenance|annul\w*|divorce|probate|inquest"
    r"|insurance)\b"
    r"[^.!]{0,80}\?|\bhow (?:do|can|would|should) (?:i|we|he|she|they|someone|you) (?:apply|claim"
    r"|become|appeal|divorce|annul|get (?:an? |the )?(?:injunction|order|visa|divorce))\b"
    r"|\b(?:training|job|course|volunteer|statement|statistics|definition)\b"
)
# Leaving a job says nothing about having left the danger.
_LEFT = (
    r"left(?! (?:(?:my|the|a|his|her|our) (?:[a-z]+ )?(?:jobs?|work|school|college|career|post"
    r"|position|employer|course)|work|school|college))"
)
_PAST = re.compile(
    rf"\b(?:{_LEFT} (?:him|her|my|the|an)|(?:have|has|ive|we) (?:now |since |finally )*(?:{_LEFT}"
    r"|fled|escaped|separated|split|divorced)|moved out|living in a refuge|in a refuge|arrested"
    r"|on bail|in prison|jailed|convicted|(?:years?|months?) ago|(?:was|were) in an? "
    r"|in the past|used to|formerly|fled|no longer (?:together|with|live)|ended|as a child"
    r"|historic)\b"
)
_QUESTION = re.compile(
    r"\?|\b(?:how|what|when|where|which|who|why|can|could|do|does|is|are|am i|should|will|would"
    r"|apply|claim|eligib\w+|entitle\w*|law|legal|act|statistics|rates?|policy|strategy|training"
    r"|reports?|reported|inquest|certificate|register|funeral|died|death|bereave\w*|charity|week"
    r"|day|awareness|sut|beth|pryd|ble|pwy|alla i|oes|pam)\b"
)


def check(question: Normalised) -> Verdict:
    """Return SIGNPOST or MENTION with the kind of danger as detail, else ALLOW."""
    plain = _SPELLING.respelled(without_figures_of_speech(question.plain))
    detail = (
        _danger_in(plain)
        or first_detail(_IN_OTHER_LANGUAGES, question.plain)
        or _situation_in(plain)
    )
    outcome = Outcome.SIGNPOST if detail else Outcome.MENTION
    detail = detail or first_detail(_BESIDE_ANSWER, plain)
    if not detail:
        return Verdict(Outcome.ALLOW, NAME)
    return Verdict(
        outcome,
        NAME,
        Category.CRISIS,
        f"The text tells of danger to a person: {detail.replace('_', ' ')}.",
        detail=detail,
    )


def asks_about_entitlement(plain: str) -> bool:
    """Whether a plain text asks what someone may claim, do or apply for."""
    return bool(_ENTITLEMENT.search(plain))


def languages_of_danger(text: str) -> frozenset[str]:
    """Return the languages, neither English nor Welsh, in whose words a text tells of danger."""
    return languages_in(_IN_OTHER_LANGUAGES, plain_text(text))


def _danger_in(plain: str) -> str:
    detail = first_detail(_DANGER, plain)
    is_past = (bool(_PAST.search(plain)) or tells_of_past(plain)) and asks_about_entitlement(plain)
    return "" if is_past and detail not in _ALWAYS_SHOWN else detail


def _situation_in(plain: str) -> str:
    detail = "" if asks_about_entitlement(plain) else first_detail(_STATUS, plain)
    if detail or len(plain) > MAX_SITUATION_CHARACTERS or _QUESTION.search(plain):
        return detail
    return first_detail(_SITUATION, plain)
