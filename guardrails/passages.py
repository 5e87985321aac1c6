"""Tell passages of guidance that speak to a machine, before a language model reads them.

The index holds back such text when it is built; this looks again when a question is answered,
because an index may be older than the rules, or somebody wrote into its folder. A passage is
published text that quotes, lists and orders people about, so it is read with a table of its own,
`phrase_tables/passage.txt`, and for what only machines read: chat templates, tag characters,
encoded orders.

Known misses: an order that could as well be meant for a reader ("tell everybody to call ...");
languages but English, German and Welsh. Measured 2026-11: none of 1,092 guidance lines and of 892
pieces of GOV.UK pages is taken for one.
"""

from dataclasses import replace
from time import perf_counter

from guardrails.normalised import normalise, plain_text
from guardrails.phrases import load_phrases
from guardrails.rules.prompt_injection import MACHINE_MADE, attack_signs
from guardrails.verdict import Category, Outcome, Verdict

NAME = "passages"
_PHRASES = load_phrases("passage")


def check_passage(passage: str) -> Verdict:
    """Return BLOCK for a passage that must not reach a language model, else ALLOW."""
    start = perf_counter()
    verdict = Verdict(Outcome.ALLOW, NAME)
    if speaks_to_a_machine(passage):
        reason = "It holds instructions for a language model."
        verdict = Verdict(Outcome.BLOCK, NAME, Category.PROMPT_INJECTION, reason, detail="passage")
    return replace(verdict, milliseconds=(perf_counter() - start) * 1_000)


def speaks_to_a_machine(passage: str) -> bool:
    """Whether a passage of guidance holds instructions for a language model."""
    text = normalise(passage)
    return (
        _PHRASES.occurs_in(text.plain)
        or _PHRASES.occurs_in(plain_text(text.hidden_message))
        or not MACHINE_MADE.isdisjoint(attack_signs(text))
    )
