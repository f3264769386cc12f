"""The accuracy that was last measured, as `python -m eval gate --update` writes it."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Beside the package `app`, in a checkout and once installed alike.
BASELINE = Path(__file__).resolve().parents[1] / "eval" / "baseline.json"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of cases from 0 to 1, with its counts where they were written."""

    rate: float
    counts: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """When and on what accuracy was measured, of how many cases, and the shares.

    `documents` names them, or the folder that holds `document_count` of them.
    """

    shares: Mapping[str, Share]
    cases: int | None = None
    date: str | None = None
    documents: tuple[str, ...] = ()
    document_count: int | None = None


def read_measured(path: Path = BASELINE) -> Measured | None:
    """Return what was measured; None where nothing was, or the file is not readable."""
    try:
        return _read(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        _log.warning("%s is no measurement (%s): run 'python -m eval gate --update'.", path, error)
        return None


def _read(data: Any) -> Measured:
    """Read either form: scores as numbers with counts beside them, or as records of their own."""
    overall, on = data.get("scores", data)["overall"], data.get("measured_on") or ()
    counts = overall.get("counts") or {}
    shares = {name: _share(value, counts.get(name)) for name, value in overall.items()}
    told = on if isinstance(on, dict) else {}
    names = [told["corpus"]] if "corpus" in told else [] if told else on
    return Measured(
        {name: share for name, share in shares.items() if share},
        data.get("cases", told.get("cases", overall.get("cases"))),
        data.get("date"),
        tuple(map(str, names)),
        told.get("documents"),
    )


def _share(value: Any, counts: Any) -> Share | None:
    """Return a rate with its counts; None where the value is none."""
    if isinstance(value, dict) and "share" in value:
        return Share(float(value["share"]), (value["right"], value["total"]))
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        return None
    return Share(float(value), (counts[0], counts[1]) if counts else None)
