"""What is measured: each row starts its servers, measures them, and says what was promised."""

import contextlib
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field

import client
import load
from servers import FullMarquee, GraphQLMarquee, LoggingNginx, Marquee, Nginx, Node

IDLE_CONNECTIONS = 10_000
IDLE_GROUND = 100
STARTS = 10
AT_ONCE_SECONDS = 0.05


@dataclass
class Promise:
    """A figure that must not pass its limit. None: it could not be measured."""

    what: str
    measured: float | None
    limit: float
    unit: str = ""

    @property
    def kept(self):
        return self.measured is not None and self.measured <= self.limit


@dataclass
class Result:
    title: str
    columns: list
    lines: list = field(default_factory=list)
    promises: list = field(default_factory=list)


def load_row(title, kinds, limits, workers=1, pipelined=False):
    """A row under load. `limits`: how much CPU Marquee may take, relative to the server named."""

    def run(options):
        with contextlib.ExitStack() as stack:
            servers = [stack.enter_context(kind(workers)) for kind in runnable(kinds)]
            measured = load.side_by_side(servers, options, pipelined)
        return load_result(title, kinds[0].name, measured, limits)

    return run


def load_result(title, marquee, measured, limits):
    result = Result(title, ["CPU µs/request", "requests/s", "p50 ms", "p99 ms"])
    for name, one in measured.items():
        result.lines.append((name, [
            f"{one.cpu_seconds * 1e6:.2f}", f"{one.requests_per_second:,.0f}",
            f"{one.p50_seconds * 1e3:.2f}", f"{one.p99_seconds * 1e3:.2f}"]))
    for other, limit in limits.items():
        ratio = None
        if marquee in measured and other in measured:
            ratio = measured[marquee].cpu_seconds / measured[other].cpu_seconds
        result.promises.append(Promise(f"CPU relative to {other}", ratio, limit))
    return result


def idle_row(options):
    title = f"{IDLE_CONNECTIONS:,} idle connections"
    result = Result(title, ["KiB/connection", "new request ms"])
    for kind in runnable([Marquee, Nginx, Node]):
        with kind(1) as server:
            load.progress(f"{title}: {server.name}")
            kibibytes, seconds = hold_idle(server)
        result.lines.append((server.name, [f"{kibibytes:.2f}", f"{seconds * 1e3:.2f}"]))
        if kind is Marquee:
            result.promises = idle_promises(kibibytes, seconds)
    load.progress("")
    result.promises = result.promises or idle_promises(None, None)
    return result


def idle_promises(kibibytes, seconds):
    milliseconds = None if seconds is None else seconds * 1e3
    return [
        Promise("own memory of an idle connection", kibibytes, 4, "KiB"),
        Promise("a new request beside them", milliseconds, AT_ONCE_SECONDS * 1e3, "ms")]


def hold_idle(server):
    """Memory of each idle connection beyond the first hundred, and the slowest new request."""
    each = min(IDLE_CONNECTIONS, client.raise_file_limit() - 100)
    with contextlib.ExitStack() as stack:
        holders = [stack.enter_context(Holder(server.port, IDLE_GROUND))]
        time.sleep(0.5)
        ground = server.own_bytes()
        left = IDLE_CONNECTIONS - IDLE_GROUND
        while left > 0:
            holders.append(stack.enter_context(Holder(server.port, min(each, left))))
            left -= each
        time.sleep(0.5)
        grown = server.own_bytes() - ground
        slowest = max(timed(lambda: client.check(server.port)) for _ in range(20))
        for holder in holders:
            holder.ask_again()
    return grown / (IDLE_CONNECTIONS - IDLE_GROUND) / 1024, slowest


class Holder:
    """A process that holds idle connections."""

    def __init__(self, port, count):
        self.process = subprocess.Popen(
            [sys.executable, client.__file__, str(port), str(count)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self):
        try:
            self.wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def ask_again(self):
        """Makes another request on every connection: all of them must still be open."""
        self.process.stdin.write("again\n")
        self.process.stdin.flush()
        self.wait()

    def wait(self):
        if self.process.stdout.readline() != "ready\n":
            raise load.Failed("the idle connections did not last")

    def __exit__(self, *_):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()


def start_row(options):
    result = Result("start", ["exec to first answer, ms"])
    milliseconds = None
    for kind in runnable([Marquee, Nginx, Node]):
        load.progress(f"start: {kind.name}")
        median = statistics.median(start_once(kind) for _ in range(STARTS)) * 1e3
        result.lines.append((kind.name, [f"{median:.1f}"]))
        if kind is Marquee:
            milliseconds = median
    load.progress("")
    result.promises.append(Promise("exec to first answer", milliseconds, 50, "ms"))
    return result


def start_once(kind):
    server = kind(1)
    try:
        return server.start()
    finally:
        server.__exit__()


def timed(action):
    began = time.monotonic()
    action()
    return time.monotonic() - began


def runnable(kinds):
    return [kind for kind in kinds if not issubclass(kind, Marquee) or Marquee.binary]


ROWS = {
    "bare": load_row(
        "bare handler", [Marquee, Nginx, Node], {"nginx": 1.1, "Node": 0.55}),
    "full": load_row(
        "all middleware", [FullMarquee, LoggingNginx], {"nginx, access log": 1.5}),
    "graphql": load_row(
        "a small operation", [GraphQLMarquee, FullMarquee], {"Marquee, all middleware": 2}),
    "pipelined": load_row(
        "16 requests pipelined", [Marquee, Nginx, Node], {"nginx": 0.25}, pipelined=True),
    "workers": load_row(
        "two workers", [Marquee, Nginx, Node], {"nginx": 1.1, "Node": 0.55}, workers=2),
    "idle": idle_row,
    "start": start_row,
}
