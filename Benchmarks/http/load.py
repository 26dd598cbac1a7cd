"""Load by wrk, and what it did to a server."""

import re
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import client

HERE = Path(__file__).resolve().parent
CONNECTIONS = 64
UNITS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0}


@dataclass
class Measured:
    """One round, or the medians of several."""

    cpu_seconds: float  # for each request
    requests_per_second: float
    p50_seconds: float
    p99_seconds: float


class Failed(Exception):
    """A round whose figures mean nothing."""


def measure(server, seconds, pipelined=False):
    """One round of load on a server, its answers checked before and after."""
    client.check(server.port)
    before = server.cpu_seconds()
    output = wrk(server.port, seconds, "pipeline.lua" if pipelined else server.load_script)
    used = server.cpu_seconds() - before
    client.check(server.port)
    return parse(output, used)


def wrk(port, seconds, script):
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}s", "--latency"]
    if script:
        command += ["-s", str(HERE / script)]
    command.append(f"http://127.0.0.1:{port}/hello")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            output, _ = process.communicate(timeout=seconds + 30)
        except BaseException:
            process.kill()
            raise
    if process.returncode != 0:
        raise Failed(f"wrk ended with {process.returncode}")
    return output


def parse(output, cpu_seconds):
    for trouble in ("Non-2xx", "Socket errors"):
        if trouble in output:
            raise Failed(re.search(f".*{trouble}.*", output).group(0).strip())
    requests = int(re.search(r"(\d+) requests in", output).group(1))
    if requests == 0:
        raise Failed("no request was answered")
    return Measured(
        cpu_seconds / requests, float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1)),
        latency(output, 50), latency(output, 99))


def latency(output, percentile):
    number, unit = re.search(rf"^\s+{percentile}%\s+([\d.]+)(\w+)", output, re.M).groups()
    return float(number) * UNITS[unit]


def medians(rounds):
    return Measured(*(
        statistics.median(getattr(one, field) for one in rounds)
        for field in Measured.__dataclass_fields__))


def side_by_side(servers, options, pipelined=False):
    """Rounds on all servers in turn, every second one backwards; their medians by server."""
    for server in servers:
        measure(server, 1, pipelined)  # warms up what compiles as it goes
    rounds = {server: [] for server in servers}
    for index in range(options.rounds):
        for server in servers if index % 2 == 0 else reversed(servers):
            progress(f"round {index + 1} of {options.rounds}: {server.name}")
            try:
                rounds[server].append(measure(server, options.seconds, pipelined))
            except (Failed, client.WrongAnswer, OSError) as error:
                raise Failed(f"{server.name}: {error}") from error
    progress("")
    return {server.name: medians(rounds[server]) for server in servers}


def progress(text):
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
