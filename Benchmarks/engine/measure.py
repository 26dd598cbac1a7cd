"""Measures rows on the sides, in turn, and makes tables of the medians."""

import statistics
import sys

import rows
from report import Table
from sides import Failed


def compared(marquee, other, options, names):
    """Both sides do the same; each row's ratio is other's CPU time over Marquee's."""
    table = Table(
        "both sides", ["Marquee µs", f"{other.name} µs", "ratio", "20 times", "allocations"])
    for row in rows.COMPARED:
        if names and row.name not in names:
            continue
        if difference := difference_in(row, marquee, other):
            progress("")
            print(difference, file=sys.stderr)
            table.add(row.title, *["-"] * 4, "the answers differ", kept=False)
            continue
        ours, theirs = in_turn(row, marquee, other, options)
        allocations = marquee.count(row.name)["allocations"]
        ratio = theirs / ours
        table.add(
            row.title, f"{ours * 1e6:,.2f}", f"{theirs * 1e6:,.2f}", f"{ratio:.1f}",
            "reached" if ratio >= rows.STRETCH_RATIO else "-", f"{allocations:,}",
            kept=ratio >= rows.PROMISED_RATIO)
    progress("")
    return table


def difference_in(row, marquee, other):
    ours, theirs = (row.same(side.answer(row.name)) for side in (marquee, other))
    if ours == theirs:
        return None
    place = next(
        (n for n, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs)))
    window = slice(max(0, place - 80), place + 80)
    return (
        f"{row.title}: the answers differ:\n"
        f"  {marquee.name}: {ours[window]}\n  {other.name}: {theirs[window]}")


def in_turn(row, marquee, other, options):
    """Medians of rounds on both sides, every second one backwards."""
    sides = [marquee, other]
    for side in sides:
        side.seconds(row.name, options.warm_up)
    rounds = {side: [] for side in sides}
    for index in range(options.rounds):
        for side in sides if index % 2 == 0 else sides[::-1]:
            progress(f"{row.title}: round {index + 1} of {options.rounds}: {side.name}")
            rounds[side].append(side.seconds(row.name, options.milliseconds))
    return (statistics.median(rounds[side]) for side in sides)


def median(side, row, options):
    progress(f"{row.name}")
    side.seconds(row.name, options.milliseconds)
    return statistics.median(
        side.seconds(row.name, options.milliseconds) for _ in range(options.rounds))


def allocations(marquee):
    limit = rows.PROMISED_ALLOCATIONS
    table = Table(f"allocations, fewer than {limit}", ["allocations"])
    for row in rows.COMPARED:
        if row.name in rows.TINY_ROWS:
            count = marquee.count(row.name)["allocations"]
            table.add(row.title, str(count), kept=count < limit)
    return table


def growth(marquee, options):
    """Ten times the size may cost ten times as much, and little more."""
    table = Table(
        f"growth, at most {rows.PROMISED_GROWTH} of linear",
        ["1x µs", "10x µs", "100x µs", "to 10x", "to 100x"])
    for name, sizes in rows.GROWING.items():
        times = [median(marquee, row, options) for row in sizes]
        steps = [
            times[place + 1] / times[place] / (rows.SIZES[place + 1] / rows.SIZES[place])
            for place in range(len(times) - 1)]
        table.add(
            name, *(f"{time * 1e6:,.1f}" for time in times), *(f"{step:.2f}" for step in steps),
            kept=max(steps) <= rows.PROMISED_GROWTH)
    progress("")
    return table


def refused(marquee, options):
    """What is refused, beside a legal document of a quarter of its size that is answered."""
    table = Table(
        "refused, faster than a quarter is answered",
        ["bytes", "refused µs", "quarter µs", "of it", "peak KiB", "quarter KiB"])
    for name, (attack, quarter) in rows.REFUSED.items():
        if '"errors"' not in marquee.answer(attack.name):
            raise Failed(f"{name} is answered")
        if '"errors"' in (answer := marquee.answer(quarter.name)):
            raise Failed(f"{name}: a quarter of its size is refused: {answer}")
        ours, legal = (median(marquee, row, options) for row in (attack, quarter))
        peaks = [marquee.count(row.name)["peakBytes"] for row in (attack, quarter)]
        table.add(
            name, f"{len(rows.ATTACKS[name]):,}", f"{ours * 1e6:,.1f}", f"{legal * 1e6:,.1f}",
            f"{ours / legal:.2f}", *(f"{peak / 1024:,.0f}" for peak in peaks),
            kept=ours < legal and peaks[0] < rows.PEAK_LIMIT)
    progress("")
    return table


def progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
