"""What is measured of each query, and what is promised about it."""

import contextlib
import itertools
import statistics
from dataclasses import dataclass, field

import load
import replay
import statements
from sides import Marquee, MarqueeSnapshot, Nginx, Node, NodeTwice, Strawberry

COUNTED = 50
CHECKED = 8
MEBIBYTE = 1 << 20

# Of Node's: how little CPU the server takes, and how many more requests a second it answers.
CPU_PARTS = {
    "list": 1 / 6, "nested": 1 / 12, "signed": 1 / 12, "detail": 1 / 6, "wide": 1 / 12,
    "rate": 1 / 3}
RATES = {"list": 2, "nested": 5, "signed": 5, "detail": 2}
POSTGRES_PARTS = {"nested": 0.4, "signed": 0.4}
PGBENCH_PART = 0.85
SNAPSHOT_PART = 0.8
TAIL = 3
RESIDENT_MEBIBYTES = 40
REPLAY_MICROSECONDS = {"nested": 25}


@dataclass
class Promise:
    """A figure, and the limit that it has to keep to. None: it could not be measured."""

    what: str
    measured: float | None
    limit: float
    is_floor: bool = False

    @property
    def kept(self):
        if self.measured is None:
            return False
        return self.measured >= self.limit if self.is_floor else self.measured <= self.limit


@dataclass
class Counts:
    """For each request."""

    statements: float
    round_trips: float

    def whole(self):
        """Without what a lost connection or a probe adds here and there."""
        return Counts(round(self.statements), round(self.round_trips))


@dataclass
class Result:
    query: object
    body_bytes: int
    measured: dict  # by name of the side
    counts: dict
    promises: list = field(default_factory=list)


@contextlib.contextmanager
def all_sides(cluster, has_strawberry):
    """Starts every server; they run side by side and are loaded in turn."""
    kinds = [
        Marquee, MarqueeSnapshot, Node, NodeTwice, *([Strawberry] if has_strawberry else []), Nginx]
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(kind(cluster)) for kind in kinds]


def measure(query, sides, cluster, options):
    """The answers compared, statements counted, and rounds of load on all."""
    sides = [side for side in sides if side.takes(query)]
    query.sign(cluster)
    body = compare(query, sides)
    counted = [side for side in sides if side.has_database]
    counts = {side.name: count(query, side, cluster) for side in counted}
    marquee = next(side for side in sides if side.name == Marquee.name)
    levels = statements.record(cluster, marquee.port, query)
    counts["pgbench"] = Counts(sum(len(level) for level in levels), len(levels))
    if counts["pgbench"] != counts[Marquee.name].whole():
        raise load.Failed(f"recorded {counts['pgbench']}, counted {counts[Marquee.name]}")
    snapshot = counts.get(MarqueeSnapshot.name)
    if snapshot and snapshot.whole() != counts["pgbench"]:
        raise load.Failed(f"with one snapshot {snapshot}, without {counts[Marquee.name]}")
    loads = []
    for side in sides:
        if isinstance(side, Nginx):
            side.serve(query.name, body)
        loads.append(load.WrkLoad(side, cluster, query))
    script, values = statements.script(levels, query.variables)
    loads.append(load.PgbenchLoad(cluster, query, script, values, marquee.folder))
    measured = load.side_by_side(loads, cluster, options, query)
    compare(query, sides)
    if not query.writes and query.account is None:
        measured[replay.NAME] = replay.measure(query, cluster, body, options.rounds)
    result = Result(query, len(body), measured, counts)
    result.promises = promises(query.name, result.measured)
    return result


def compare(query, sides):
    """All answer the same, byte for byte. Returns the answer to the first request."""
    asks = query.asks[:CHECKED]
    served = [side for side in sides if side.has_database]
    answers = {side.name: side.ask(asks) for side in served}
    expected = answers[Marquee.name]
    if any(b'"errors"' in body for body in expected):
        raise load.Failed(f"an error: {expected[0][:300]!r}")
    for name, bodies in answers.items():
        for body, right in zip(bodies, expected):
            if body != right:
                raise load.Failed(difference(name, body, right))
    return expected[0]


def difference(name, body, right):
    pairs = enumerate(zip(body, right))
    place = next((at for at, (a, b) in pairs if a != b), min(len(body), len(right)))
    part = slice(max(0, place - 40), place + 40)
    return f"{name} answers {body[part]!r}, Marquee {right[part]!r} (byte {place})"


def count(query, side, cluster):
    """The median of several counts: idle connections are asked for signs of life between two."""
    counts = [count_once(query, side, cluster) for _ in range(3)]
    return Counts(
        statistics.median(one.statements for one in counts),
        statistics.median(one.round_trips for one in counts))


def count_once(query, side, cluster):
    """Statements as PostgreSQL counts them. The peers' drivers wait for each before they send
    another on a connection, so that each is a round trip; Marquee counts its own."""
    # By as many accounts as there are: each may do so much in a minute.
    asks = list(itertools.islice(itertools.cycle(query.asks), COUNTED))
    side.ask(asks)
    with cluster.setting("pg_stat_statements.track", "top"):
        cluster.sql("SELECT pg_stat_statements_reset()")
        trips = side.round_trips() if isinstance(side, Marquee) else None
        side.ask(asks)
        calls = {
            text: int(calls) for text, calls in cluster.sql(
                "SELECT regexp_replace(query, '\\s+', ' ', 'g'), calls FROM pg_stat_statements"
                " WHERE query NOT LIKE '%pg_stat_statements%'")}
    # How Marquee asks idle connections whether they still live; prepared before, it is not
    # normalised.
    probes = calls.pop("SELECT 1", 0) + calls.pop("SELECT $1", 0)
    sent = sum(calls.values()) / COUNTED
    if trips is None:
        return Counts(sent, sent)
    return Counts(sent, (side.round_trips() - trips - probes) / COUNTED)


def promises(name, measured):
    marquee, pgbench = measured[Marquee.name], measured["pgbench"]
    nodes = [measured[Node.name], measured[NodeTwice.name]]
    cpu = min(node.server_seconds for node in nodes)
    rate = max(node.requests_per_second for node in nodes)
    found = []
    if name in POSTGRES_PARTS:
        found.append(Promise(
            "server CPU relative to PostgreSQL's",
            marquee.server_seconds / marquee.postgres_seconds, POSTGRES_PARTS[name]))
    found.append(Promise(
        "server CPU relative to Node's", marquee.server_seconds / cpu, CPU_PARTS[name]))
    if name in RATES:
        found.append(Promise(
            "requests/s relative to Node", marquee.requests_per_second / rate, RATES[name], True))
    found.append(Promise(
        "requests/s relative to pgbench",
        marquee.requests_per_second / pgbench.requests_per_second, PGBENCH_PART, True))
    if snapshot := measured.get(MarqueeSnapshot.name):
        found.append(Promise(
            "requests/s with one snapshot relative to pgbench",
            snapshot.requests_per_second / pgbench.requests_per_second, SNAPSHOT_PART, True))
    found.append(Promise("p99 relative to p50", marquee.tail, TAIL))
    found.append(Promise(
        "resident MiB a worker", marquee.resident_bytes / MEBIBYTE, RESIDENT_MEBIBYTES))
    if name in REPLAY_MICROSECONDS:
        found.append(Promise(
            "replayed, µs", measured[replay.NAME].server_seconds * 1e6,
            REPLAY_MICROSECONDS[name]))
    return found
