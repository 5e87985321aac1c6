"""A run as people read it: text, Markdown, or one self-contained page of HTML."""

import html
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from eval.abstention_metrics import auroc, false_answers_at
from eval.intervals import Estimate
from eval.record import Run, Share, family_of
from eval.scores import METRICS, estimate

WORST = 20
MIN_SLICE = 5


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table."""

    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption; the first cell of a row names it."""

    caption: str
    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def summary(run: Run, *, seed: int) -> dict[str, Estimate]:
    """Return every metric that applies to the run, by name."""
    found = {metric.name: estimate(metric, run.records, seed=seed) for metric in METRICS}
    return {name: value for name, value in found.items() if value is not None}


def tables(run: Run, *, seed: int) -> list[Table]:
    """Return the tables of a report, the most important first."""
    return [
        _headline(run, seed),
        _abstention(run),
        _latency(run),
        _slices(run, seed),
        _surprises(run),
        *_guardrails(run),
    ]


def as_text(run: Run, *, seed: int) -> str:
    """Return a report for a terminal."""
    return _title(run) + "\n\n" + "\n\n".join(_text_table(t) for t in tables(run, seed=seed))


def as_markdown(run: Run, *, seed: int) -> str:
    """Return a report in Markdown."""
    parts = [f"# {_title(run)}"]
    for table in tables(run, seed=seed):
        parts += [f"## {table.caption}", _markdown_table(table)]
    return "\n\n".join(parts) + "\n"


def as_html(run: Run, *, seed: int) -> str:
    """Return a report as one page that needs nothing else; tables have captions and scopes."""
    body = "\n".join(_html_table(table) for table in tables(run, seed=seed))
    title = html.escape(_title(run))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<style>body{font:1rem/1.5 sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
        "table{border-collapse:collapse;margin:2rem 0}caption{font-weight:bold;text-align:left}"
        "th,td{border-bottom:1px solid #b1b4b6;padding:.3rem .8rem;text-align:left;"
        "vertical-align:top}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _title(run: Run) -> str:
    h = run.header
    return f"{h.question_set} {h.question_set_version}: {h.items} questions to {h.target}"


def _headline(run: Run, seed: int) -> Table:
    rows = []
    for metric in METRICS:
        found = estimate(metric, run.records, seed=seed)
        if found is not None:
            cells = (metric.name, _figure(found), _interval(found), str(found.scored))
            rows.append(Row((*cells, metric.meaning)))
    headers = ("metric", "mean", "95% interval", "scored", "what it says")
    ranking = "" if run.header.ranking == "retrieval" else " (ranked by what was shown)"
    return Table(f"Figures{ranking}", headers, tuple(rows))


def _abstention(run: Run) -> Table:
    yes, no = _confidences(run, "answered"), _confidences(run, "no_answer")
    rows = []
    if yes and no:
        rows.append(Row(("AUROC of the confidence", f"{auroc(yes, no):.3f}")))
        rows += [
            Row((f"false answers at {c:.0%} coverage", f"{false_answers_at(yes, no, c):.3f}"))
            for c in (0.95, 0.9, 0.8, 0.7)
        ]
    return Table("Knowing when not to answer", ("measure", "value"), tuple(rows))


def _confidences(run: Run, family: str) -> list[float]:
    return [
        record.confidence
        for record in run.records
        if family_of(record.item.expected_status) == family and record.confidence is not None
    ]


def _latency(run: Run) -> Table:
    stages = sorted({stage for r in run.records for stage in r.timings_ms})
    rows = []
    for stage in stages:
        values = [r.timings_ms[stage] for r in run.records if stage in r.timings_ms]
        p50, p95 = np.quantile(values, [0.5, 0.95])
        rows.append(Row((stage, f"{p50:.1f}", f"{p95:.1f}", str(len(values)))))
    caption = f"Milliseconds, {run.header.cores} cores"
    return Table(caption, ("stage", "p50", "p95", "questions"), tuple(rows))


def _slices(run: Run, seed: int) -> Table:
    names = sorted({name for r in run.records for name in r.item.slices})
    shown = [m for m in METRICS if m.name in ("success_at_1", "recall_at_5", "status_family")]
    rows = []
    for name in names:
        records = [r for r in run.records if name in r.item.slices]
        if len(records) >= MIN_SLICE:
            found = [estimate(metric, records, seed=seed) for metric in shown]
            figures = (_figure(value) if value else "" for value in found)
            rows.append(Row((name, str(len(records)), *figures)))
    headers = ("slice", "questions", *(metric.name for metric in shown))
    return Table(f"Slices of at least {MIN_SLICE} questions", headers, tuple(rows))


def _surprises(run: Run) -> Table:
    metric = next(metric for metric in METRICS if metric.name == "status_family")
    wrong = [r for r in run.records if r.failure or metric.score(r) < 1]
    rows = [
        Row((r.item.id, r.item.expected_status, r.failure or r.status, (r.pages or ("",))[0]))
        for r in wrong[:WORST]
    ]
    caption = f"Replies of another kind than expected: {len(wrong)}, the first {len(rows)} shown"
    return Table(caption, ("question", "expected", "came", "best page"), tuple(rows))


def _guardrails(run: Run) -> list[Table]:
    rows = [
        Row((score.rule, *_share_cells(score.caught), *_share_cells(score.false_alarms)))
        for score in run.header.rules
    ]
    headers = ("rule", "found", "share", "95% interval", "false alarms", "share", "95% interval")
    caption = "Guardrails, each alone on a set of its own (Wilson intervals)"
    return [Table(caption, headers, tuple(rows))] if rows else []


def _share_cells(share: Share) -> tuple[str, str, str]:
    interval = f"{share.low:.3f} to {share.high:.3f}"
    return f"{share.hits} of {share.of}", f"{share.value:.3f}", interval


def _figure(found: Estimate) -> str:
    return f"{found.value:.3f}"


def _interval(found: Estimate) -> str:
    return f"{found.low:.3f} to {found.high:.3f}"


def _text_table(table: Table) -> str:
    lines: Sequence[tuple[str, ...]] = [table.headers, *(row.cells for row in table.rows)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(table.headers))]
    rows = ["  ".join(c.ljust(w) for c, w in zip(line, widths, strict=True)) for line in lines]
    return "\n".join([table.caption, *(row.rstrip() for row in rows)])


def _markdown_table(table: Table) -> str:
    lines = [table.headers, ("---",) * len(table.headers), *(row.cells for row in table.rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _html_table(table: Table) -> str:
    head = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in table.headers)
    rows = "\n".join(_html_row(row) for row in table.rows)
    caption = html.escape(table.caption)
    return (
        f"<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n"
        f"<tbody>\n{rows}\n</tbody>\n</table>"
    )


def _html_row(row: Row) -> str:
    first, *rest = (html.escape(cell) for cell in row.cells)
    return f'<tr><th scope="row">{first}</th>' + "".join(f"<td>{c}</td>" for c in rest) + "</tr>"
