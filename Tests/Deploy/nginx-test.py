#!/usr/bin/env python3
"""Runs Deploy/nginx.conf with a real nginx, in front of two real instances of Marquee.

usage: Tests/Deploy/nginx-test.py [PATH-TO-MARQUEE]

First in front of two small servers that tell which headers reached them, then, if a binary is
given, in front of Marquee. Everything that is started is stopped. Exits with 1 if a check failed.
"""

import contextlib
import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WAIT_SECONDS = 20
OUTSIDE = "127.0.0.2"  # an address of this machine that nginx does not take for its own

failures = []


def expect(what, is_so, details=""):
    print(f"{'passed' if is_so else 'FAILED'}: {what}{'' if is_so else f': {details}'}")
    if not is_so:
        failures.append(what)


def free_ports(count):
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]


def until(what, condition):
    deadline = time.monotonic() + WAIT_SECONDS
    while not condition():
        if time.monotonic() > deadline:
            sys.exit(f"nginx-test: waited in vain for {what}")
        time.sleep(0.02)


def get(port, path, headers=None, source="127.0.0.1", method="GET", body=None):
    connection = http.client.HTTPConnection(
        "127.0.0.1", port, timeout=10, source_address=(source, 0))
    with contextlib.closing(connection):
        connection.request(method, path, body=body, headers=headers or {})
        response = connection.getresponse()
        return response.status, response.read()


def answers(port, path):
    try:
        return get(port, path)[0] == 200
    except OSError:
        return False


# nginx and Marquee


def configuration(folder, port, upstreams):
    """Deploy/nginx.conf with the ports and folders of this run, and nothing else changed."""
    text = (ROOT / "Deploy/nginx.conf").read_text()
    temporary = "".join(
        f"    {kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root;" if os.geteuid() == 0 else ""
    for old, new in (
            ("user www-data;", user),
            ("pid /run/nginx.pid;", f"pid {folder}/nginx.pid;"),
            ("/var/log/nginx/error.log", f"{folder}/error.log"),
            ("/var/log/nginx/marquee.log", f"{folder}/access.log"),
            ("http {\n", "http {\n" + temporary),
            ("server 127.0.0.1:4000 ", f"server 127.0.0.1:{upstreams[0]} "),
            ("server 127.0.0.1:4001 ", f"server 127.0.0.1:{upstreams[1]} "),
            ("listen 80 ", f"listen 127.0.0.1:{port} ")):
        if text.count(old) != 1:
            sys.exit(f"nginx-test: Deploy/nginx.conf has {text.count(old)} times: {old!r}")
        text = text.replace(old, new)
    return text


@contextlib.contextmanager
def running(command, log, environment=None):
    """A process with its log in a file; ended, with all it has started, when the block ends."""
    with open(log, "ab") as output:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
            start_new_session=True, env={**os.environ, **(environment or {})})
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            expect(f"{command[0]} ends when asked to", False, Path(log).read_text()[-1000:])
        kill_group(process)


def kill_group(process):
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextlib.contextmanager
def nginx(folder, upstreams):
    [port] = free_ports(1)
    path = folder / "nginx.conf"
    path.write_text(configuration(folder, port, upstreams))
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    command = [binary, "-p", str(folder), "-c", str(path), "-e", str(folder / "error.log")]
    tested = subprocess.run(command + ["-t", "-q"], stderr=subprocess.PIPE, text=True)
    expect("nginx accepts Deploy/nginx.conf", tested.returncode == 0, tested.stderr)
    if tested.returncode != 0:
        sys.exit(1)
    with running(command + ["-g", "daemon off;"], folder / "nginx.log"):
        until("nginx", lambda: answers(port, "/healthz"))
        yield port


def marquee(binary, folder, index, port):
    environment = {
        "DATABASE_URL": "postgres://marquee@127.0.0.1:1/marquee",
        # These servers never ask their database.
        "MARQUEE_MIGRATE": "off",
        "MARQUEE_ENV": "development", "MARQUEE_TRUSTED_PROXIES": "127.0.0.1",
        "MARQUEE_WORKERS": "1"}
    command = [binary, "serve", "--listen", f"127.0.0.1:{port}"]
    return running(command, folder / f"marquee-{index}.log", environment)


# Servers that tell what reached them


class Mirror(BaseHTTPRequestHandler):
    """Answers with the request's own headers; switches to WebSocket and echoes if asked to."""

    protocol_version = "HTTP/1.1"
    connections = 0

    def setup(self):
        super().setup()
        Mirror.connections += 1

    def do_GET(self):
        if self.headers.get("Upgrade") == "websocket":
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            self.end_headers()
            self.wfile.write(self.rfile.readline())
            self.close_connection = True
            return
        self.answer({"port": self.server.server_port, "headers": dict(self.headers)})

    def do_PATCH(self):
        first = self.rfile.read(4).decode()
        self.server.first_piece.set()
        rest = self.rfile.read(int(self.headers["Content-Length"]) - 4).decode()
        self.answer({"body": first + rest})

    def answer(self, value):
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def mirror():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Mirror)
    server.daemon_threads = True
    server.first_piece = threading.Event()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


