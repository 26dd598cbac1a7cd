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


ONE_OF_DEFAULT = re.compile(r"OneOf input field (\S+) cannot have a default value\.")


def is_newer(text, all_texts):
    """A default that graphql-js cannot read is none at all for its rule about OneOf."""
    refused = ONE_OF_DEFAULT.fullmatch(text)
    if refused:
        start = f"{refused[1]} has invalid default value"
        return any(it.startswith(start) for it in all_texts)
    return bool(NEWER_SCHEMA_RULES.match(text))


def is_newer_schema_rule(_, ours, theirs):
    """Marquee has errors of such rules, and otherwise the errors of graphql-js, if any."""
    others = [it for it in errors_of(ours) if not is_newer(it["message"], messages(ours))]
    return len(others) < len(errors_of(ours)) and (not others or others == errors_of(theirs))


def is_null_reason(_, ours, theirs):
    null = 'Argument "reason" of non-null type "String!" must not be null.'
    return null in messages(ours) and null not in messages(theirs)


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


def is_null_in_built_in(request, ours, theirs):
    ours_only = messages_without(ours, theirs)
    nulls = re.compile(r'Expected value of type "(Boolean|String)!", found null\.')
    asked = re.search(r"(includeDeprecated|reason) *: *null", request.get("document", ""))
    return bool(asked and ours_only) and not messages_without(theirs, ours) and all(
        nulls.fullmatch(it) for it in ours_only)


def is_unknown_operation_type(_, ours, theirs):
    missing = re.compile(r"The (query|mutation|subscription) operation is not supported by .*")
    ours_only = messages_without(ours, theirs)
    unrun = "Schema is not configured to execute "
    return bool(ours_only) and all(missing.fullmatch(it) for it in ours_only) and all(
        it.startswith(unrun) for it in messages_without(theirs, ours))


ONE_OF_VARIABLE = re.compile(
    r'Variable "(\$\w+" is of type "[^"]+" but|\w+") must be non-nullable to be used for OneOf '
    r'Input'
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


def is_repeated_argument(_, ours, theirs):
    """Which of two arguments of one name counts when fields are compared."""
    repeated = any(it.startswith("There can be only one argument named ") for it in messages(ours))
    differing = messages_without(ours, theirs) + messages_without(theirs, ours)
    return repeated and all("they have differing arguments" in it for it in differing)


SKIPPED_ROOT = " must not use `@skip` or `@include` directives in the top level selection."
MANY_ROOTS = (
    " must select only one top level field.",
    " must not select an introspection top level field.")


def is_skipped_root(_, ours, theirs):
    """Where it matters, graphql-js leaves fields out, or throws since it has no variables."""
    ours_only = messages_without(ours, theirs)
    theirs_only = messages_without(theirs, ours)
    failed = "error" in theirs and message(theirs).startswith('Argument "if" ')
    return any(it.endswith(SKIPPED_ROOT) for it in ours_only) and (
        failed
        or all(it.endswith(SKIPPED_ROOT) for it in ours_only)
        and all(it.endswith(MANY_ROOTS) for it in theirs_only)
    )


def is_directive_of_extensions(request, ours, theirs):
    once = re.compile(r'The directive "@\w+" can only be used once at this location\.')
    theirs_only = messages_without(theirs, ours)
    return (
        "extend " in request.get("document", "") and bool(theirs_only)
        and not messages_without(ours, theirs)
        and all(once.fullmatch(it) for it in theirs_only)
        and any(it.endswith(" definition is not executable.") for it in messages(ours))
    )


# Before graphql-js 16.9


def is_overlap_found_again(_, ours, theirs):
    """The same but for conflicts, and both have some."""
    conflict = re.compile(r'Fields "\w+" conflict because .*')
    others = [
        [it for it in errors_of(answer) if not conflict.fullmatch(it["message"])]
        for answer in (ours, theirs)]
    return others[0] == others[1] and all(
        any(conflict.fullmatch(it) for it in messages(answer)) for answer in (ours, theirs))


ARRAY_FAULT = re.compile(r'Variable "\$\w+" got invalid value \[.*; (Field "|Expected type ").*')


def is_array_for_object(request, ours, theirs):
    ours_only = messages_without(ours, theirs)
    theirs_only = messages_without(theirs, ours)
    return (
        request["op"] == "execute" and bool(ours_only)
        and all(ARRAY_FAULT.fullmatch(it) for it in ours_only + theirs_only)
        and all(it.endswith(" to be an object.") for it in ours_only)
    )


# Introspection


def is_newer_introspection(request, ours, theirs):
    document = request.get("document", "")
    asked = request["op"] == "introspect" or re.search("__schema|__type", document)
    return bool(asked) and "data" in ours and as_before(ours) == as_before(theirs)


def as_before(value):
    """Without `isOneOf` and `@oneOf`, and with `includeDeprecated` and reasons that may be null;
    and without the kinds of root types, which graphql-js asks for since 16.10."""
    if isinstance(value, list):
        return [as_before(it) for it in value if not is_one_of(it)]
    if not isinstance(value, dict):
        return value
    kept = type(value)((key, as_before(it)) for key, it in value.items() if key != "isOneOf")
    if kept.get("name") in ("includeDeprecated", "reason"):
        if (kept.get("type") or {}).get("kind") == "NON_NULL":
            kept["type"] = kept["type"]["ofType"]
    for root in ("queryType", "mutationType", "subscriptionType"):
        if "name" in (kept.get(root) or {}):
            kept[root] = {"name": kept[root]["name"]}
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
        "null for a reason",
        "The reason of `@deprecated` is `String!` in the edition of September 2025, and `String`"
        " in graphql-js 16.",
        is_null_reason,
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
        "null for `includeDeprecated` and `reason`",
        "They are non-null in the edition of September 2025, and nullable in graphql-js 16.",
        is_null_in_built_in,
    ),
    (
        "operations of no type",
        "Operation Type Existence is a rule of the edition of September 2025.",
        is_unknown_operation_type,
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
        "repeated arguments",
        "An error is reported for them already; graphql-js compares the first with the last.",
        is_repeated_argument,
    ),
    (
        "skipped roots of subscriptions",
        "The edition of September 2025 forbids `@skip` and `@include` there; graphql-js does from"
        " 17 on, and until then throws a program error when they have variables.",
        is_skipped_root,
    ),
    (
        "directives of extensions in executable documents",
        "That definitions are not executable is said already; graphql-js counts directives of a"
        " type's extensions together even so.",
        is_directive_of_extensions,
    ),
    (
        "overlaps found again",
        "How often, and in which order, conflicts of fragments are reported has changed with"
        " graphql-js 16.9; Marquee does it as that does.",
        is_overlap_found_again,
    ),
    (
        "arrays as input objects",
        "graphql-js takes an array for an object with the fields 0, 1, ...; since 16.9 it is none.",
        is_array_for_object,
    ),
    (
        "newer introspection",
        "The edition of September 2025 has `isOneOf`, `@oneOf`, `includeDeprecated: Boolean!` and"
        " `reason: String!`; and graphql-js 16.10 asks for the kinds of root types.",
        is_newer_introspection,
    ),
    (
        "composed defaults",
        "graphql-js cannot write the default of a custom scalar that is a list or an object.",
        is_composed_default,
    ),
]
