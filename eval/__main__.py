"""python -m eval: parse, run, print a table, end with one line of JSON."""

import json
import logging
import sys
from collections.abc import Sequence

from app.errors import AppError
from eval.errors import EvalError
from eval.options import parser
from ingest.errors import IngestError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0 when done, 1 when refused or when the gate holds a run back.

    A refusal is one line on standard error; the gate prints one for each score that fell.
    """
    options = parser().parse_args(arguments)
    logging.basicConfig(level=logging.WARNING)
    try:
        scores = options.run(options)
    except (AppError, EvalError, IngestError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print(json.dumps(scores, ensure_ascii=False))
    return 0 if scores.get("passed", True) else 1


if __name__ == "__main__":
    sys.exit(main())
