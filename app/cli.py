"""The command line: parse, build, call, print. Decides nothing."""

import argparse
import json
import logging
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, get_args

from app.errors import AppError, QuestionError
from ingest.documents import Operator, Pillar, TargetKind
from ingest.errors import IngestError

if TYPE_CHECKING:
    from app.answers import Answer, Turn
    from app.assistant import Assistant
    from app.settings import Settings
    from ingest.documents import Dropped, IngestReport
    from ingest.library import Library

Command = Callable[[argparse.Namespace, "Settings"], int]

# How many documents a message names before it only counts.
_NAMED = 5

logger = logging.getLogger(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 = done, 1 = refused with one line on standard error."""
    options = _parser().parse_args(arguments)
    if options.command is _ask:
        _check_ask(options)
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    from app.settings import load_settings

    try:
        command: Command = options.command
        return command(options, load_settings(options.config))
    except (AppError, IngestError) as error:
        print(f"hoidap: {error}", file=sys.stderr)
        return 1
    except BrokenPipeError:
        return 1
    except KeyboardInterrupt:
        print("hoidap: stopped.", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--library",
        type=Path,
        default=Path("library"),
        metavar="DIR",
        help="the library's folder (default: library)",
    )
    shared.add_argument("--config", type=Path, metavar="FILE", help="settings in TOML")
    parser = argparse.ArgumentParser(
        prog="hoidap", description="Answers questions from documents, with verbatim quotes."
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def add(name: str, command: Command, text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, parents=[shared], help=text, description=text)
        sub.set_defaults(command=command)
        return sub

    ingest = add("ingest", _ingest, "add and update documents")
    ingest.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files and folders")
    ingest.add_argument(
        "--prune",
        action="store_true",
        help="remove documents whose file is gone from a given folder",
    )
    ingest.add_argument("--json", action="store_true", help="print the report as JSON")
    remove = add("remove", _remove, "remove documents")
    remove.add_argument("documents", nargs="+", metavar="DOCUMENT")
    documents = add("documents", _documents, "list the documents")
    documents.add_argument("--json", action="store_true")
    documents.add_argument("--text", metavar="DOCUMENT", help="print a document's stored text")
    versions = add("versions", _versions, "list the library's versions")
    versions.add_argument("--json", action="store_true")
    rollback = add("rollback", _rollback, "make an earlier version current")
    rollback.add_argument("version", nargs="?", metavar="VERSION")
    rollback.add_argument(
        "--yes", action="store_true", help="also where removed documents come back"
    )
    ask = add("ask", _ask, "answer a question")
    ask.add_argument("question", nargs="?", metavar="QUESTION")
    ask.add_argument("--json", action="store_true")
    ask.add_argument(
        "--history",
        type=Path,
        metavar="FILE",
        help='earlier turns: [{"role": "user", "content": "..."}, ...]',
    )
    ask.add_argument("--batch", type=Path, metavar="IN.jsonl")
    ask.add_argument("--output", type=Path, metavar="OUT.jsonl")
    ask.set_defaults(refuse=ask.error)
    _add_targets(add("targets", _targets, "list targets and results"))
    serve = add("serve", _serve, "serve the web page")
    serve.add_argument("--host")
    serve.add_argument("--port", type=_port)
    return parser


def _check_ask(options: argparse.Namespace) -> None:
    """Refuse arguments that do not go together, with the usage."""
    refuse: Callable[[str], NoReturn] = options.refuse
    if options.batch is None and options.output is not None:
        refuse("--output goes with --batch")
    if options.batch is not None and options.output is None:
        refuse("--batch needs --output")
    if options.batch is not None and (options.question is not None or options.history is not None):
        refuse("--batch takes its questions and histories from its file alone")


def _add_targets(targets: argparse.ArgumentParser) -> None:
    targets.add_argument("--query", metavar="TEXT", help="words of the indicator, place and year")
    targets.add_argument("--locality", metavar="L", help="in any known spelling")
    targets.add_argument("--year", type=int, metavar="Y")
    targets.add_argument("--kind", choices=get_args(TargetKind))
    targets.add_argument("--pillar", metavar="P", choices=get_args(Pillar))
    targets.add_argument("--operator", metavar="OP", choices=get_args(Operator))
    targets.add_argument("--unit", metavar="U")
    targets.add_argument("--min", type=float, metavar="N", dest="minimum")
    targets.add_argument("--max", type=float, metavar="N", dest="maximum")
    targets.add_argument("--document", metavar="D")
    targets.add_argument("--format", choices=("table", "json", "csv", "xlsx"), default="table")
    targets.add_argument("--output", type=Path, metavar="FILE", help="needed for xlsx")
    targets.set_defaults(refuse=targets.error)


def _port(text: str) -> int:
    """Return a port number; argparse refuses anything else with its usage."""
    port = int(text)
    if not 1 <= port <= 65535:
        raise argparse.ArgumentTypeError(f"{port} is no port: give 1 to 65535")
    return port


def _ingest(options: argparse.Namespace, settings: "Settings") -> int:
    from ingest.pipeline import ingest_paths

    report = ingest_paths(
        options.library,
        options.paths,
        settings.ingest,
        prune=options.prune,
        progress=sys.stderr.isatty(),
    )
    for failed in report.failed:
        print(f"failed: {failed.file}: {failed.reason}", file=sys.stderr)
    for note in report.notes:
        print(f"note: {note.document}: {note.text}", file=sys.stderr)
    if report.skipped:
        print(f"skipped: {_formats(report.skipped)}: not read.", file=sys.stderr)
    if options.json:
        _print_json(asdict(report))
    else:
        _print_report(report)
    return 1 if report.failed else 0


def _formats(files: Sequence[str]) -> str:
    """Return how many files of each format there are, the commonest first."""
    counts = Counter(Path(file).suffix.casefold() or "without an ending" for file in files)
    return ", ".join(f"{count} {suffix}" for suffix, count in counts.most_common())


def _print_report(report: "IngestReport") -> None:
    for name in ("created", "updated", "unchanged", "removed"):
        ids = getattr(report, name)
        print(f"{name:<10}{len(ids):>7}")
    print(f"{'failed':<10}{len(report.failed):>7}")
    print(f"{'skipped':<10}{len(report.skipped):>7}")
    print(f"{'passages':<10}{report.passages:>7}")
    print(f"{'targets':<10}{report.targets:>7}")
    print(f"{'seconds':<10}{report.seconds:>7.1f}")


def _remove(options: argparse.Namespace, settings: "Settings") -> int:
    from ingest.pipeline import remove_documents

    version = remove_documents(options.library, options.documents, settings.ingest)
    print(f"removed {len(set(options.documents))}; the library is now at {version}")
    return 0


def _documents(options: argparse.Namespace, _: "Settings") -> int:
    from ingest.library import Library

    library = Library.open(options.library)
    if options.text is not None:
        print(library.document_text(options.text))
        return 0
    records = library.manifest.documents
    dropped = library.all_dropped() if options.json else {}
    rows = [
        asdict(item)
        | {
            "passages": records[item.id].passages,
            "notes": library.notes(item.id),
            "dropped": _texts_of(library, item.id, dropped.get(item.id, ())),
        }
        for item in library.documents()
    ]
    if options.json:
        _print_json(rows)
    for row in rows if not options.json else ():
        also_in = f"\talso in {', '.join(row['also_in'])}" if row["also_in"] else ""
        size = f"{row['passages']} passages"
        print(f"{row['id']}\t{row['date'] or '-'}\t{size}\t{row['title']}{also_in}")
    return 0


def _texts_of(
    library: "Library", document_id: str, spans: "Sequence[Dropped]"
) -> list[dict[str, Any]]:
    """Return what of a document's text is not evidence, with its words."""
    text = library.document_text(document_id) if spans else ""
    return [asdict(span) | {"text": text[span.start : span.end]} for span in spans]


def _versions(options: argparse.Namespace, _: "Settings") -> int:
    from ingest.versions import current_version, list_versions

    names = list_versions(options.library)
    if not names:
        raise AppError(f"Library {options.library} holds no version: run 'hoidap ingest PATH'.")
    try:
        current = current_version(options.library)
    except IngestError as error:
        current = None
        print(f"hoidap: {error}", file=sys.stderr)
    rows = [
        {"version": name, "current": name == current, **_version(options.library, name)}
        for name in names
    ]
    if options.json:
        _print_json(rows)
        return 0
    for row in rows:
        mark = "*" if row["current"] else " "
        holds = f"{row['documents']} documents, {row['passages']} passages"
        print(f"{mark} {row['version']}  {row['damage'] or holds}")
    return 0


def _version(library: Path, name: str) -> dict[str, Any]:
    """Return what a version holds, or what is wrong with it."""
    from ingest.versions import read_version

    try:
        manifest = read_version(library, name)
    except IngestError as error:
        return {"documents": None, "passages": None, "damage": f"damaged: {error}"}
    return {"documents": len(manifest.documents), "passages": manifest.passages, "damage": None}


def _rollback(options: argparse.Namespace, _: "Settings") -> int:
    from ingest.versions import previous_version, read_version, roll_back

    target = options.version or previous_version(options.library)
    documents = read_version(options.library, target).documents
    back = sorted(documents.keys() - _present(options.library, set(documents)))
    if back and not options.yes:
        more = f" and {len(back) - _NAMED} more" if len(back) > _NAMED else ""
        raise AppError(
            f"Version {target} would bring back {', '.join(back[:_NAMED])}{more}: "
            "add --yes if you mean it."
        )
    roll_back(options.library, target)
    print(f"the library is now at {target}")
    return 0


def _present(library: Path, otherwise: set[str]) -> set[str]:
    """Return the ids of the current version; it may be the damage that one rolls back from."""
    from ingest.versions import current_manifest

    try:
        manifest = current_manifest(library)
    except IngestError:
        return otherwise
    return set(manifest.documents) if manifest else otherwise


def _ask(options: argparse.Namespace, settings: "Settings") -> int:
    if options.batch:
        return _ask_batch(options, settings)
    if options.question is None:
        raise AppError('There is no question: run hoidap ask "QUESTION".')
    _check_question(options.question, settings)
    history = _read_history(options.history)
    from app.build import build_assistant

    answer = build_assistant(options.library, settings).answer(options.question, history)
    if options.json:
        _print_json({"id": None, **answer.to_json()})
    else:
        _print_answer(answer)
    return 0


def _check_question(question: str, settings: "Settings") -> None:
    if not question.strip():
        raise QuestionError('The question is empty: run hoidap ask "QUESTION".')
    if len(question) > settings.question_limit:
        raise QuestionError(
            f"The question has {len(question)} characters, more than the "
            f"{settings.question_limit} allowed: shorten it."
        )


def _ask_batch(options: argparse.Namespace, settings: "Settings") -> int:
    requests = _read_batch(options.batch)
    from app.build import build_assistant

    assistant = build_assistant(options.library, settings)
    with _open_output(options.output) as output:
        for request in requests:
            answer = _answered(assistant, request)
            line = {"id": request.get("id"), **answer.to_json()}
            output.write(json.dumps(line, ensure_ascii=False) + "\n")
    return 0


def _answered(assistant: "Assistant", request: dict[str, Any]) -> "Answer":
    """Return the answer to one line of a batch; what goes wrong with it ends no other line."""
    from app.answers import Answer, Outcome
    from app.privacy import mask
    from app.replies import reply
    from ingest.text import readable

    question = mask(readable(request["question"]))
    try:
        return assistant.answer(question, _turns(request.get("history") or []))
    except Exception:
        logger.exception("Question %r of the batch has failed.", request.get("id"))
        return Answer(question, question, "vi", Outcome.FAILED, reply("vi", "failed"))


def _open_output(path: Path) -> Any:
    try:
        return path.open("w", encoding="utf-8")
    except OSError as error:
        raise AppError(f"{path} cannot be written ({error.strerror}).") from error


def _read_batch(path: Path) -> list[dict[str, Any]]:
    """Return the requests of a JSONL file; raise AppError with the line that is wrong."""
    requests = []
    # Only \n ends a line: JSON strings may hold other line separators, such as U+2028.
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            request = json.loads(line)
            request["question"] + ""
            _turns(request.get("history") or [])
        except (ValueError, KeyError, TypeError, AppError) as error:
            raise AppError(
                f'{path}, line {number} is not {{"id", "question", "history"}} in JSON: mend it.'
            ) from error
        requests.append(request)
    return requests


def _read_history(path: Path | None) -> "list[Turn]":
    if path is None:
        return []
    try:
        return _turns(json.loads(_read(path)))
    except ValueError as error:
        raise AppError(f"{path} is not valid JSON ({error}): mend it.") from error


def _turns(items: Any) -> "list[Turn]":
    from app.answers import Turn

    fault = 'The history is not a list of {"role": "user"|"assistant", "content"}: mend it.'
    try:
        turns = [Turn(item["role"], item["content"] + "") for item in items]
    except (TypeError, KeyError) as error:
        raise AppError(fault) from error
    if any(turn.role not in ("user", "assistant") for turn in turns):
        raise AppError(fault)
    return turns


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise AppError(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise AppError(f"{path} is not UTF-8 text: save it again as UTF-8.") from error


def _targets(options: argparse.Namespace, settings: "Settings") -> int:
    if options.format == "xlsx" and options.output is None:
        refuse: Callable[[str], NoReturn] = options.refuse
        refuse("--format xlsx needs --output FILE.xlsx")
    from app import exporting
    from app.build import find_rows
    from app.lookup import Filters, locality_named

    locality = locality_named(options.locality) if options.locality else None
    if options.locality and locality is None:
        raise AppError(
            f"The locality {options.locality!r} is not known: give a province, a centrally run "
            "city, or 'cả nước'."
        )
    names = ("year", "kind", "pillar", "operator", "unit", "minimum", "maximum", "document")
    filters = Filters(locality, **{name: getattr(options, name) for name in names})
    rows = find_rows(options.library, settings, filters, options.query)
    if options.format == "xlsx":
        _write(options.output, lambda path: exporting.write_xlsx(rows, path))
        return 0
    shapes = {"table": exporting.as_table, "json": exporting.as_json, "csv": exporting.as_csv}
    text = shapes[options.format](rows)
    if options.output is None:
        print(text.removeprefix("\ufeff").rstrip("\n"))
    else:
        _write(options.output, lambda path: path.write_text(text, encoding="utf-8", newline=""))
    return 0


def _write(path: Path, write: Callable[[Path], object]) -> None:
    try:
        write(path)
    except OSError as error:
        raise AppError(f"{path} cannot be written ({error.strerror}).") from error


def _serve(options: argparse.Namespace, settings: "Settings") -> int:
    from app.build import start_serving

    starting, catalogue = start_serving(options.library, settings)
    from app.web.page import serve

    host, port = options.host or settings.web.host, options.port or settings.web.port
    serve(starting, catalogue, settings, host, port)
    return 0


def _print_answer(answer: "Answer") -> None:
    print(answer.text)
    if answer.notice:
        print(answer.notice)
    for citation in (*answer.citations, *answer.related):
        document = citation.passage.document
        parts = [document.title, document.publisher, document.date]
        source = ", ".join(part for part in parts if part)
        print(f"\n[{citation.number}] {source}\n    {citation.quote}")
        if citation.sentence.context:
            print(f"    ({citation.sentence.context})")


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


if __name__ == "__main__":
    sys.exit(main())
