"""The commands of `python -m eval` and their options."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from eval import commands
from eval.cases import HALVES

Command = Callable[[argparse.Namespace], dict[str, Any]]


class _Commands:
    """Adds commands to a parser."""

    def __init__(self, parser: argparse.ArgumentParser) -> None:
        self._commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(self, name: str, run: Command, text: str) -> argparse.ArgumentParser:
        """Return the parser of a new command."""
        added = self._commands.add_parser(name, help=text, description=text)
        added.set_defaults(run=run)
        return added


def parser() -> argparse.ArgumentParser:
    """Return the parser of all commands."""
    whole = argparse.ArgumentParser(prog="python -m eval", description="Measure the product.")
    add = _Commands(whole).add
    _gate(add("gate", commands.gate, "hold a run against the baseline"))
    _answers(add("answers", commands.answers, "answer cases and score the answers"))
    rescore = add("rescore", commands.rescore, "score a run again, without a model")
    rescore.add_argument("folder", type=Path, metavar="RUN")
    compare = add("compare", commands.compare, "compare two runs, case by case")
    compare.add_argument("before", type=Path, metavar="RUN")
    compare.add_argument("after", type=Path, metavar="RUN")
    _retrieval(add("retrieval", commands.retrieval, "measure retrieval on a BEIR folder"))
    _reading(add("reading", commands.reading, "measure short answers on a reading benchmark"))
    _peers(add("peers", commands.peers, "the chains that tutorials build, and ours, in one run"))
    _speed(add("speed", commands.speed, "time embedding, questions and changes"))
    checked = add(
        "gate-check", commands.gate_check, "put right and corrupted answers to the figure gate"
    )
    checked.add_argument("--corpus", type=Path, required=True, nargs="+", metavar="DIR")
    checked.add_argument(
        "--cases", type=Path, metavar="FILE", help="cases whose evidence is quoted"
    )
    _gold(
        add("documents", commands.documents, "compare descriptions and cleaning with a gold file")
    )
    _gold(add("targets", commands.targets, "compare extracted targets with a gold file"))
    return whole


def _gate(gate: argparse.ArgumentParser) -> None:
    only = gate.add_mutually_exclusive_group()
    only.add_argument(
        "--update", action="store_true", help="write the baseline from this run: nothing else does"
    )
    only.add_argument(
        "--check-commit",
        action="store_true",
        help="only refuse a newest commit that moves cases or baseline together with the code",
    )
    gate.add_argument("--baseline", type=Path, metavar="FILE", help="default: eval/baseline.json")
    gate.add_argument("--cases", type=Path, metavar="PATH", help="default: eval/cases")
    gate.add_argument("--corpus", type=Path, metavar="DIR", help="default: corpus")
    _common(gate)


def _answers(answers: argparse.ArgumentParser) -> None:
    _cases(answers)
    answers.add_argument(
        "--robust", action="store_true", help="also ask each question as typed in other ways"
    )
    answers.add_argument(
        "--llm", metavar="PROVIDER:MODEL", help="answer by quotes and by this model, side by side"
    )
    _common(answers)


def _peers(peers: argparse.ArgumentParser) -> None:
    _cases(peers)
    _common(peers)


def _cases(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--cases", type=Path, nargs="+", required=True, metavar="PATH", help="files and folders"
    )
    command.add_argument("--half", choices=HALVES, help="only this half of the cases")
    command.add_argument("--corpus", type=Path, required=True, metavar="DIR")


def _retrieval(retrieval: argparse.ArgumentParser) -> None:
    retrieval.add_argument("--beir", type=Path, required=True, metavar="DIR")
    _fold(retrieval)
    retrieval.add_argument("--leg", choices=("dense", "lexical", "fused"), default="fused")
    _common(retrieval)


def _reading(reading: argparse.ArgumentParser) -> None:
    given = reading.add_mutually_exclusive_group(required=True)
    given.add_argument("--beir", type=Path, metavar="DIR", help="queries have `answers`")
    given.add_argument("--squad", type=Path, metavar="FILE")
    reading.add_argument("--sample", type=_size, metavar="N", help="only N questions, seeded")
    _fold(reading)
    _common(reading)


def _speed(speed: argparse.ArgumentParser) -> None:
    speed.add_argument(
        "--texts", type=Path, required=True, metavar="FILE", help='JSONL of {"title", "text"}'
    )
    speed.add_argument(
        "--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000], metavar="PASSAGES"
    )
    speed.add_argument(
        "--embedded",
        type=int,
        default=2_000,
        metavar="PASSAGES",
        help="that both embeddings read, in turns",
    )
    speed.add_argument(
        "--model-vectors",
        type=int,
        default=10_000,
        metavar="N",
        help="texts of the libraries that the model reads; the others get seeded vectors",
    )
    _common(speed)


def _gold(command: argparse.ArgumentParser) -> None:
    command.add_argument("--gold", type=Path, required=True, metavar="FILE")
    command.add_argument("--corpus", type=Path, required=True, metavar="DIR")


def _fold(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--fold-questions", action="store_true", help="type the questions without marks"
    )


def _common(command: argparse.ArgumentParser) -> None:
    command.add_argument("--report", type=Path, metavar="DIR", help="the run folder to write")
    command.add_argument("--config", type=Path, metavar="FILE", help="settings (TOML)")


def _size(text: str) -> int:
    """Return a sample's size; argparse refuses anything else with its usage."""
    size = int(text)
    if size < 1:
        raise argparse.ArgumentTypeError(f"{size} is no sample: give 1 or more")
    return size
