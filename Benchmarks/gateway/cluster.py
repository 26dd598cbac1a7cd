"""The benchmark's own PostgreSQL: made and seeded once, a fresh copy of the data for each run."""

import contextlib
import glob
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import processes

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".build" / "bench-gateway"
SEEDED, BENCH = "seeded", "bench"
USER = "marquee"
STARTUP_SECONDS = 60

# As Marquee sets up its own, but for autovacuum, which would fall upon one side and not another:
# the tables are vacuumed between rounds.
SETTINGS = {
    "listen_addresses": "''",
    "max_connections": 200,
    "shared_buffers": "1GB",
    "effective_cache_size": "4GB",
    "work_mem": "8MB",
    "wal_compression": "on",
    "max_wal_size": "4GB",
    "jit": "off",
    "max_parallel_workers_per_gather": 0,
    "random_page_cost": 1.1,
    "timezone": "'UTC'",
    "lc_messages": "'C'",
    "logging_collector": "on",
    "log_destination": "'jsonlog'",
    "log_directory": "'log'",
    "log_filename": "'bench'",
    "log_min_messages": "error",
    "log_checkpoints": "off",
    "autovacuum": "off",
    "shared_preload_libraries": "'pg_stat_statements'",
    "pg_stat_statements.track": "none",
}


class Cluster:
    """A running cluster. Use it in a `with` statement, so that it is stopped."""

    def __init__(self, marquee):
        self.marquee = marquee
        self.binaries = newest_binaries()
        self.owner = owner()
        self.data = FOLDER / "data"
        self.socket = None
        self.process = None

    # Starting and stopping

    def __enter__(self):
        FOLDER.mkdir(parents=True, exist_ok=True)
        try:
            if not self.is_made():
                self.make()
            else:
                self.start()
            self.copy()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        if self.process is not None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self.socket is not None:
            shutil.rmtree(self.socket, ignore_errors=True)

    def is_made(self):
        mark = FOLDER / "made"
        return mark.exists() and mark.read_text() == content_digest()

    def make(self):
        (FOLDER / "made").unlink(missing_ok=True)
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir()
        if self.owner:
            os.chown(self.data, self.owner.pw_uid, self.owner.pw_gid)
        self.run("initdb", "-D", self.data, "-U", USER, "-A", "trust", "-E", "UTF8",
                 "--locale=C", "--no-instructions")
        self.start()
        self.sql(f"CREATE DATABASE {SEEDED}", "postgres")
        said = subprocess.run(
            [self.marquee, "seed", "--scale", "bench"], cwd=FOLDER, stdout=sys.stderr,
            env={**os.environ, "MARQUEE_ENV": "development", "DATABASE_URL": self.url(SEEDED)})
        if said.returncode != 0:
            raise OSError("the bench data could not be seeded")
        self.sql("CREATE EXTENSION IF NOT EXISTS pg_stat_statements", SEEDED)
        self.sql("VACUUM (FREEZE, ANALYZE)", SEEDED)
        (FOLDER / "made").write_text(content_digest())

    def start(self):
        settings = "".join(f"{name} = {value}\n" for name, value in SETTINGS.items())
        (self.data / "postgresql.conf").write_text(settings)
        # Short, as the path of a socket may have 107 bytes.
        self.socket = Path(tempfile.mkdtemp(prefix="marquee-bench-"))
        if self.owner:
            os.chown(self.socket, self.owner.pw_uid, self.owner.pw_gid)
        with open(FOLDER / "postgres.err", "wb") as error:
            self.process = subprocess.Popen(
                [self.binaries / "postgres", "-D", self.data, "-k", self.socket],
                stdin=subprocess.DEVNULL, stdout=error, stderr=error, start_new_session=True,
                cwd=self.data, **self.identity())
        deadline = time.monotonic() + STARTUP_SECONDS
        while self.psql("SELECT 1", "postgres").returncode != 0:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise OSError(f"PostgreSQL does not start; see {FOLDER / 'postgres.err'}")
            time.sleep(0.05)

    def copy(self):
        """A fresh copy of what was seeded."""
        self.sql(f"DROP DATABASE IF EXISTS {BENCH} WITH (FORCE)", "postgres")
        self.sql(f"CREATE DATABASE {BENCH} TEMPLATE {SEEDED} STRATEGY file_copy", "postgres")

    # Using

    @property
    def environment(self):
        """How the peers and PostgreSQL's own programs find it, and that it is to plan prepared
        statements once: for lists that is worth half of its time."""
        return {
            "PGHOST": str(self.socket), "PGPORT": "5432", "PGUSER": USER, "PGDATABASE": BENCH,
            "PGOPTIONS": "-c plan_cache_mode=force_generic_plan"}

    def url(self, database=BENCH):
        host = str(self.socket).replace("/", "%2F")
        return f"postgres://{USER}@{host}/{database}"

    def psql(self, text, database=BENCH):
        return subprocess.run(
            [self.binaries / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-F", "\t", "-c", text],
            env={**os.environ, **self.environment, "PGDATABASE": database},
            capture_output=True, text=True)

    def sql(self, text, database=BENCH):
        """Rows of columns, as texts."""
        done = self.psql(text, database)
        if done.returncode != 0:
            raise OSError(f"PostgreSQL: {done.stderr.strip()}")
        return [line.split("\t") for line in done.stdout.splitlines()]

    def settle(self):
        """As little as possible is left of what the last round did."""
        self.sql("VACUUM rating, movie")
        self.sql("CHECKPOINT")

    def cpu_seconds(self):
        """Of all processes. The last sessions have a moment to end, which takes time of its own."""
        time.sleep(0.1)
        return processes.cpu_seconds_with_ended(self.process.pid)

    @contextlib.contextmanager
    def setting(self, name, value):
        """Something is set otherwise for a while, in every session."""
        self.sql(f"ALTER SYSTEM SET {name} = '{value}'")
        self.reload()
        try:
            yield
        finally:
            self.sql(f"ALTER SYSTEM RESET {name}")
            self.reload()

    def reload(self):
        self.sql("SELECT pg_reload_conf()")
        time.sleep(0.2)

    def log_since(self, offset):
        path = self.data / "log" / "bench.json"
        with open(path, "rb") as log:
            log.seek(offset)
            return log.read().decode().splitlines()

    def log_end(self):
        return (self.data / "log" / "bench.json").stat().st_size

    def identity(self):
        if self.owner is None:
            return {}
        return {"user": self.owner.pw_uid, "group": self.owner.pw_gid, "extra_groups": []}

    def run(self, program, *arguments):
        done = subprocess.run(
            [self.binaries / program, *arguments], capture_output=True, text=True, cwd=FOLDER,
            **self.identity())
        if done.returncode != 0:
            raise OSError(f"{program}: {done.stderr.strip()}")


def owner():
    """PostgreSQL refuses root: for root somebody without rights."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise OSError("there is no user for PostgreSQL to run as")


def newest_binaries():
    """From 15, as that writes its log in JSON."""
    folders = [Path(path).parent for path in glob.glob("/usr/lib/postgresql/*/bin/postgres")]
    newest = max(folders, key=lambda folder: int(folder.parts[-2]), default=None)
    if newest is None or int(newest.parts[-2]) < 15:
        raise OSError("PostgreSQL 15 or later is missing: run script/setup --bench")
    return newest


def content_digest():
    """Of what decides what is in the database."""
    digest = hashlib.sha256()
    files = [*ROOT.glob("Migrations/*.sql"), *ROOT.glob("Sources/DataModel/Seeding/**/*.swift")]
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()
