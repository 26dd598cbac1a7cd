"""Where Marquee and graphql-js differ for a reason.

Each class has a name, why it is right that they differ, and a test of a single case: the request,
Marquee's answer and graphql-js's one, all of them parsed. A class holds with any version of
graphql-js 16, unless it says with which.
"""

import copy
import math
import re

from answers import (
    behind_description, error_of, errors_of, is_syntax_error, message, messages,
    messages_without, offset_of, place, sources, without)


# Documents

DESCRIBED = re.compile(r"(query|mutation|subscription|fragment)(?!\w)|\$", re.ASCII)
STOPS_AT_DESCRIPTION = re.compile(
    r'Unexpected description, descriptions are supported only on type definitions\.'
    r'|Expected "\$", found (String|BlockString) ".*', re.DOTALL)


def is_described(request, ours, theirs):
    """graphql-js stops at a description; Marquee goes on, or says why it may not stand there."""
    if not is_syntax_error(theirs) or len(place(theirs)) != 1:
        return False
    if message(theirs) == 'Unexpected "{".':
        return place(ours) < place(theirs) and message(ours) == (
            "Unexpected description, descriptions are not supported on shorthand queries.")
    if not STOPS_AT_DESCRIPTION.fullmatch(message(theirs)):
        return False
    if place(ours) == place(theirs):
        return message(ours) == (
            "Unexpected description, only GraphQL definitions support descriptions.")
    goes_on = not is_syntax_error(ours) or place(ours) > place(theirs)
    return goes_on and any(
        stands_before_described(it, ours, theirs) for it in sources(request))


def stands_before_described(source, ours, theirs):
    """Before what may have a description, or before what Marquee stops at."""
    rest = behind_description(source, place(theirs)[0])
    return rest is not None and (
        bool(DESCRIBED.match(rest))
        or is_syntax_error(ours)
        and source[offset_of(source, place(ours)[0]):] == rest)


def is_deep(request, ours, theirs):
    limit = re.fullmatch(
        r"Document nests deeper than (\d+) levels; write it flatter\.", message(ours))
    opened = max(sum(map(source.count, "{[(")) for source in sources(request))
    return bool(limit) and opened > int(limit[1]) and (
        not is_syntax_error(theirs) or place(theirs) > place(ours))


def is_half_a_character(_, ours, theirs):
    """Half a surrogate pair, which is no text in UTF-8."""
    whole = "".join("\ufffd" if "\ud800" <= it <= "\udfff" else it for it in message(theirs))
    return whole != message(theirs) and whole == message(ours) and place(ours) == place(theirs)


# Schemas

NEWER_SCHEMA_RULES = re.compile(
    r"\S+ has invalid default value( at \S+)?: .+"
    r"|Invalid circular reference\. The default value of Input Object field \S+ references itself"
    r"( via the default values of: .+)?\."
    r'|All root types must be different, "\w+" type is used as .+ root types\.'
    r"|Interface field \S+ is not deprecated, so implementation field \S+ must not be deprecated\.",
    re.DOTALL)

# A default that graphql-js cannot read is none at all for its other rules.
OF_VALID_DEFAULT = re.compile(r"OneOf input field (\S+) cannot have a default value\.")
OF_MISSING_DEFAULT = re.compile(
    r"Object field (?P<field>\S+) includes required argument (?P<argument>\w+) that is missing from"
    r" the Interface field \S+\."
    r"|Required (?:argument|input field) (?P<place>\S+) cannot be deprecated\.")


def has_invalid_default(place, answer):
    start = f"{place} has invalid default value"
    return any(it.startswith((start + ":", start + " at ")) for it in messages(answer))


def is_newer(text, ours):
    valid = OF_VALID_DEFAULT.fullmatch(text)
    return bool(NEWER_SCHEMA_RULES.fullmatch(text)) or bool(
        valid and has_invalid_default(valid[1], ours))


def is_of_missing_default(text, ours):
    missing = OF_MISSING_DEFAULT.fullmatch(text)
    return bool(missing) and has_invalid_default(
        missing["place"] or f"{missing['field']}({missing['argument']}:)", ours)


def is_newer_schema_rule(request, ours, theirs):
    """Marquee has errors of such rules, and otherwise the errors of graphql-js; if there are none,
    the latter goes on to other things than schemas."""
    others = [it for it in errors_of(ours) if not is_newer(it["message"], ours)]
    if len(others) == len(errors_of(ours)):
        return False
    theirs_left = [
        it for it in errors_of(theirs) if not is_of_missing_default(it.get("message", ""), ours)]
    goes_on = not others and request["op"] != "validateSchema" and (
        "data" in theirs or request["op"] in ("validate", "execute"))
    return goes_on or others == theirs_left


