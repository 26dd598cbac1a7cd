"""The servers that are compared: how each starts, and that each is stopped."""

import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

import client
import processes
import tokens
from queries import Ask

HERE = Path(__file__).resolve().parent
BUILD = HERE.parents[1] / ".build"
MODULES = [BUILD / folder / "usr" / "share" / "nodejs" for folder in ("node-graphql", "node-pg")]
PYTHON = BUILD / "bench-python" / "bin" / "python"
PROCESSES = 2
STARTUP_SECONDS = 30
TINY = Ask('{"query":"{ categories { id } }"}')


class Side:
    """One running server. Use it in a `with` statement, so that it is stopped."""

    name = ""
    has_database = True

    def __init__(self, cluster, workers=PROCESSES):
        self.cluster = cluster
        self.workers = workers
        self.folder = Path(tempfile.mkdtemp(prefix="marquee-bench-"))
        self.port = free_port()
        self.process = None

    def takes(self, query):
        """Whether the query is asked here."""
        return True

    def command(self):
        raise NotImplementedError

    def environment(self):
        return self.cluster.environment

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self):
        with open(self.folder / "output", "wb") as output:
            self.process = subprocess.Popen(
                self.command(), stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True, cwd=self.folder,
                env={**os.environ, **self.environment()})
        deadline = time.monotonic() + STARTUP_SECONDS
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() > deadline:
                complaint = (self.folder / "output").read_text(errors="replace")[-2000:]
                raise OSError(f"{self.name} does not serve:\n{complaint}")
            time.sleep(0.05)

    def answers(self):
        try:
            return b'"data"' in client.answers(self.port, [TINY])[0]
        except (OSError, http.client.HTTPException):
            return False

    def ask(self, asks):
        """The bodies of the answers."""
        try:
            return client.answers(self.port, asks)
        except OSError as error:
            raise OSError(f"{self.name}: {error}") from error

    def __exit__(self, *_):
        if self.process is not None:
            self.process.terminate()
            try:
                self.process.wait(10)
            except subprocess.TimeoutExpired:
                pass  # ended with the others below
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass  # the usual case: nothing is left
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def cpu_seconds(self):
        return processes.cpu_seconds(self.process.pid)

    def resident_bytes(self):
        """Of the largest process that serves."""
        pids = processes.tree(self.process.pid)
        return max(processes.resident_bytes(pid) for pid in pids)


# Everything is counted, and nobody refused.
LIMITS = {
    "MARQUEE_RATE_LIMITS": "on", "MARQUEE_RATE_PER_ADDRESS": "1000000/1s",
    "MARQUEE_RATE_PER_ACCOUNT": "1000000/1s", "MARQUEE_RATE_COST": "1000000000/1h"}


class Marquee(Side):
    name = "Marquee"
    binary = None  # set by `run` once it has been built

    def command(self):
        return [
            str(self.binary), "serve", "--listen", f"127.0.0.1:{self.port}",
            "--workers", str(self.workers)]

    def environment(self):
        return {
            "MARQUEE_ENV": "development", "DATABASE_URL": self.cluster.url(),
            "MARQUEE_ACCESS_LOG": "off", "MARQUEE_MIGRATE": "off",
            "MARQUEE_SIGNING_KEYS": tokens.SIGNING_KEYS, **LIMITS}

    def round_trips(self):
        text = client.page(self.port, "/metrics")
        return float(re.search(r"^marquee_postgres_round_trips_total (\S+)", text, re.M).group(1))


class MarqueeSnapshot(Marquee):
    """All levels of a query as of one moment."""

    name = "Marquee, one snapshot"

    def takes(self, query):
        # Who asks is looked up beside the snapshot: a round trip that nobody waits for by itself.
        return not query.writes and query.account is None

    def environment(self):
        return {**super().environment(), "MARQUEE_SNAPSHOTS": "always"}


class Node(Side):
    """graphql-js and node-pg in one process."""

    name = "Node"
    connections = 20

    def __init__(self, cluster, workers=1):
        super().__init__(cluster, workers)

    def command(self):
        return [
            "node", str(HERE / "node" / "server.js"), str(HERE / "schema.graphql"),
            str(self.port), str(self.workers), str(self.connections // self.workers)]

    def environment(self):
        path = os.environ.get("NODE_PATH") or os.pathsep.join(map(str, MODULES))
        return {
            **self.cluster.environment, "NODE_PATH": path, "TOKEN_KEY": tokens.KEY.hex()}


class NodeTwice(Node):
    name = "Node, 2 processes"

    def __init__(self, cluster):
        super().__init__(cluster, 2)


class Strawberry(Side):
    name = "Strawberry, 2 processes"

    def takes(self, query):
        return query.account is None

    def command(self):
        return [
            str(PYTHON), "-m", "uvicorn", "--app-dir", str(HERE / "strawberry"),
            "app:application", "--port", str(self.port), "--workers", str(self.workers),
            "--no-access-log", "--log-level", "error"]

    def environment(self):
        return {
            **self.cluster.environment, "CONNECTIONS": "10", "PYTHONDONTWRITEBYTECODE": "1"}


class Nginx(Side):
    """The same bytes from a file."""

    name = "nginx, same bytes"
    has_database = False

    def takes(self, query):
        return not query.writes

    def command(self):
        path = self.folder / "nginx.conf"
        path.write_text(self.configuration())
        binary = shutil.which("nginx") or "/usr/sbin/nginx"
        return [binary, "-p", str(self.folder), "-c", str(path), "-e", "stderr"]

    def answers(self):
        try:
            return client.page(self.port, "/") != ""
        except OSError:
            return False

    def serve(self, name, body):
        (self.folder / name).write_bytes(body)

    def configuration(self):
        folders = "".join(
            f"    {kind}_temp_path {self.folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        return f"""daemon off;
{"user root;" if os.geteuid() == 0 else ""}
worker_processes {self.workers};
pid {self.folder}/nginx.pid;
error_log stderr crit;
events {{ worker_connections 1024; }}
http {{
{folders}    access_log off;
    sendfile on;
    open_file_cache max=100;
    keepalive_requests 1000000000;
    default_type application/json;
    server {{
        listen 127.0.0.1:{self.port};
        root {self.folder};
    }}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
