import json
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn
from typer.testing import CliRunner

from bot.wiring import build_services
from eval.cli import app
from eval.fine_tuning.cross_encoder import WEIGHTS
from eval.fine_tuning.fine_tune import CARD
from eval.fine_tuning.lessons import lessons_of
from eval.fine_tuning.low_rank import LowRank, adapt, merge
from eval.halves import kept_back, split
from eval.question_set import Item, Turn
from ingestion.settings import IndexSettings
from ingestion.wiring import load_embedder, open_index
from tests.eval.tiny import SUBJECTS, Tiny, address, make_tiny

runner = CliRunner()


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Tiny:
    return make_tiny(tmp_path_factory.mktemp("tuning"))


@pytest.fixture(scope="module")
def trained(tiny: Tiny, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("trained") / "model"
    arguments = ["fine-tune", str(tiny.questions), "--index", str(tiny.index), "--out", str(out)]
    done = runner.invoke(app, arguments)
    assert done.exit_code == 0, done.output
    return out


def test_the_card_says_what_was_learned_and_reports_other_pages(tiny: Tiny, trained: Path) -> None:
    learned, unseen = split(tiny.items, 0)

    card = json.loads((trained / CARD).read_text("utf-8"))

    assert card["learned_from"] == {"questions": len(learned), "pages": len(learned)}
    assert card["reported_on"] == {"questions": len(unseen), "pages": len(unseen)}
    assert card["question_set"] == "tiny"
    assert card["training"] == {"half": 0, "epochs": 1, "rank": 8, "seed": 0, "limit": 0}
    for scores in (card["before"], card["after"]):
        assert scores["mrr"]["scored"] == len(unseen)
        assert 0 < scores["mrr"]["low"] <= scores["mrr"]["value"] <= scores["mrr"]["high"] <= 1


def test_the_folder_is_a_model_by_name_and_changed(tiny: Tiny, trained: Path) -> None:
    before = load_embedder(IndexSettings())
    after = load_embedder(IndexSettings(embedding_model=str(trained)))

    one, other = (model.embed_queries(["passport fee"])[0] for model in (before, after))

    assert np.linalg.norm(other) == pytest.approx(1, abs=1e-3)
    assert 0.5 < one @ other < 0.99999


def test_an_index_can_be_built_with_it(
    tiny: Tiny, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from ingestion.cli import app as ingest

    monkeypatch.setenv("ENQUIRY_EMBEDDING_MODEL", str(trained))

    done = runner.invoke(ingest, ["build", str(tiny.pages), "--index", str(tmp_path), "--publish"])

    assert done.exit_code == 0, done.output


def test_a_folder_in_use_is_left_alone(tiny: Tiny, trained: Path) -> None:
    arguments = ["fine-tune", str(tiny.questions), "--index", str(tiny.index)]

    done = runner.invoke(app, [*arguments, "--out", str(trained)])

    assert done.exit_code == 2
    assert "not empty" in done.output


def test_nothing_is_trained_without_a_right_page(tiny: Tiny, tmp_path: Path) -> None:
    arguments = ["fine-tune", "sample-guidance", "--index", str(tiny.index)]

    done = runner.invoke(app, [*arguments, "--out", str(tmp_path / "model")])

    assert done.exit_code == 2
    assert "right page" in done.output


def test_a_lesson_holds_the_quoted_passage_and_others_pages(tiny: Tiny) -> None:
    index = open_index(IndexSettings(), directory=tiny.index)
    try:
        lessons = lessons_of(tiny.items, index, load_embedder(IndexSettings()))
        for name, lesson in zip(SUBJECTS, lessons, strict=True):
            (row,) = lesson.right
            assert index.passages[row].page.url == address(name)
            assert row not in lesson.wrong
            assert len(lesson.wrong) == 5
    finally:
        index.close()


def test_a_question_without_a_page_in_the_index_is_no_lesson(tiny: Tiny) -> None:
    index = open_index(IndexSettings(), directory=tiny.index)
    stranger = tiny.items[0].model_dump()
    stranger["qrels"] = [{"url": "https://x.gov.uk/elsewhere"}]
    try:
        item = Item.model_validate(stranger)
        assert lessons_of([item], index, load_embedder(IndexSettings())) == []
    finally:
        index.close()


def test_a_cross_encoder_is_trained_and_used_by_name(
    tiny: Tiny, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "reader"
    arguments = ["fine-tune", str(tiny.questions), "--index", str(tiny.index), "--out", str(out)]

    done = runner.invoke(app, [*arguments, "--kind", "cross-encoder"])

    assert done.exit_code == 0, done.output
    card = json.loads((out / CARD).read_text("utf-8"))
    learned, unseen = split(tiny.items, 0)
    kept = card["learned_from"]["questions"] + card["weight_chosen_on"]["questions"]
    assert (kept, card["reported_on"]["questions"]) == (len(learned), len(unseen))
    assert card["weight"] in WEIGHTS
    assert set(card["before"]) == set(card["after"])
    monkeypatch.setenv("ENQUIRY_CROSS_ENCODER", str(out))
    services = build_services(index_directory=tiny.index)
    try:
        assert services.pair_reader is not None
        assert services.pair_reader.weight == card["weight"]
    finally:
        services.index.close()


def test_pages_kept_back_are_others() -> None:
    items = [
        Item(id=str(n), turns=(Turn(role="user", content="?"),), answerability="answerable",
             cluster=f"page {n // 2}")
        for n in range(60)
    ]  # fmt: skip

    left, back = kept_back(items, 5)

    assert len(left) + len(back) == len(items)
    assert back
    assert not {item.cluster for item in left} & {item.cluster for item in back}


@pytest.mark.parametrize("rank", [1, 3])
def test_a_correction_starts_as_none_and_ends_inside_the_weights(rank: int) -> None:
    torch.manual_seed(1)
    model = nn.Sequential(nn.Linear(4, 6), nn.Tanh(), nn.Sequential(nn.Linear(6, 2)))
    inputs = torch.randn(5, 4)
    plain = model(inputs)

    learned = adapt(model, rank)
    assert torch.allclose(model(inputs), plain)
    assert sum(p.numel() for p in learned) == rank * (4 + 6 + 6 + 2)
    for parameter in learned:
        parameter.data += 0.3
    changed = model(inputs)
    merge(model)

    assert not torch.allclose(changed, plain)
    assert torch.allclose(model(inputs), changed, atol=1e-6)
    assert not [m for m in model.modules() if isinstance(m, LowRank)]
