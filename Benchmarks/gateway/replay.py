"""What answering costs once PostgreSQL has said everything: no network, and nobody else's time."""

import statistics
import subprocess

import load

NAME = "Marquee, replayed"
MILLISECONDS = 500
binary = None  # set by `run` once it has been built


def measure(query, cluster, expected, rounds):
    done = subprocess.run(
        [binary, cluster.url(), str(MILLISECONDS), str(rounds)], input=query.asks[0].body + "\n",
        capture_output=True, text=True)
    if done.returncode != 0:
        raise load.Failed(f"{NAME}: {done.stderr.strip()}")
    body, figures = done.stdout.splitlines()
    if body.encode() != expected:
        raise load.Failed(f"{NAME} answers otherwise: {body[:300]}")
    nanoseconds = statistics.median(int(figure) for figure in figures.split())
    return load.Measured(server_seconds=nanoseconds / 1e9)
