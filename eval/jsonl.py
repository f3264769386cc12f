"""The file border of eval: text, lines, JSON lines -> typed records."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from eval.errors import EvalError

Record = TypeVar("Record", bound=BaseModel)


def read_text(path: Path) -> str:
    """Return a file's text; raise EvalError where there is none to read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise EvalError(f"{path} cannot be read ({error.strerror}).") from error
    except UnicodeDecodeError as error:
        raise EvalError(f"{path} is not UTF-8 text (byte {error.start}).") from error


def read_lines(path: Path) -> list[str]:
    """Return a file's lines; raise EvalError where there is none to read."""
    # Not splitlines(): U+2028 and its like may stand inside a line.
    return read_text(path).split("\n")


def refuse_no_folder(path: Path) -> None:
    """Raise EvalError where a folder of documents is not there."""
    if not path.is_dir():
        raise EvalError(f"There is no folder {path}: give one that holds the documents.")


def read_jsonl(path: Path, model: type[Record]) -> list[Record]:
    """Return the file's lines as records; raise EvalError that names the first bad line."""
    lines = enumerate(read_lines(path), start=1)
    return [_record(path, number, line, model) for number, line in lines if line.strip()]


def read_json(path: Path) -> Any:
    """Return the value of a JSON file; raise EvalError where it holds none."""
    try:
        return json.loads(read_text(path))
    except json.JSONDecodeError as error:
        raise EvalError(f"{path}, line {error.lineno}: not valid JSON ({error.msg}).") from error


def write_jsonl(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    """Write one JSON object a line."""
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text(text, encoding="utf-8")


def _record(path: Path, number: int, line: str, model: type[Record]) -> Record:
    try:
        return model.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        where = f"{path}, line {number}: {field}: " if field else f"{path}, line {number}: "
        raise EvalError(f"{where}{first['msg']}.") from error
