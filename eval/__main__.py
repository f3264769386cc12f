"""python -m eval: parse, run, print a table, end with one line of JSON."""

import argparse
import json
import logging
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from app.errors import AppError
from app.settings import Settings, load_settings
from eval.beir import load_benchmark
from eval.cases import HALVES, Case, in_half, load_cases
from eval.comparing import compare
from eval.errors import EvalError
from eval.runs import provenance, read_run, rescore, run_folder
from eval.scoring import CaseScore, aggregate, by_category, score_cases, summary
from eval.tables import (
    answers_table,
    comparison_table,
    misses_table,
    retrieval_table,
    speed_table,
)
from ingest.errors import IngestError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when done, 1 when refused with one line on standard error."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING)
    try:
        scores = options.run(options)
    except (AppError, EvalError, IngestError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(json.dumps(scores, ensure_ascii=False))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="Measure the product.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    answers = commands.add_parser("answers", help="answer cases and score the answers")
    answers.add_argument(
        "--cases", type=Path, nargs="+", required=True, metavar="PATH", help="files and folders"
    )
    answers.add_argument("--half", choices=HALVES, help="only this half of the cases")
    answers.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    answers.add_argument(
        "--llm", metavar="PROVIDER:MODEL", help="answer by quotes and by this model, side by side"
    )
    _add_common(answers)
    answers.set_defaults(run=_answers)

    rescore = commands.add_parser("rescore", help="score a run again, without a model")
    rescore.add_argument("folder", type=Path, metavar="RUN")
    rescore.set_defaults(run=_rescore)

    compare = commands.add_parser("compare", help="compare two runs, case by case")
    compare.add_argument("before", type=Path, metavar="RUN")
    compare.add_argument("after", type=Path, metavar="RUN")
    compare.set_defaults(run=_compare)

    retrieval = commands.add_parser("retrieval", help="measure retrieval on a BEIR folder")
    retrieval.add_argument("--beir", type=Path, required=True, metavar="DIR")
    retrieval.add_argument(
        "--fold-questions", action="store_true", help="type the questions without marks"
    )
    retrieval.add_argument("--leg", choices=("dense", "lexical", "fused"), default="fused")
    _add_common(retrieval)
    retrieval.set_defaults(run=_retrieval)

    speed = commands.add_parser("speed", help="time embedding, questions and changes")
    speed.add_argument(
        "--texts", type=Path, required=True, metavar="FILE", help='JSONL of {"title", "text"}'
    )
    speed.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="PASSAGES"
    )
    speed.add_argument("--embedded", type=int, default=2_000, metavar="PASSAGES")
    _add_common(speed)
    speed.set_defaults(run=_speed)

    gate = commands.add_parser(
        "gate-check", help="put right and corrupted answers to the figure gate"
    )
    gate.add_argument("--corpus", type=Path, required=True, nargs="+", metavar="DIR")
    gate.add_argument("--cases", type=Path, metavar="FILE", help="cases whose evidence is quoted")
    gate.set_defaults(run=_gate_check)

    documents = commands.add_parser(
        "documents", help="compare descriptions and cleaning with a gold file"
    )
    documents.add_argument("--gold", type=Path, required=True, metavar="FILE")
    documents.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    documents.set_defaults(run=_documents)

    targets = commands.add_parser("targets", help="compare extracted targets with a gold file")
    targets.add_argument("--gold", type=Path, required=True, metavar="FILE")
    targets.add_argument("--corpus", type=Path, required=True, metavar="DIR")
    targets.set_defaults(run=_targets)
    return parser


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--report", type=Path, metavar="DIR", help="the run folder to write")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings (TOML)")


# The imports inside the commands bring chromadb and torch: only who needs them pays for them.


def _answers(options: argparse.Namespace) -> dict[str, Any]:
    from eval.answers import run_answers

    cases = load_cases(*options.cases)
    if options.half:
        cases = in_half(cases, options.half)
    settings = load_settings(options.config)
    folder = run_folder("answers", options.report)
    if options.llm:
        return _composers(options, cases, settings, folder)
    return _shown(run_answers(cases, options.corpus, settings, folder), folder)


def _composers(
    options: argparse.Namespace, cases: list[Case], settings: Settings, folder: Path
) -> dict[str, Any]:
    from eval.composers import run_composers

    runs = run_composers(cases, options.corpus, settings, options.llm, folder)
    shown = {}
    for name, scores in runs.items():
        print(f"\n{name}\n")
        shown[name] = _shown(scores, folder / name)
    compared = compare(runs["quotes"], runs["llm"])
    print(f"\nquotes -> llm\n\n{comparison_table(compared)}")
    return {**shown, "compared": compared.to_json()}


def _rescore(options: argparse.Namespace) -> dict[str, Any]:
    return _shown(rescore(options.folder), options.folder)


def _compare(options: argparse.Namespace) -> dict[str, Any]:
    before, after = (
        score_cases(run.cases, run.answers, run.documents)
        for run in (read_run(options.before), read_run(options.after))
    )
    comparison = compare(before, after)
    print(comparison_table(comparison))
    return comparison.to_json()


def _retrieval(options: argparse.Namespace) -> dict[str, Any]:
    from eval.retrieval import mean_scores, one_leg, run_retrieval, write_report

    settings = one_leg(load_settings(options.config), options.leg)
    benchmark = load_benchmark(options.beir)
    scores, passages = run_retrieval(benchmark, settings, folded=options.fold_questions)
    means = mean_scores(scores, passages)
    print(retrieval_table(means))
    if options.report:
        asked = {"leg": options.leg, "fold_questions": options.fold_questions}
        record = {"settings": settings.model_dump(mode="json"), **asked, **provenance()}
        write_report(options.report, scores, means, record)
    return means


def _gate_check(options: argparse.Namespace) -> dict[str, Any]:
    from eval.gate_check import gate_report, gate_scores, run_gate_check

    trials = run_gate_check(options.corpus, cases=options.cases)
    print(gate_report(trials))
    return gate_scores(trials)


def _documents(options: argparse.Namespace) -> dict[str, Any]:
    from eval.documents import documents_report, documents_summary, read_gold, score_documents

    scores = score_documents(read_gold(options.gold), options.corpus)
    print(documents_report(scores))
    return documents_summary(scores)


def _targets(options: argparse.Namespace) -> dict[str, Any]:
    from eval.targets import read_gold, score_targets, targets_report, targets_summary

    scores = score_targets(read_gold(options.gold), options.corpus)
    print(targets_report(scores))
    return targets_summary(scores)


def _speed(options: argparse.Namespace) -> dict[str, Any]:
    from eval.runs import make_folder, write_json
    from eval.speed import measure_speed, read_articles

    articles = read_articles(options.texts)
    settings = load_settings(options.config)
    measured = measure_speed(articles, settings, options.sizes, options.embedded)
    print(speed_table(measured))
    if options.report:
        make_folder(options.report)
        write_json(options.report / "speed.json", {**measured, **provenance()})
    return measured


def _shown(scores: list[CaseScore], folder: Path) -> dict[str, Any]:
    print(misses_table(scores), end="\n\n")
    print(answers_table(by_category(scores), aggregate(scores)))
    print(f"\nrun: {folder}")
    return summary(scores)


if __name__ == "__main__":
    sys.exit(main())
