"""The server that clients of others are tried on, for one run."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


class TestServer:
    """`websocket-test-server`, on a port of its own."""

    def __init__(self, configuration="debug"):
        command = [
            "swift", "build", "--product", "websocket-test-server",
            "--configuration", configuration]
        subprocess.run(command + ["--quiet"], cwd=ROOT, check=True)
        shown = subprocess.run(
            command + ["--show-bin-path"], cwd=ROOT, check=True, capture_output=True, text=True)
        self.path = shown.stdout.strip() + "/websocket-test-server"

    def __enter__(self):
        self.process = subprocess.Popen([self.path], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline())
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
