"""PostgreSQL and Marquee as scripts start them: for one run, and gone with it."""

import json
import os
import pwd
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIMIT_SECONDS = 30


def build(configuration="debug"):
    """Builds Marquee and returns its path."""
    command = ["swift", "build", "--product", "marquee", "--configuration", configuration]
    if configuration == "release":
        command.append("--static-swift-stdlib")
    subprocess.run(command + ["--quiet"], cwd=ROOT, check=True)
    shown = subprocess.run(
        command + ["--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
    return shown.stdout.strip() + "/marquee"


def programs():
    """The folder of the newest server that is installed."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    if found:
        return str(found[-1].parent)
    initdb = shutil.which("initdb")
    if not initdb:
        raise SystemExit("PostgreSQL is not installed: run script/setup")
    return str(Path(initdb).parent)


class Postgres:
    """A cluster in a temporary folder, reached by a socket there. Commits are durable in it."""

    def __init__(self, settings=""):
        self.programs = programs()
        self.folder = tempfile.mkdtemp(prefix="marquee-postgres-")
        self.settings = (
            f"-c listen_addresses= -c unix_socket_directories={self.folder} {settings}")
        if os.geteuid() == 0:
            owner = pwd.getpwnam("postgres")
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.run(
            "initdb", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C",
            f"{self.folder}/data")
        self.start()

    @property
    def socket(self):
        return f"{self.folder}/.s.PGSQL.5432"

    @property
    def url(self):
        return f"postgres://postgres@/postgres?host={self.folder}"

    def run(self, program, *arguments):
        """Runs a program of the server, as another user where this one is root."""
        command = [f"{self.programs}/{program}", *arguments]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        done = subprocess.run(
            command, cwd="/", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, timeout=2 * LIMIT_SECONDS)
        if done.returncode != 0:
            raise SystemExit(f"{program} failed: {done.stdout}")
        return done.stdout

    def start(self):
        self.run(
            "pg_ctl", "start", "--silent", "--wait", f"--pgdata={self.folder}/data",
            f"--log={self.folder}/log", f"--options={self.settings}")

    def stop(self, mode="fast"):
        self.run("pg_ctl", "stop", "--silent", "--wait", f"--mode={mode}",
                 f"--pgdata={self.folder}/data")

    def rows(self, query):
        """The rows of a query, as lists of texts."""
        text = self.run(
            "psql", f"--host={self.folder}", "--username=postgres", "--no-psqlrc", "--quiet",
            "--tuples-only", "--no-align", "--field-separator=\t", "--set=ON_ERROR_STOP=1",
            f"--command={query}")
        return [line.split("\t") for line in text.splitlines()]

    def remove(self):
        try:
            self.stop("immediate")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


class Marquee:
    """The real binary in development, on a port of its own."""

    def __init__(self, path, url, arguments=(), **variables):
        environment = {
            "DATABASE_URL": url, "MARQUEE_ENV": "development", "MARQUEE_LISTEN": "127.0.0.1:0",
            "MARQUEE_LOG_FORMAT": "json", "MARQUEE_ACCESS_LOG": "off", "PATH": "/usr/bin:/bin",
            "MARQUEE_STOP_DELAY": "0ms", **variables,
        }
        self.process = subprocess.Popen(
            [path, "serve", *arguments], env=environment, stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT, text=True, cwd="/")
        self.lines = []
        threading.Thread(target=self._read, daemon=True).start()
        self.port = int(self.until("serving")["addresses"].rsplit(":", 1)[1])

    def _read(self):
        for line in self.process.stdout:
            try:
                self.lines.append(json.loads(line))
            except ValueError:
                self.lines.append({"message": line.strip()})

    def until(self, message):
        for _ in range(LIMIT_SECONDS * 100):
            for line in list(self.lines):
                if line["message"] == message:
                    return line
            if self.process.poll() is not None:
                break
            time.sleep(0.01)
        self.process.kill()
        raise SystemExit(f"Marquee never said: {message}\n{self.lines[-20:]}")

    def stop(self):
        """Ends it and returns its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(LIMIT_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
        return self.process.wait()
