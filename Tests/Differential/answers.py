"""Reading requests and answers: the errors, and what stands in the source where they point."""

import re


def errors_of(answer):
    return answer.get("errors") or ([answer["error"]] if "error" in answer else [])


def error_of(answer):
    """The first error of an answer; empty if there is none."""
    return next(iter(errors_of(answer)), {})


def messages(answer):
    return [error.get("message", "") for error in errors_of(answer)]


def message(answer):
    return error_of(answer).get("message", "").removeprefix("Syntax Error: ")


def place(answer):
    return [(it["line"], it["column"]) for it in error_of(answer).get("locations", [])]


def without(errors, others):
    """What is in `errors` and not in `others`."""
    left = [*others]
    kept = []
    for error in errors:
        if error in left:
            left.remove(error)
        else:
            kept.append(error)
    return kept


def messages_without(answer, other):
    return [it["message"] for it in without(errors_of(answer), errors_of(other))]


# Sources

STRING = re.compile(r'"""(?:\\"""|(?!""").)*"""|"(?:\\.|[^"\\])*"', re.DOTALL)
IGNORED = re.compile(r"(?:[\s,\ufeff]|#[^\n\r]*)*")


def sources(request):
    return [request[key] for key in ("source", "document", "schema") if key in request]


def offset_of(source, place):
    """Where in a text a line and a column are, the latter in UTF-16 code units."""
    lines = re.split(r"(\r\n|\n|\r)", source)
    line, column = (int(it) for it in place)
    before = "".join(lines[: 2 * (line - 1)])
    units = lines[2 * (line - 1)].encode("utf-16-le", "surrogatepass")[: 2 * (column - 1)]
    return len(before) + len(units.decode("utf-16-le", "surrogatepass"))


def behind_description(source, place):
    """What stands behind the string at `place`; nothing if there is none."""
    if int(place[0]) > len(re.split(r"\r\n|\n|\r", source)):
        return None
    string = STRING.match(source, offset_of(source, place))
    return string and source[IGNORED.match(source, string.end()).end():]


def is_syntax_error(answer):
    return error_of(answer).get("message", "").startswith("Syntax Error: ")
