"""What each command of `python -m eval` does: read, measure, print a table, return its scores.

The imports inside the commands bring chromadb and torch: only who needs them pays for them.
"""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from app.settings import Settings, load_settings
from eval.aggregates import aggregate, by_category
from eval.beir import load_benchmark
from eval.cases import Case, in_half, load_cases
from eval.commit_check import check_newest_commit
from eval.comparing import compare_all
from eval.runs import (
    Scored,
    make_folder,
    provenance,
    read_run,
    run_folder,
    score_run,
    write_json,
    write_measures,
)
from eval.runs import rescore as score_again
from eval.tables import (
    answers_table,
    comparison_table,
    measures_table,
    misses_table,
    robustness_table,
    speed_table,
)

Scores = dict[str, Any]

_ROOT = Path(__file__).parent.parent


def gate(options: argparse.Namespace) -> Scores:
    """Hold a run over the sample documents against the baseline, or write the baseline."""
    if options.check_commit:
        faults = check_newest_commit(_ROOT)
        _complain(faults)
        return {"passed": not faults, "faults": faults}
    from eval.baseline import BASELINE
    from eval.gate import CASES, CORPUS, check, gate_json, measure, update

    path = options.baseline or BASELINE
    folder = run_folder("gate", options.report)
    scored, measured = measure(
        [options.cases or CASES], options.corpus or CORPUS, load_settings(options.config), folder
    )
    _show(scored, folder)
    if options.update:
        update(path, measured)
        print(f"baseline: {path}")
        return gate_json(measured, ())
    fallen = check(path, measured)
    _complain(fallen)
    return gate_json(measured, fallen)


def answers(options: argparse.Namespace) -> Scores:
    """Answer cases and score the answers."""
    from eval.answers import run_answers

    cases = _chosen_cases(options)
    settings = load_settings(options.config)
    folder = run_folder("answers", options.report)
    if options.llm:
        return _composers(options, cases, settings, folder)
    scored = run_answers(cases, options.corpus, settings, folder, robust=options.robust)
    return _show(scored, folder)


def _composers(
    options: argparse.Namespace, cases: list[Case], settings: Settings, folder: Path
) -> Scores:
    """Answer by quotes and by a language model, and set both side by side."""
    from eval.composers import composition, run_composers

    runs = run_composers(cases, options.corpus, settings, options.llm, folder)
    shown: Scores = {}
    for name, scored in runs.items():
        print(f"\n{name}\n")
        shown[name] = _show(scored, folder / name)
    compared = compare_all(runs["quotes"].scores, runs["llm"].scores)
    print(f"\nquotes -> llm\n\n{comparison_table(compared)}")
    composed = composition(runs["quotes"].run, runs["llm"].run)
    print(f"\n{measures_table(composed)}")
    return {**shown, "compared": compared["correct"].to_json(), "composed": composed}


def rescore(options: argparse.Namespace) -> Scores:
    """Score a run again."""
    return _show(score_again(options.folder), options.folder)


def compare(options: argparse.Namespace) -> Scores:
    """Compare two runs."""
    before, after = (score_run(read_run(folder)) for folder in (options.before, options.after))
    comparisons = compare_all(before.scores, after.scores)
    print(comparison_table(comparisons))
    named = {name: one.to_json() for name, one in comparisons.items()}
    return {**named["correct"], "scores": named}


def retrieval(options: argparse.Namespace) -> Scores:
    """Measure retrieval."""
    from eval.retrieval import mean_scores, one_leg, report_rows, run_retrieval

    settings = one_leg(load_settings(options.config), options.leg)
    benchmark = load_benchmark(options.beir)
    scores, passages = run_retrieval(benchmark, settings, folded=options.fold_questions)
    means = mean_scores(scores, passages)
    print(measures_table(means))
    if options.report:
        record = _record(settings, leg=options.leg, fold_questions=options.fold_questions)
        write_measures(options.report, report_rows(scores), means, record)
    return means


def reading(options: argparse.Namespace) -> Scores:
    """Measure short answers."""
    from eval.reading import mean_reading, run_reading
    from eval.reading_sets import read_beir, read_squad

    whole = read_beir(options.beir) if options.beir else read_squad(options.squad)
    settings = load_settings(options.config)
    scores = run_reading(whole.sample(options.sample), settings, folded=options.fold_questions)
    means = mean_reading(scores)
    print(measures_table(means))
    if options.report:
        record = _record(settings, sample=options.sample, fold_questions=options.fold_questions)
        write_measures(options.report, [asdict(one) for one in scores], means, record)
    return means


def peers(options: argparse.Namespace) -> Scores:
    """Set the chains that tutorials build beside ours."""
    from eval.peer_tables import peers_json, peers_table
    from eval.peers import run_peers

    settings = load_settings(options.config)
    scores = run_peers(_chosen_cases(options), options.corpus, settings)
    measured = peers_json(scores)
    print(peers_table(measured))
    if options.report:
        rows = [asdict(one) for one in scores]
        write_measures(options.report, rows, measured, _record(settings), "per_case.csv")
    return measured


def speed(options: argparse.Namespace) -> Scores:
    """Time embedding, questions and changes."""
    from eval.speed import measure_speed, read_articles
    from eval.speed_chart import speed_chart

    articles = read_articles(options.texts)
    settings = load_settings(options.config)
    measured = measure_speed(
        articles, settings, options.sizes, options.embedded, options.model_vectors
    )
    print(speed_table(measured))
    if options.report:
        make_folder(options.report)
        write_json(options.report / "speed.json", {**measured, **provenance()})
        chart = speed_chart(measured["sizes"])
        (options.report / "speed.svg").write_text(chart, encoding="utf-8")
    return measured


def gate_check(options: argparse.Namespace) -> Scores:
    """Put right and corrupted answers to the figure gate."""
    from eval.gate_check import gate_report, gate_scores, run_gate_check

    trials = run_gate_check(options.corpus, cases=options.cases)
    print(gate_report(trials))
    return gate_scores(trials)


def documents(options: argparse.Namespace) -> Scores:
    """Compare descriptions and cleaning with a gold file."""
    from eval.documents import documents_report, documents_summary, read_gold, score_documents

    scores = score_documents(read_gold(options.gold), options.corpus)
    print(documents_report(scores))
    return documents_summary(scores)


def targets(options: argparse.Namespace) -> Scores:
    """Compare extracted targets with a gold file."""
    from eval.targets import read_gold, score_targets, targets_report, targets_summary

    scores = score_targets(read_gold(options.gold), options.corpus)
    print(targets_report(scores))
    return targets_summary(scores)


def _record(settings: Settings, **asked: object) -> dict[str, Any]:
    """Return what is kept of how a run was measured."""
    return {"settings": settings.model_dump(mode="json"), **asked, **provenance()}


def _chosen_cases(options: argparse.Namespace) -> list[Case]:
    cases = load_cases(*options.cases)
    return in_half(cases, options.half) if options.half else cases


def _complain(lines: list[str]) -> None:
    for line in lines:
        print(f"gate: {line}", file=sys.stderr)


def _show(scored: Scored, folder: Path) -> Scores:
    print(misses_table(scored.scores), end="\n\n")
    print(answers_table(by_category(scored.scores), aggregate(scored.scores)))
    if kept := scored.summary.get("robustness"):
        print(f"\n{robustness_table(kept)}")
    print(f"\nrun: {folder}; report: {folder / 'report.html'}")
    return scored.summary
