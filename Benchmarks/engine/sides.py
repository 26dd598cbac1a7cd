"""The two sides that are compared: processes that do the work of a row when they are asked to."""

import json
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
MODULES = ROOT / ".build" / "node-graphql" / "usr" / "share" / "nodejs"
PRODUCT = "bench-engine"


class Failed(Exception):
    """A side that did not answer."""


class Side:
    def __init__(self, name, command, environment=None):
        self.name = name
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env={**os.environ, **(environment or {})})

    def ask(self, *words):
        try:
            self.process.stdin.write(" ".join(map(str, words)) + "\n")
            self.process.stdin.flush()
            line = self.process.stdout.readline()
        except OSError as error:
            raise Failed(f"{self.name}: {error}") from error
        if not line.endswith("\n"):
            raise Failed(f"{self.name} ended at: {' '.join(map(str, words))}")
        return line[:-1]

    def answer(self, row):
        return self.ask("answer", row)

    def seconds(self, row, milliseconds):
        """CPU time of doing the row's work once."""
        timed = json.loads(self.ask("time", row, milliseconds))
        return timed["nanoseconds"] / timed["count"] / 1e9

    def count(self, row):
        return json.loads(self.ask("count", row))

    def close(self):
        self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def marquee(folder):
    command = [
        "swift", "build", "--package-path", str(ROOT), "--configuration", "release",
        "--static-swift-stdlib", "--product", PRODUCT]
    try:
        built = subprocess.run(command + ["--quiet"], stdout=sys.stderr, check=False)
    except FileNotFoundError:
        sys.exit("bench: Swift is missing")
    if built.returncode != 0:
        sys.exit(f"bench: {PRODUCT} could not be built")
    binary = subprocess.check_output(command + ["--show-bin-path"], text=True).strip()
    return Side("Marquee", [f"{binary}/{PRODUCT}", str(folder)])


# Without it graphql-js looks at each value again to find mistakes of its callers.
PRODUCTION = {"NODE_ENV": "production"}


def modules():
    """The environment in which node finds graphql-js, and the version that it finds."""
    script = "console.log(require('graphql').version)"
    for folder in [os.environ.get("NODE_PATH"), str(MODULES)]:
        environment = {**PRODUCTION, "NODE_PATH": folder or ""}
        found = subprocess.run(
            ["node", "-e", script], env={**os.environ, **environment}, check=False, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        if found.returncode == 0:
            return environment, found.stdout.strip()
    sys.exit("bench: graphql-js is missing: run script/setup --bench")


def introspection_query(environment):
    """The query with which graphql-js asks for everything about a schema."""
    script = (
        "console.log(require('graphql').getIntrospectionQuery({specifiedByUrl: true,"
        "directiveIsRepeatable: true, schemaDescription: true, inputValueDeprecation: true}))")
    return subprocess.check_output(
        ["node", "-e", script], env={**os.environ, **environment}, text=True)


def graphql_js(folder, environment, version):
    if not version.startswith("16."):
        sys.exit(f"bench: graphql-js 16 is compared with, not {version}")
    command = ["node", "--max-old-space-size=4096", str(HERE / "side.js"), str(folder)]
    return Side(f"graphql-js {version}", command, environment)
