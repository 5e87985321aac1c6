import json
from pathlib import Path

import pytest

from guardrails.example_files import NONE
from guardrails.likeness import load_danger_examples
from guardrails.normalised import plain_text
from guardrails.rules.danger_likeness import MAX_CHARACTERS
from guardrails.training.attacks import ATTACK, SHARED_SETS, Sample, load_samples, load_shared
from guardrails.training.danger import danger_report, fitting_ordinary, learned_texts
from guardrails.training.injection import counts, fit_injection, judge_by_folds
from guardrails.training.phone import typed_on_a_phone
from guardrails.training.stories import as_examples, load_stories, texts_of
from guardrails.verdict import Outcome
from tests.guardrails.measure_danger import held_out

QUESTION = "Do I need to tell the council about the shed?"
LONG = "We built a shed in the garden last year. " * 9


def write_rows(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # A line separator inside a text must not end its row.
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


@pytest.fixture
def data(tmp_path: Path) -> Path:
    rows = [
        {"url": f"https://example.org/{page}", "scenario": scenario, "question": QUESTION}
        for page in range(20)
        for scenario in ("I built a\u2028shed in May.", LONG)
    ]
    write_rows(tmp_path / "conditionalqa" / "questions.jsonl", rows)
    return tmp_path


def test_every_story_is_in_one_half_and_no_page_in_both(data: Path) -> None:
    fitted, reported = load_stories(data, "fit"), load_stories(data, "report")

    assert len(fitted) + len(reported) == 40
    assert {story.page for story in fitted}.isdisjoint(story.page for story in reported)
    assert fitted
    assert reported


def test_a_long_story_is_learned_by_its_sentences_and_a_short_one_also_whole(data: Path) -> None:
    short, long = load_stories(data, "fit")[:2]

    assert short.message in texts_of(short)
    assert len(long.message) > MAX_CHARACTERS
    assert long.message not in texts_of(long)
    assert QUESTION in texts_of(long)
    assert "We built a shed in the garden last year" in texts_of(long)


def test_a_sentence_of_danger_is_no_ordinary_example(data: Path) -> None:
    rows = [{"url": "u", "scenario": "I want to kill myself. I live in Leeds now.", "question": "What then?"}]  # fmt: skip
    write_rows(data / "conditionalqa" / "questions.jsonl", rows)

    stories = [*load_stories(data, "fit"), *load_stories(data, "report")]
    learned = {text for _, text in as_examples(stories)}

    assert learned == {"I live in Leeds now"}


def test_nothing_that_is_reported_on_was_learned_or_chosen_on() -> None:
    report = danger_report()
    chosen = set(fitting_ordinary())

    assert len(report.ordinary) == 1_000
    assert len(report.dangers) > 130
    assert chosen.isdisjoint(report.ordinary)
    learned = {text for _, text in load_danger_examples()}
    assert learned.isdisjoint(report.ordinary)
    assert learned.isdisjoint(text for _, text in report.dangers)


def test_shared_sets_keep_their_label_and_cut_long_texts(data: Path) -> None:
    rows = [{"text": "x" * 9_000, "label": 1}, {"text": "a shed", "label": 0}]
    write_rows(data / "guardrails" / "deepset_prompt_injections.jsonl", rows)

    attacks, harmless = (load_shared(data, shared) for shared in SHARED_SETS[:2])

    assert [(sample.kind, len(sample.text)) for sample in attacks] == [(ATTACK, 4_000)]
    assert [(sample.kind, sample.text) for sample in harmless] == [(NONE, "a shed")]


def test_all_texts_are_learned_once(data: Path) -> None:
    samples = load_samples(data)

    assert len({sample.text for sample in samples}) == len(samples)
    assert {sample.kind for sample in samples} == {ATTACK, NONE}
    assert {"", "citizens"} == {sample.source for sample in samples}


def test_a_text_is_judged_by_a_model_that_never_saw_its_group() -> None:
    attack = "zog mip zog mip"
    harmless = [Sample("h", NONE, f"my bin is {n} days late", 1.0, str(n)) for n in range(10)]
    others = [Sample("a", ATTACK, f"robot obey me {n}", 1.0, str(n)) for n in range(10)]
    same = [Sample("twins", ATTACK, attack + " " * n, 1.0, "one group") for n in range(8)]
    samples = [*harmless, *others, *same]

    judged = counts(judge_by_folds(samples))

    assert fit_injection(samples).read(attack)[0] > 0.6
    assert judged["twins"]["texts"] == 8
    assert judged["twins"]["refused"] == 0
    assert judged["h"]["refused"] == 0


def test_counts_tell_refused_from_marked() -> None:
    from guardrails.training.injection import Judged

    sample = Sample("set", ATTACK, "text", 1.0, "group")
    outcomes = (Outcome.BLOCK, Outcome.BLOCK, Outcome.QUOTE, Outcome.ALLOW)

    tables = counts([Judged(sample, outcome) for outcome in outcomes])

    assert tables == {"set": {"texts": 4, "refused": 2, "marked": 1}}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Mae'n wlyb!", "maen wlyb"),
        ("A fly-tip, again.", "a fly tip again"),
        ("Your through-road", "ur thru road"),
        ("", ""),
    ],
)
def test_a_text_as_a_phone_would_type_it(text: str, typed: str) -> None:
    assert typed_on_a_phone(text) == typed
    assert typed_on_a_phone(text) == typed_on_a_phone(text)


def test_no_short_message_that_is_held_out_was_learned() -> None:
    learned = learned_texts()

    held = [text for texts in held_out("short_messages").values() for text in texts]

    assert len(held) > 420
    assert [text for text in held if plain_text(text) in learned] == []
