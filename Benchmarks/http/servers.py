"""The servers that are compared: how each starts, and that each is stopped."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import client
import processes

HERE = Path(__file__).resolve().parent
BODY = (HERE / "body.json").read_bytes()
STARTUP_SECONDS = 20
SHUTDOWN_SECONDS = 5


class NotAnswering(OSError):
    """A server that was started but does not serve."""


class Server:
    """One running server. Use it in a `with` statement, so that it is stopped."""

    name = ""
    load_script = None  # what wrk sends; without one GET /hello

    def __init__(self, workers=1):
        self.workers = workers
        self.folder = Path(tempfile.mkdtemp(prefix="marquee-bench-"))
        self.port = free_port()
        self.process = None

    def command(self):
        raise NotImplementedError

    def start(self):
        """Starts the server, waits for the first right answer, and returns how long it took."""
        command = self.command()
        with open(self.folder / "stdout", "ab") as out, open(self.folder / "stderr", "ab") as err:
            began = time.monotonic()
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True)
        self.wait_for_answer(began + STARTUP_SECONDS)
        return time.monotonic() - began

    def wait_for_answer(self, deadline):
        while True:
            try:
                client.check(self.port)
                return
            except ConnectionError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise NotAnswering(f"{self.name} does not answer:\n{self.complaint()}")
                time.sleep(0.0002)

    def complaint(self):
        return (self.folder / "stderr").read_text(errors="replace")[-2000:]

    def stop(self):
        """Asks the server to end, then ends whatever is left of its process group."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(SHUTDOWN_SECONDS)
        except subprocess.TimeoutExpired:
            print(f"bench: {self.name} had to be killed", file=sys.stderr)
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass  # the usual case: nothing is left
        self.process.wait()
        self.process = None

    def __enter__(self):
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def cpu_seconds(self):
        return processes.cpu_seconds(self.process.pid)

    def own_bytes(self):
        return processes.own_bytes(self.process.pid)


class Nginx(Server):
    name = "nginx"
    access_log = False

    def command(self):
        path = self.folder / "nginx.conf"
        path.write_text(self.configuration())
        binary = shutil.which("nginx") or "/usr/sbin/nginx"
        return [binary, "-p", str(self.folder), "-c", str(path), "-e", "stderr"]

    def configuration(self):
        log = f"{self.folder}/access.log combined" if self.access_log else "off"
        folders = "".join(
            f"    {kind}_temp_path {self.folder}/{kind};\n"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        return f"""daemon off;
{"user root;" if os.geteuid() == 0 else ""}
worker_processes {self.workers};
worker_rlimit_nofile {client.raise_file_limit()};
pid {self.folder}/nginx.pid;
error_log stderr crit;
events {{ worker_connections 16384; }}
http {{
{folders}    access_log {log};
    keepalive_timeout 75s;
    keepalive_requests 1000000000;
    server {{
        listen 127.0.0.1:{self.port};
        location = /hello {{
            default_type application/json;
            return 200 '{BODY.decode()}';
        }}
    }}
}}
"""


class LoggingNginx(Nginx):
    name = "nginx, access log"
    access_log = True


class Node(Server):
    name = "Node"

    def command(self):
        return ["node", str(HERE / "server.js"), str(self.port), str(self.workers)]


class Marquee(Server):
    name = "Marquee"
    handler = "bare"
    binary = None  # set by `run` once it has been built

    def command(self):
        return [
            str(Marquee.binary), "serve", "--listen", f"127.0.0.1:{self.port}",
            "--workers", str(self.workers), "--handler", self.handler]


class FullMarquee(Marquee):
    name = "Marquee, all middleware"
    handler = "full"


class GraphQLMarquee(FullMarquee):
    """Answers a small operation, with a log line like the others of its row."""

    name = "Marquee, POST /graphql"
    load_script = "graphql.lua"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