def is_null_reason(request, ours, theirs):
    null = 'Argument "reason" of non-null type "String!" must not be null.'
    asked = re.search(r"reason\s*:\s*null", request.get("schema", ""))
    return bool(asked) and messages(ours) == [null] and null not in messages(theirs)


def is_unmade_schema(_, ours, theirs):
    given_up = re.fullmatch(r"Unexpected input type: (\S+)", message(theirs))
    if not given_up or "error" not in theirs:
        return False
    no_input = re.compile(rf".+ must be Input Type but got: \[*{given_up[1]}[\]!]*\.")
    is_named = any(no_input.fullmatch(it) for it in messages(ours))
    # What an argument of `@deprecated` or `@specifiedBy` is, both find out before that.
    is_directive = re.fullmatch(
        r'Argument "(reason|url)" (has invalid value .+|of non-null type .+ must not be null)\.',
        message(ours), re.DOTALL)
    return is_named or bool(is_directive) and len(errors_of(ours)) == 1


CIRCLE = re.compile(
    r"Invalid circular reference\. .+"
    r"|Cannot reference Input Object .+ within itself .+"
    r"|Cannot spread fragment .+ within itself.+"
    r"|Type \w+ cannot implement \w+ because it would create a circular reference\.", re.DOTALL)


# A default that has objects of the type it stands in.
DEFAULT_OF_ITSELF = re.compile(
    r"\binput\s+(\w+)\b[^}]*:[\s\[]*\1\b[\s\]!]*=[\s\[]*\{")


def is_endless(request, ours, theirs):
    return message(theirs) == "Maximum call stack size exceeded" and (
        any(CIRCLE.fullmatch(it) for it in messages(ours))
        or bool(DEFAULT_OF_ITSELF.search(request.get("schema", ""))))


def is_extended_input(request, ours, theirs):
    """The same directives, but for those that may stand on one of both."""
    misplaced = re.compile(r'Directive "@\w+" may not be used on (INPUT_FIELD)_DEFINITION\.')
    mistaken = re.compile(r'Directive "@\w+" may not be used on (ARGUMENT)_DEFINITION\.')
    ours_only = without(errors_of(ours), errors_of(theirs))
    theirs_only = without(errors_of(theirs), errors_of(ours))
    return (
        bool(ours_only + theirs_only)
        and all(misplaced.fullmatch(it["message"]) for it in ours_only)
        and all(mistaken.fullmatch(it["message"]) for it in theirs_only)
        and all(is_in_extended_input(request, it) for it in ours_only + theirs_only)
    )


def is_in_extended_input(request, error):
    schema = request.get("schema", "")
    at = error["locations"][0]
    before = schema[: offset_of(schema, (at["line"], at["column"]))]
    kinds = r"(extend\s+)?\b(type|input|interface|enum|union|scalar|directive|schema)\s+[@{\w]"
    found = list(re.finditer(kinds, before))
    return bool(found) and bool(re.match(r"extend\s+input", found[-1][0]))


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
    r'Variable "\$?(\w+)"(?: is of type "[^"]+" but)? must be non-nullable to be used for OneOf'
    r' Input Object "\w+"\.')


def is_variable_of_one_of(_, ours, theirs):
    """The same variables."""
    differing = [messages_without(ours, theirs), messages_without(theirs, ours)]
    found = [[ONE_OF_VARIABLE.fullmatch(it) for it in texts] for texts in differing]
    return all(found) and all(map(all, found)) and (
        {it[1] for it in found[0]} == {it[1] for it in found[1]})


def is_unread_variable(request, ours, theirs):
    """graphql-js fails where an undefined variable stands in a OneOf input object."""
    undefined = re.compile(r'Variable "\$\w+" is not defined( by operation "\w+")?\.')
    return (
        message(theirs) == "Cannot read properties of undefined (reading 'type')"
        and "@oneOf" in request.get("schema", "")
        and any(undefined.fullmatch(it) for it in messages(ours))
    )


