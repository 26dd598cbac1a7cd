"""Where Marquee and graphql-js differ for a reason.

Each class has a name, why it is right that they differ, and a test of a single case: the request,
Marquee's answer and graphql-js's one, all of them parsed.
"""


def error_of(answer):
    """The error of an answer that is a single one; empty if it is none."""
    return answer.get("error") or next(iter(answer.get("errors") or []), {})


def message(answer):
    return error_of(answer).get("message", "").removeprefix("Syntax Error: ")


def place(answer):
    return [(it["line"], it["column"]) for it in error_of(answer).get("locations", [])]


def is_described(_, ours, theirs):
    """graphql-js stops at a description; Marquee goes on, or says why it may not stand there."""
    stops = (
        message(theirs).startswith("Unexpected description, descriptions are supported only on")
        or message(theirs).startswith('Expected "$", found String ')
        or message(theirs).startswith('Expected "$", found BlockString ')
    )
    goes_on = not error_of(ours) or place(ours) >= place(theirs)
    says_why = message(ours).startswith("Unexpected description, ")
    return (stops and goes_on) or says_why


def is_deep(_, ours, __):
    return message(ours).startswith("Document nests deeper than")


def is_half_a_character(_, ours, theirs):
    """Half a surrogate pair, which is no text in UTF-8."""
    whole = "".join("\ufffd" if "\ud800" <= it <= "\udfff" else it for it in message(theirs))
    return whole != message(theirs) and whole == message(ours) and place(ours) == place(theirs)


KNOWN_DIFFERENCES = [
    (
        "executable descriptions",
        "The edition of September 2025 lets operations, fragments and variables have"
        " descriptions; graphql-js does since 16.12, and says otherwise where they may not stand.",
        is_described,
    ),
    (
        "depth",
        "Marquee refuses documents that nest deeper than its limit; graphql-js has no limit until"
        " its stack ends.",
        is_deep,
    ),
    (
        "half characters",
        "graphql-js quotes an escape by UTF-16 code units and cuts a character in half; Marquee"
        " writes U+FFFD, because half a character cannot be encoded.",
        is_half_a_character,
    ),
]
