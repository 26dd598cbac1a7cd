"""What Marquee sends for a query: recorded by PostgreSQL itself, repeated by pgbench."""

import json
import re
import time
from dataclasses import dataclass

import client

LOG_SECONDS = 1  # another process writes it
PARAMETER = re.compile(r"\$(\d+) = (?:(NULL)|'((?:[^']|'')*)')")


@dataclass
class Statement:
    text: str
    parameters: list  # texts, or None


def record(cluster, port, query):
    """The statements of the query's first request, level by level: what ends with one sync is one
    implicit transaction."""
    client.answers(port, query.asks[:1] * 20)
    with cluster.setting("log_statement", "all"):
        begin = cluster.log_end()
        client.answers(port, query.asks[:1])
        time.sleep(LOG_SECONDS)
        lines = [json.loads(line) for line in cluster.log_since(begin)]
    levels = {}
    for line in lines:
        if line.get("application_name") != "marquee":
            continue
        kind, _, text = line["message"].partition(": ")
        if not kind.startswith("execute") or text == "SELECT 1":
            continue
        statement = Statement(text, parameters(line.get("detail", "")))
        levels.setdefault((line["pid"], line["vxid"]), []).append(statement)
    return list(levels.values())


def parameters(detail):
    return [
        None if null else text.replace("''", "'")
        for _, null, text in PARAMETER.findall(detail)]


def script(levels, variables):
    """For pgbench: each level in a pipeline. Returns the script and the values of its variables."""
    lines, values = [], {}
    if variables:
        lines.append("\\set index random(0, 1023)")
    names = {}
    for number, (value, expression) in enumerate(variables.items()):
        names[value] = f"varied{number}"
        lines.append(f"\\set varied{number} {expression}")
    for level in levels:
        lines.append("\\startpipeline")
        for statement in level:
            lines.append(text_with_variables(statement, names, values) + ";")
        lines.append("\\endpipeline")
    return "\n".join(lines) + "\n", values


def text_with_variables(statement, names, values):
    def variable(match):
        value = statement.parameters[int(match.group(1)) - 1]
        # pgbench knows no NULL; to PostgreSQL this is less work, not more.
        if value is None:
            return "NULL::bigint"
        name = names.get(value)
        if name is None:
            name = f"given{len(values)}"
            values[name] = value
        return f":{name}::{type_of(value)}"

    return re.sub(r"\$(\d+)", variable, " ".join(statement.text.split()))


def type_of(value):
    """libpq tells the types of parameters, pgbench does not."""
    if re.fullmatch(r"-?\d+", value):
        return "bigint"
    if re.fullmatch(r"\{[\d,]*\}", value):
        return "bigint[]"
    if re.fullmatch(r"\{[0-9a-f,-]+\}", value):
        return "uuid[]"
    return "text"
