"""Single requests, for checks and counts."""

import http.client

TIMEOUT_SECONDS = 20


def answers(port, asks):
    """The bodies of the answers, over one connection."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    try:
        return [answer(connection, ask) for ask in asks]
    finally:
        connection.close()


def answer(connection, ask):
    headers = {"Content-Type": "application/json"}
    if ask.field is not None:
        headers.update([ask.field])
    connection.request("POST", "/graphql", ask.body, headers)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise OSError(f"status {response.status}: {body[:300]!r}")
    return body


def page(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().read().decode()
    finally:
        connection.close()
