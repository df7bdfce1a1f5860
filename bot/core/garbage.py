"""When not to look for garbage."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def nothing_to_throw_away() -> Iterator[None]:
    """Python looks for no garbage meanwhile, in any thread.

    For making very many objects that all stay: looking them through, again and again, takes about
    a third of the time in which 20,000 records are read into an index.
    """
    looking = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looking:
            gc.enable()
