import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic import ValidationError

from guardrails import check_question
from guardrails.errors import NameModelError
from guardrails.name_model import load_name_model
from guardrails.self_test import KNOWN
from guardrails.settings import GuardrailSettings
from guardrails.wiring import build_question_policy
from ingestion.bundled_model import bundled_model_directory

TEXT = "Tilly Nicholson asked the council about Luton"


class FakeReader:
    """Stands for GLiNER and for a pipeline of transformers."""

    @classmethod
    def from_pretrained(cls, model: str) -> "FakeReader":
        if model != "here":
            raise OSError(model)
        return cls()

    def predict_entities(self, text: str, labels: list[str], threshold: float) -> list[dict]:
        assert labels == ["person"]
        assert threshold > 0
        return [{"start": 0, "end": 15}]

    def __call__(self, text: str) -> list[dict]:
        return [
            {"entity_group": "PER", "start": 0, "end": 15},
            {"entity_group": "LOC", "start": 40, "end": 45},
        ]


@pytest.fixture
def spacy_model(tmp_path: Path) -> str:
    spacy = pytest.importorskip("spacy")
    pipeline = spacy.blank("en")
    ruler = pipeline.add_pipe("entity_ruler")
    ruler.add_patterns(
        [
            {"label": "PERSON", "pattern": "Tilly Nicholson"},
            {"label": "GPE", "pattern": "Luton"},
        ]
    )
    pipeline.to_disk(tmp_path / "model")
    return f"spacy:{tmp_path / 'model'}"


def test_takes_out_what_a_spacy_model_calls_a_person(spacy_model: str) -> None:
    policy = build_question_policy(GuardrailSettings(name_model=spacy_model))

    check = check_question(TEXT, policy)

    assert check.redacted_text == "[name removed] asked the council about Luton"


def test_reads_no_model_as_shipped() -> None:
    policy = build_question_policy(GuardrailSettings())

    assert check_question(TEXT, policy).findings == ()


def test_reads_gliner_and_transformers_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gliner", SimpleNamespace(GLiNER=FakeReader))
    fake = SimpleNamespace(pipeline=lambda task, model, aggregation_strategy: FakeReader())
    monkeypatch.setitem(sys.modules, "transformers", fake)

    for setting in ("gliner:here", "transformers:here"):
        found = [TEXT[match.start : match.end] for match in load_name_model(setting)(TEXT)]
        assert found == ["Tilly Nicholson"]


@pytest.mark.parametrize("setting", ["flair:x", "spacy", "spacy:"])
def test_says_what_may_be_named(setting: str) -> None:
    with pytest.raises(NameModelError, match="spacy, gliner, transformers"):
        load_name_model(setting)


def test_says_how_to_install_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gliner", None)

    with pytest.raises(NameModelError, match="pip install gliner"):
        load_name_model("gliner:here")


def test_says_that_a_model_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gliner", SimpleNamespace(GLiNER=FakeReader))

    with pytest.raises(NameModelError, match="name its folder"):
        load_name_model("gliner:elsewhere")


def test_the_setting_is_frozen() -> None:
    with pytest.raises(ValidationError):
        GuardrailSettings().name_model = "spacy:x"


@pytest.fixture(scope="module")
def tagger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a folder with a small real model that learned one name."""
    torch = pytest.importorskip("torch")
    transformers = pytest.importorskip("transformers")
    folder = tmp_path_factory.mktemp("tagger")
    tokenizer = transformers.AutoTokenizer.from_pretrained(str(bundled_model_directory()))
    labels = ("O", "B-PER", "I-PER")
    torch.manual_seed(7)
    model = transformers.BertForTokenClassification(
        transformers.BertConfig(
            vocab_size=tokenizer.vocab_size,
            hidden_size=32,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=32,
            id2label=dict(enumerate(labels)),
            label2id={label: number for number, label in enumerate(labels)},
        )
    )
    model.bert.embeddings.requires_grad_(requires_grad=False)
    learned = [weights for weights in model.parameters() if weights.requires_grad]
    optimiser = torch.optim.Adam(learned, lr=0.01)
    names = tokenizer("tilly nicholson", add_special_tokens=False)["input_ids"]
    # Words of the self-test are nobody's name, whatever chance would make of them.
    plain = [torch.tensor(tokenizer(known.text)["input_ids"]) for known in KNOWN]
    for _ in range(150):
        tokens = torch.randint(tokenizer.vocab_size, (24, 24))
        wanted = torch.zeros_like(tokens)
        for row in range(len(tokens)):
            place = int(torch.randint(0, 8, ()))
            tokens[row, place : place + len(names)] = torch.tensor(names)
            wanted[row, place : place + len(names)] = torch.tensor([1] + [2] * (len(names) - 1))
        for row, chosen in enumerate(torch.randperm(len(plain))[:8]):
            text = plain[chosen][: tokens.shape[1]]
            tokens[row, : len(text)], wanted[row] = text, 0
        optimiser.zero_grad()
        model(input_ids=tokens, labels=wanted).loss.backward()
        optimiser.step()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    return f"transformers:{folder}"


@pytest.mark.model
def test_takes_out_what_a_transformers_model_calls_a_person(tagger: str) -> None:
    policy = build_question_policy(GuardrailSettings(name_model=tagger))

    check = check_question(TEXT, policy)

    assert check.redacted_text == "[name removed] asked the council about Luton"
    assert check_question("How do I renew a passport", policy).findings == ()