def is_repeated_argument(_, ours, theirs):
    """Which of two arguments of one name counts when fields are compared."""
    repeated = any(it.startswith("There can be only one argument named ") for it in messages(ours))
    differing = messages_without(ours, theirs) + messages_without(theirs, ours)
    return repeated and bool(differing) and all(
        "they have differing arguments" in it for it in differing)


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
    """The same but for conflicts, and those are between the same fields."""
    conflict = re.compile(r'Fields "\w+" conflict because .*')
    others = [
        [it for it in errors_of(answer) if not conflict.fullmatch(it["message"])]
        for answer in (ours, theirs)]
    fields = [
        {(at["line"], at["column"]) for it in errors_of(answer) if it not in left
         for at in it["locations"]}
        for answer, left in zip((ours, theirs), others)]
    return others[0] == others[1] and bool(fields[0]) and fields[0] == fields[1]


def is_deep_introspection(_, ours, theirs):
    ours_only = messages_without(ours, theirs)
    return bool(ours_only) and not messages_without(theirs, ours) and set(ours_only) == {
        "Maximum introspection depth exceeded"}


ARRAY_FAULT = re.compile(
    r'Variable "\$(\w+)" got invalid value \[.*\]( at "\S+")?; (?P<fault>.*)')
ARRAY_REFUSED = re.compile(r'Expected type "\w+" to be an object\.')
ARRAY_FIELDS = re.compile(
    r'Field "\w+" of required type ".*" was not provided\.'
    r'|Field "\d+" is not defined by type "\w+"\..*'
    r'|Exactly one key must be specified for OneOf type "\w+"\.')


def is_array_for_object(request, ours, theirs):
    """Marquee refuses an array; graphql-js finds fault with its fields, or none."""
    ours_only = [ARRAY_FAULT.fullmatch(it) for it in messages_without(ours, theirs)]
    theirs_only = [ARRAY_FAULT.fullmatch(it) for it in messages_without(theirs, ours)]
    refused = all(it and ARRAY_REFUSED.fullmatch(it["fault"]) for it in ours_only)
    takes_all = "data" in theirs and len(ours_only) == len(errors_of(ours))
    return request["op"] == "execute" and bool(ours_only) and refused and (
        takes_all or all(it and ARRAY_FIELDS.fullmatch(it["fault"]) for it in theirs_only))


# Numbers

TOO_LARGE = re.compile(
    r"(\S+ has invalid default value( at \S+)?: )?"
    r"Float cannot represent non numeric value: (?P<number>-?[\d.]+([eE][+-]?\d+)?)")


def is_infinite_number(_, ours, theirs):
    """A literal that no double holds; graphql-js reads it as Infinity."""
    ours_only = [TOO_LARGE.fullmatch(it) for it in messages_without(ours, theirs)]
    return bool(ours_only) and all(
        it and math.isinf(float(it["number"])) for it in ours_only)


# Limits

TOO_MANY = "Too many validation errors, error limit reached. Validation aborted."


def is_limited(_, ours, theirs):
    """graphql-js has no limit for errors of schemas."""
    return (
        len(errors_of(ours)) == 101 and len(errors_of(theirs)) > 100
        and messages(ours)[-1] == TOO_MANY and TOO_MANY not in messages(theirs)
        and errors_of(ours)[:-1] == errors_of(theirs)[:100]
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
    """A field may be renamed by an alias; nothing else of an object can be one of these texts."""
    return isinstance(value, dict) and any(it in ("oneOf", "isOneOf") for it in value.values())


def is_composed_default(request, ours, theirs):
    """The same without the defaults that cannot be written."""
    if request["op"] != "introspect" or errors_of(ours) or not errors_of(theirs):
        return False
    unwritten = all(it.startswith("Cannot convert value to AST: ") for it in messages(theirs))
    return unwritten and as_before({"data": nulled(ours["data"], theirs)}) == as_before(
        {"data": theirs["data"]})


def nulled(data, answer):
    """`data` with null for the lists and objects at which the errors of `answer` point."""
    data = copy.deepcopy(data)
    for error in errors_of(answer):
        *steps, last = error["path"]
        place = data
        for step in steps:
            place = place[int(step) if isinstance(place, list) else step]
        if last == "defaultValue" and str(place[last]).startswith(("[", "{")):
            place[last] = None
    return data


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
        "depth of introspection",
        "A rule of graphql-js since 16.9: it keeps introspection from growing without end.",
        is_deep_introspection,
    ),
    (
        "infinite numbers",
        "A Float is finite, says the specification; graphql-js takes a literal such as 1e400 for"
        " Infinity.",
        is_infinite_number,
    ),
    (
        "more than 100 errors of a schema",
        "Marquee stops at a limit with schemas, too.",
        is_limited,
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
