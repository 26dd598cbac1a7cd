"""Where Marquee and graphql-js differ for a reason.

Each class has a name, why it is right that they differ, and a test of a single case: the request,
Marquee's answer and graphql-js's one, all of them parsed. A class holds with any version of
graphql-js 16, unless it says with which.
"""

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


# Documents


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


# Schemas

NEWER_SCHEMA_RULES = re.compile(
    r"\S+ has invalid default value( at \S+)?: "
    r"|Invalid circular reference\. The default value of "
    r"|All root types must be different, "
    r"|Interface field \S+ is not deprecated, so implementation field "
)


def is_newer_schema_rule(_, ours, theirs):
    """Marquee has errors of such rules, and otherwise the errors of graphql-js, if any."""
    others = [it for it in errors_of(ours) if not NEWER_SCHEMA_RULES.match(it["message"])]
    return len(others) < len(errors_of(ours)) and (not others or others == errors_of(theirs))


def is_unmade_schema(_, ours, theirs):
    given_up = message(theirs).startswith("Unexpected input type: ")
    return given_up and any("must be Input Type but got: " in it for it in messages(ours))


def is_endless(_, __, theirs):
    return message(theirs) == "Maximum call stack size exceeded"


MISPLACED = re.compile(r'Directive "@\w+" may not be used on (ARGUMENT|INPUT_FIELD)_DEFINITION\.')


def is_extended_input(request, ours, theirs):
    ours_only = messages_without(ours, theirs)
    theirs_only = messages_without(theirs, ours)
    misplaced = all(MISPLACED.fullmatch(it) for it in ours_only + theirs_only)
    return "extend input" in request.get("schema", "") and misplaced and ours_only != theirs_only


def messages_without(answer, other):
    return [it["message"] for it in without(errors_of(answer), errors_of(other))]


# Rules for executable documents


def is_null_for_include_deprecated(request, ours, theirs):
    ours_only = messages_without(ours, theirs)
    nulls = {'Expected value of type "Boolean!", found null.'}
    asked = re.search(r"includeDeprecated *: *null", request.get("document", ""))
    return bool(asked) and set(ours_only) == nulls and not messages_without(theirs, ours)


ONE_OF_VARIABLE = re.compile(
    r'Variable "(\$\w+" is of type "[^"]+" but|\w+") must be non-nullable to be used for OneOf Input'
    r' Object "\w+"\.'
)


def is_variable_of_one_of(_, ours, theirs):
    differing = messages_without(ours, theirs) + messages_without(theirs, ours)
    return bool(differing) and all(ONE_OF_VARIABLE.fullmatch(it) for it in differing)


def is_unread_variable(_, ours, theirs):
    """graphql-js fails where an undefined variable stands in a OneOf input object."""
    return (
        message(theirs) == "Cannot read properties of undefined (reading 'type')"
        and bool(errors_of(ours))
    )


# Introspection


def is_newer_introspection(request, ours, theirs):
    return request["op"] == "introspect" and as_before(ours) == theirs


def as_before(value):
    """Without `isOneOf` and `@oneOf`, and with `includeDeprecated` that may be null."""
    if isinstance(value, list):
        return [as_before(it) for it in value if not is_one_of(it)]
    if not isinstance(value, dict):
        return value
    kept = type(value)((key, as_before(it)) for key, it in value.items() if key != "isOneOf")
    if kept.get("name") == "includeDeprecated" and kept.get("type", {}).get("kind") == "NON_NULL":
        kept["type"] = kept["type"]["ofType"]
    return kept


def is_one_of(value):
    return isinstance(value, dict) and value.get("name") in ("oneOf", "isOneOf")


def is_composed_default(request, ours, theirs):
    return (
        request["op"] == "introspect" and not errors_of(ours) and bool(errors_of(theirs))
        and all(it.startswith("Cannot convert value to AST: ") for it in messages(theirs))
    )


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
    (
        "newer schema rules",
        "The edition of September 2025 asks of schemas that defaults are valid and end, and that"
        " an implementation is deprecated only with its interface; all editions that root types"
        " differ. graphql-js does from 17 on.",
        is_newer_schema_rule,
    ),
    (
        "schemas given up",
        "graphql-js throws a program error where something has a default and no input type;"
        " Marquee names the place.",
        is_unmade_schema,
    ),
    (
        "stack",
        "graphql-js calls itself until its stack ends where defaults, fragments or types go in"
        " circles.",
        is_endless,
    ),
    (
        "fields of `extend input`",
        "graphql-js takes them for arguments when it asks where a directive may stand.",
        is_extended_input,
    ),
    (
        "null for `includeDeprecated`",
        "It is `Boolean!` in the edition of September 2025, and `Boolean` in graphql-js 16.",
        is_null_for_include_deprecated,
    ),
    (
        "variables in OneOf input objects",
        "Marquee has the rule and message of graphql-js since 16.12: the variable's definition and"
        " its use are named.",
        is_variable_of_one_of,
    ),
    (
        "undefined variables in OneOf input objects",
        "graphql-js 16.9 to 16.11 throws a program error.",
        is_unread_variable,
    ),
    (
        "newer introspection",
        "The edition of September 2025 has `isOneOf`, `@oneOf` and `includeDeprecated: Boolean!`.",
        is_newer_introspection,
    ),
    (
        "composed defaults",
        "graphql-js cannot write the default of a custom scalar that is a list or an object.",
        is_composed_default,
    ),
]
