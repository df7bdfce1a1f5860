"""How work grows with its input: a ratio within one run, since seconds differ by machine."""

import time
from collections.abc import Callable

MORE_THAN_IN_STEP = 10
"""For four times the input: work in step with it takes 4 times as long, quadratic work 16 times."""


def growth(small: Callable[[], object], large: Callable[[], object], rounds: int = 3) -> float:
    """How many times as long `large` takes as `small`, each at its best of some rounds."""
    return min(_seconds(large) for _ in range(rounds)) / min(_seconds(small) for _ in range(rounds))


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
