"""The card of the model of danger: what it learned from and how well it reads."""

from collections.abc import Sequence

from guardrails.example_files import digest_of
from guardrails.normalised import plain_text
from guardrails.rules.danger_likeness import sentences_of
from guardrails.training import danger
from guardrails.training.fit import TrainingSet
from guardrails.training.stories import Story
from guardrails.word_model import WordModel


def danger_card(model: WordModel, training: TrainingSet, report: Sequence[Story]) -> str:
    """Return the card; scores are of the model alone, on texts that it did not learn from."""
    texts = danger.danger_report()
    short = [story.message for story in report if not story.is_long]
    long = [story for story in report if story.is_long]
    columns = {
        "mention": ([text for _, text in texts.dangers], list(texts.ordinary), short),
    }
    columns["certain"] = columns["mention"]
    lines = [
        "# Words model of danger",
        "",
        "Fitted by `python -m guardrails.training crisis DATA`, where DATA is the folder with "
        "`conditionalqa/`; numbers only (`danger_words.npz`).",
        "",
        f"* Learns: {len(training.examples)} texts: `danger.txt`, `short_messages.txt`, the fit "
        "half of `reviewed_danger.txt` and `reviewed_ordinary.txt`, and all of these as a phone "
        f"would type them, which weigh {danger.PHONE_SHARE}; lines made up from the three files of "
        f"patterns, which weigh {danger.MADE_UP_SHARE}; sentences and questions of ConditionalQA "
        f"(half of them by page, none with a phrase of danger), which weigh {danger.STORY_SHARE}. "
        "ConditionalQA is lent for research; none of its text is kept here.",
        f"* Form: softmax over {len(model.kinds)} kinds, TF-IDF of letters and words, ridge "
        f"{danger.PENALTY}; order by seed {danger.SEED}; digest of the examples "
        f"{digest_of(training.examples)[:16]}.",
        "* Thresholds: chosen on ordinary messages of the fit half, scored in five folds by "
        "models that saw neither text nor page, for these shares of false alarms: "
        f"{danger.ALARMS}.",
        f"* This model alone, without phrases, on what is only reported on: {len(texts.dangers)} "
        f"dangers, {len(texts.ordinary)} ordinary questions, {len(short)} short and {len(long)} "
        "long messages of ConditionalQA (some of which do tell of danger):",
        "",
        "| Threshold | Probability | Recall | Ordinary | Short messages | Long messages |",
        "|---|---|---|---|---|---|",
    ]
    for name, samples in columns.items():
        threshold = model.thresholds[name]
        shares = [_share(model, sample, threshold) for sample in samples]
        figures = " | ".join(f"{share:.3f}" for share in shares)
        lines.append(f"| {name} | {threshold:.3f} | {figures} | |")
    reached = sum(
        any(_score(model, text) >= model.thresholds["long"] for text in sentences_of(story.message))
        for story in long
    )
    share = reached / len(long) if long else 0.0
    lines.append(f"| long | {model.thresholds['long']:.3f} | | | | {share:.3f} |")
    lines += [
        "",
        "Misses: danger told across the sentences of a long message, irony, languages other than "
        "English and Welsh. The dangers were written by few hands, so other people's words will "
        "be read less well. Never use it to refuse anything: it only shows help.",
        "",
    ]
    return "\n".join(lines)


def _share(model: WordModel, texts: Sequence[str], threshold: float) -> float:
    return sum(_score(model, text) >= threshold for text in texts) / max(1, len(texts))


def _score(model: WordModel, text: str) -> float:
    return model.read(plain_text(text))[0]
