"""Progress of long work: a bar when a person watches, nothing when piped."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Report = Callable[[int, int, str], None]


@contextmanager
def bar(wanted: bool = True) -> Iterator[Report | None]:
    """Give a ``report(done, total, label)`` that draws a bar on the error stream, or None when nobody watches."""
    if not wanted or not sys.stderr.isatty():
        yield None
        return
    from tqdm import tqdm

    with tqdm(unit="", file=sys.stderr, leave=False, unit_scale=True) as drawn:

        def report(done: int, total: int, label: str) -> None:
            if drawn.desc != label:
                drawn.reset(total or None)
                drawn.set_description_str(label)
            drawn.total = total or None
            drawn.update(done - drawn.n)

        yield report
