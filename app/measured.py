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
    """When and on which documents accuracy was measured, of how many cases, and the shares."""

    shares: Mapping[str, Share]
    cases: int | None = None
    date: str | None = None
    documents: tuple[str, ...] = ()


def read_measured(path: Path = BASELINE) -> Measured | None:
    """Return what was measured; None where nothing was, or the file is not readable."""
    try:
        data = json.loads(path.read_text("utf-8"))
        overall = data["scores"]["overall"]
        shares = {name: _share(name, overall) for name in overall}
        cases = data.get("cases", overall.get("cases"))
        return Measured(
            {name: share for name, share in shares.items() if share},
            cases if isinstance(cases, int) else None,
            data.get("date"),
            tuple(map(str, data.get("measured_on") or ())),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        _log.warning("%s is no measurement (%s): run 'python -m eval gate --update'.", path, error)
        return None


def _share(name: str, overall: Mapping[str, Any]) -> Share | None:
    """Return a rate with its counts; None where the value is none."""
    value = overall[name]
    counts = (overall.get("counts") or {}).get(name)
    pair = (counts[0], counts[1]) if isinstance(counts, list) and len(counts) == 2 else None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        return None
    return Share(float(value), pair)
