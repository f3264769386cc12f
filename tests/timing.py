"""Times that a busy machine hardly changes: processor time, the best of a few tries."""

import time
from collections.abc import Callable

_TRIES = 3


def seconds_for(work: Callable[[], object]) -> float:
    """Return the least processor time of a few tries."""
    spent = []
    for _ in range(_TRIES):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)
