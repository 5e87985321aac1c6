"""Is personal data found, and are numbers that are none left alone?"""

from collections import Counter
from pathlib import Path

from eval.benchmarks.guards.harmless_numbers import distinct_harmless_questions, harmless_questions
from eval.benchmarks.guards.identifiers import KINDS, Told, sentences
from eval.benchmarks.guards.rates import Row, rate, rate_of, rows_of, served_policy
from guardrails import QuestionPolicy, check_question

CARRIERS = {
    "UK_NINO": "My National Insurance number is {} thanks",
    "UK_NHS": "My NHS number is {} thanks",
    "UK_UTR": "My UTR is {} thanks",
    "UK_VAT": "My VAT number is {} thanks",
    "UK_PASSPORT": "My passport number is {} thanks",
    "UK_DRIVING_LICENCE": "My driving licence number is {} thanks",
    "UK_POSTCODE": "My postcode is {} thanks",
    "UK_VEHICLE_REGISTRATION": "My car registration is {} thanks",
}
SENTENCES = 200
_LABELLED = "presidio_research_synth_dataset_v2"
_RECALL = ("EMAIL_ADDRESS", "IBAN_CODE", "CREDIT_CARD", "PHONE_NUMBER", "PERSON")


def measure(data: Path, out: Path) -> dict[str, object]:
    """Return recall of identifiers told in a sentence, of labelled spans, and false alarms."""
    del out
    folder = data / "guardrails"
    cases = [
        row
        for name in ("presidio_uk_cases", "stdnum_gb_cases")
        for row in rows_of(folder / f"{name}.jsonl")
        if row["valid"]
    ]
    lines = rows_of(folder / "govuk_guidance_lines.jsonl")
    return {
        "made_up_sentences": {
            kind: rate_of(
                sentences(kind, SENTENCES), lambda told: is_removed(told, served_policy())
            )
            for kind in KINDS
        },
        "harmless_questions_distinct": len(distinct_harmless_questions()),
        "harmless_questions_flagged": rate_of(harmless_questions(), is_found),
        "told_in_a_sentence": {
            entity: rate_of(
                (carrier.format(row["text"]) for row in cases if row["entity"] == entity), is_found
            )
            for entity, carrier in CARRIERS.items()
        },
        "labelled_spans": _spans(rows_of(folder / f"{_LABELLED}.jsonl")),
        "guidance_lines_flagged": rate_of((str(row["text"]) for row in lines), is_found),
    }


def is_found(text: str) -> bool:
    """Whether anything personal is found in a text."""
    return bool(check_question(text, served_policy()).findings)


def is_removed(told: Told, policy: QuestionPolicy) -> bool:
    """Whether the identifier of a sentence is gone from what is kept of it."""
    redacted = check_question(told.sentence, policy).redacted_text
    # Of a postcode only the end is personal: the start decides which council answers.
    value = told.value[-3:] if told.kind == "postcode" else told.value
    return _joined(value) not in _joined(redacted)


def _joined(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


def _spans(rows: list[Row]) -> dict[str, object]:
    """Return recall by label, and how many names that we found overlap one that is labelled."""
    total, found = Counter[str](), Counter[str]()
    names = right = 0
    for row in rows:
        findings = check_question(str(row["full_text"]), served_policy()).findings
        places = [(finding.start, finding.end) for finding in findings]
        spans = row["spans"]
        assert isinstance(spans, list)  # noqa: S101 - the shape of the set
        for span in spans:
            here = (span["start_position"], span["end_position"])
            total[span["entity_type"]] += 1
            found[span["entity_type"]] += any(_meets(place, here) for place in places)
        people = [
            (span["start_position"], span["end_position"])
            for span in spans
            if span["entity_type"] == "PERSON"
        ]
        for finding in findings:
            if finding.kind == "name":
                names += 1
                right += any(_meets((finding.start, finding.end), person) for person in people)
    return {
        "recall": {label: rate(found[label], total[label]) for label in _RECALL},
        "name_precision": rate(right, names),
    }


def _meets(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]
