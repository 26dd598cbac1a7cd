"""Rounds of load, by wrk or pgbench, and what they took."""

import os
import re
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
CONNECTIONS = 32
UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


class Failed(Exception):
    """A round whose figures mean nothing."""


@dataclass
class Measured:
    """One round, or the medians of several. None: there is no such figure."""

    requests_per_second: float | None = None
    p50_seconds: float | None = None
    p99_seconds: float | None = None
    tail: float | None = None  # p99 relative to p50
    server_seconds: float | None = None  # CPU for each request, like the next two
    postgres_seconds: float | None = None
    load_seconds: float | None = None
    resident_bytes: int | None = None


def medians(rounds):
    figures = []
    for name in Measured.__dataclass_fields__:
        values = [getattr(one, name) for one in rounds]
        figures.append(None if None in values else statistics.median(values))
    return Measured(*figures)


class WrkLoad:
    """Loads a side with a query's requests."""

    def __init__(self, side, cluster, query):
        self.name = side.name
        self.side = side
        self.cluster = cluster
        self.requests = side.folder / f"{query.name}.requests"
        self.url = f"http://127.0.0.1:{side.port}"
        if side.has_database:
            self.url += "/graphql"
            lines = [f"{': '.join(ask.field or ())}\t{ask.body}\n" for ask in query.asks]
        else:
            self.url += f"/{query.name}"
            lines = ["\t\n"]
        self.requests.write_text("".join(lines))

    def measure(self, seconds):
        servers, databases = self.side.cpu_seconds(), self.cluster.cpu_seconds()
        output, load = run(
            ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency",
             "-s", HERE / "requests.lua", self.url, "--", self.requests], seconds)
        servers = self.side.cpu_seconds() - servers
        databases = self.cluster.cpu_seconds() - databases
        for trouble in ("Non-2xx", "Socket errors"):
            if trouble in output:
                raise Failed(re.search(f".*{trouble}.*", output).group(0).strip())
        count = int(re.search(r"(\d+) requests in", output).group(1))
        if count == 0:
            raise Failed("no request was answered")
        middle, late = latency(output, 50), latency(output, 99)
        return Measured(
            float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1)), middle, late,
            late / middle, servers / count,
            databases / count if self.side.has_database else None, load / count,
            self.side.resident_bytes())


class PgbenchLoad:
    """Repeats the statements of a query, without any server but PostgreSQL."""

    # The fastest, measured: more readers only take each other's time, but those who write wait for
    # the disk together.
    READERS, WRITERS = 8, CONNECTIONS

    def __init__(self, cluster, query, script, values, folder):
        self.name = "pgbench"
        self.cluster = cluster
        self.clients = self.WRITERS if query.writes else self.READERS
        self.values = values
        self.script = folder / "pgbench.sql"
        self.script.write_text(script)

    def measure(self, seconds):
        command = [
            self.cluster.binaries / "pgbench", "-n", "-M", "prepared", "-c", str(self.clients),
            "-j", "1", "-T", str(seconds), "-f", self.script]
        for name, value in self.values.items():
            command += ["-D", f"{name}={value}"]
        databases = self.cluster.cpu_seconds()
        output, load = run(command, seconds, self.cluster.environment)
        databases = self.cluster.cpu_seconds() - databases
        count = int(re.search(r"actually processed: (\d+)", output).group(1))
        rate = float(re.search(r"tps = ([\d.]+)", output).group(1))
        return Measured(
            requests_per_second=rate, postgres_seconds=databases / count,
            load_seconds=load / count)


def run(command, seconds, environment=None):
    """What a program writes, and its CPU time."""
    process = subprocess.Popen(
        [str(word) for word in command], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, **(environment or {})})
    before = children_seconds()
    try:
        output, complaint = process.communicate(timeout=seconds + 60)
    except BaseException:
        process.kill()
        process.wait()
        raise
    if process.returncode != 0:
        raise Failed(f"{command[0]} ended with {process.returncode}: {complaint.strip()[-500:]}")
    return output, children_seconds() - before


def children_seconds():
    """CPU time of children that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def latency(output, percentile):
    number, unit = re.search(rf"^\s+{percentile}%\s+([\d.]+)(\w+)", output, re.M).groups()
    return float(number) * UNITS[unit]


def side_by_side(loads, cluster, options, query):
    """Rounds on all in turn, every second one backwards; their medians by name."""
    for load in loads:
        load.measure(1)  # warms up what compiles as it goes
    rounds = {load.name: [] for load in loads}
    for index in range(options.rounds):
        for load in loads if index % 2 == 0 else reversed(loads):
            progress(f"{query.name}, round {index + 1} of {options.rounds}: {load.name}")
            if query.writes:
                cluster.settle()
            try:
                rounds[load.name].append(load.measure(options.seconds))
            except (Failed, OSError) as error:
                raise Failed(f"{load.name}: {error}") from error
    progress("")
    return {name: medians(several) for name, several in rounds.items()}


def progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
