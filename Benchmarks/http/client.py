"""A client that checks every byte of a body, and holds many idle connections.

usage: client.py PORT COUNT   Opens COUNT connections, makes a request on each and says "ready".
                              A line on standard input: a second request on each, and "ready".
                              The end of standard input: closes all.
"""

import resource
import socket
import sys
from pathlib import Path

BODY = (Path(__file__).resolve().parent / "body.json").read_bytes()
REQUEST = b"GET /hello HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
TIMEOUT_SECONDS = 10


class WrongAnswer(Exception):
    """A server answered, but not with the right status and body."""


def connect(port):
    return socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT_SECONDS)


def request(connection):
    """Makes one request and compares the answer's status and body, byte for byte."""
    connection.sendall(REQUEST)
    answer = b""
    while b"\r\n\r\n" not in answer or len(answer.split(b"\r\n\r\n", 1)[1]) < len(BODY):
        received = connection.recv(65536)
        if not received:
            raise ConnectionError(f"closed after {answer!r}")
        answer += received
    head, body = answer.split(b"\r\n\r\n", 1)
    if not head.startswith(b"HTTP/1.1 200 ") or body != BODY:
        raise WrongAnswer(f"expected 200 and {BODY!r}, got {answer!r}")


def check(port):
    with connect(port) as connection:
        request(connection)


def raise_file_limit():
    """Raises the limit of open files as far as it goes, and returns it."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    for limit in (65536, hard):
        try:
            resource.setrlimit(resource.RLIMIT_NOFILE, (limit, max(limit, hard)))
            return limit
        except (OSError, ValueError):
            continue  # only the superuser may pass the hard limit
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0]


def main():
    port, count = int(sys.argv[1]), int(sys.argv[2])
    raise_file_limit()
    connections = []
    for _ in range(count):
        connections.append(connect(port))
        request(connections[-1])
    print("ready", flush=True)
    while sys.stdin.readline():
        for connection in connections:
            request(connection)
        print("ready", flush=True)


if __name__ == "__main__":
    main()