# Checks


def check_headers(port):
    claimed = {"X-Forwarded-For": "6.6.6.6", "Forwarded": "for=6.6.6.6", "Host": "films.example"}
    _, body = get(port, "/anything", claimed, source=OUTSIDE)
    headers = json.loads(body)["headers"]
    expect("X-Forwarded-For is the client", headers.get("X-Forwarded-For") == OUTSIDE, headers)
    expect("what a client claims is dropped", "6.6.6.6" not in str(headers), headers)
    expect("X-Forwarded-Proto is told", headers.get("X-Forwarded-Proto") == "http", headers)
    expect(
        "X-Forwarded-Host and Host are the client's",
        (headers.get("X-Forwarded-Host"), headers.get("Host")) == ("films.example",) * 2, headers)
    expect("a request id is given", len(headers.get("X-Request-ID", "")) == 32, headers)


def check_metrics(port):
    expect("/metrics is denied to others", get(port, "/metrics", source=OUTSIDE)[0] == 403)
    expect("/metrics is open to this machine", get(port, "/metrics")[0] == 200)


def check_balance(port):
    Mirror.connections = 0
    seen = [json.loads(get(port, "/")[1])["port"] for _ in range(40)]
    expect("both instances get requests", len(set(seen)) == 2, seen)
    expect(
        "connections to the instances are kept", Mirror.connections < 20, Mirror.connections)


def check_websocket(port):
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(
            b"GET /graphql HTTP/1.1\r\nHost: films.example\r\nConnection: Upgrade\r\n"
            b"Upgrade: websocket\r\n\r\n")
        head = connection.recv(4096)
        connection.sendall(b"through\n")
        echo = b""
        while piece := connection.recv(4096):
            echo += piece
    expect("a WebSocket goes through", b" 101 " in head and b"through" in head + echo, head + echo)


def check_upload(port, servers):
    """The first piece of an upload must arrive before the last has been sent."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(
            b"PATCH /uploads/1 HTTP/1.1\r\nHost: films.example\r\nContent-Length: 8\r\n"
            b"Connection: close\r\n\r\nfirs")
        deadline = time.monotonic() + 5
        while not any(server.first_piece.is_set() for server in servers):
            if time.monotonic() > deadline:
                break
            time.sleep(0.01)
        streamed = any(server.first_piece.is_set() for server in servers)
        expect("an upload streams through", streamed, "nothing arrived before the end")
        connection.sendall(b"tsec")
        answer = b""
        while piece := connection.recv(4096):
            answer += piece
    expect("an upload arrives whole", b'"firstsec"' in answer, answer)


def check_mirrors(folder):
    with mirror() as one, mirror() as two:
        servers = [one, two]
        with nginx(folder, [server.server_port for server in servers]) as port:
            check_headers(port)
            check_metrics(port)
            check_balance(port)
            check_websocket(port)
            check_upload(port, servers)


def check_marquee(binary, folder):
    ports = free_ports(2)
    with contextlib.ExitStack() as stack:
        instances = []
        for index, port in enumerate(ports):
            instances.append(stack.enter_context(marquee(binary, folder, index, port)))
            until(f"Marquee on {port}", lambda: answers(port, "/healthz"))
        front = stack.enter_context(nginx(folder, ports))
        check_reuse(front)
        check_client_address(front, folder)
        check_one_killed(front, instances)


def check_reuse(port):
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as one:
        statuses = []
        for _ in range(50):
            one.request("GET", "/healthz")
            response = one.getresponse()
            response.read()
            statuses.append(response.status)
        expect("fifty requests on one connection", statuses == [200] * 50, statuses)


def check_client_address(port, folder):
    get(port, "/healthz?from=outside", source=OUTSIDE)

    def logged():
        return any(OUTSIDE in path.read_text() for path in folder.glob("marquee-*.log"))

    deadline = time.monotonic() + 5
    while not logged() and time.monotonic() < deadline:
        time.sleep(0.05)
    expect("Marquee logs the client's address, not nginx's", logged())


def check_one_killed(port, instances):
    """Requests go on while one instance ends without any warning."""
    statuses = []
    for index in range(200):
        if index == 50:
            kill_group(instances[0])
        statuses.append(get(port, "/healthz")[0])
    expect("no request notices that an instance was killed", set(statuses) == {200}, statuses)


def main():
    if len(sys.argv) > 2:
        sys.exit(__doc__)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    folder = Path(tempfile.mkdtemp(prefix="marquee-nginx-"))
    try:
        for name, check in (
                ("mirrors", check_mirrors),
                ("marquee", lambda part: check_marquee(os.path.abspath(sys.argv[1]), part))):
            if name == "mirrors" or len(sys.argv) == 2:
                part = folder / name
                part.mkdir()
                check(part)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(130)
