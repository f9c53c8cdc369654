"""Arithmetic over stretches of one day, in whole seconds since the midnight that the salon's clock shows.

A span is half-open: it holds its beginning and not its end, so an appointment until 11:00 leaves 11:00 free. What is
left of a span is what lies between the merged busy spans; a length fits wherever a gap is at least that long. Every
question about free time is answered from the ends of spans alone, however fine the grid is.
"""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

DAY_S = 86_400


class Span(NamedTuple):
    """From `begin_s` up to, but not including, `end_s`."""

    begin_s: int
    end_s: int


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same time in order, without overlaps; spans that touch become one."""
    result: list[Span] = []
    for span in sorted(spans):
        if result and span.begin_s <= result[-1].end_s:
            result[-1] = Span(result[-1].begin_s, max(result[-1].end_s, span.end_s))
        else:
            result.append(span)
    return result


def gaps(span: Span, busy: Iterable[Span]) -> Iterator[Span]:
    """What the busy spans, which must be merged, leave of a span; an empty gap is none."""
    begin_s = span.begin_s
    for taken in busy:
        if taken.begin_s >= span.end_s:
            break
        if taken.end_s > begin_s:
            if taken.begin_s > begin_s:
                yield Span(begin_s, taken.begin_s)
            begin_s = taken.end_s
    if begin_s < span.end_s:
        yield Span(begin_s, span.end_s)


def starts(gap: Span, length_s: int, step_s: int, origin_s: int) -> range:
    """Where a length may begin inside a gap, on a grid that counts its steps from an origin."""
    first_s = gap.begin_s + (origin_s - gap.begin_s) % step_s
    return range(first_s, gap.end_s - length_s + 1, step_s)
