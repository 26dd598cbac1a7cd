"""What is measured. A row names the work that both sides do, and what they do it with."""

import json
from dataclasses import dataclass

import inputs

PROMISED_RATIO = 10
STRETCH_RATIO = 20
PROMISED_ALLOCATIONS = 20
PROMISED_GROWTH = 1.3
#: The most memory that refusing a document may take, in bytes.
PEAK_LIMIT = 4 << 20
SIZES = (1, 10, 100)

FLAT = "{ %s { id name note count rank price isActive createdAt } }"
NESTED = "{ movies { id title year %s { id stars text comments { id text } } } }"
TINY = "query Tiny($id: ID!) { %s(id: $id) { id name price } }"
FIRST = "query First($first: Int!) { items(first: $first) { id name count price isActive } }"


@dataclass
class Row:
    """A row of the comparison. `same`: what of an answer both sides must have alike."""

    name: str
    title: str
    work: str
    document: str
    schema: str = ""
    program: str = ""
    variables: dict | None = None
    same: object = str

    def written(self):
        fields = ("work", "document", "schema", "program", "variables")
        values = {field: getattr(self, field) for field in fields}
        return {field: value for field, value in values.items() if value}


BUILT_IN_DIRECTIVES = ["skip", "include", "deprecated", "specifiedBy", "oneOf"]


def own_parts(answer):
    """What an answer says about the schema's own parts: those that every schema has have changed
    since graphql-js 16.6.
    """
    schema = json.loads(answer)["data"]["__schema"]
    schema["directives"] = [
        d for d in schema["directives"] if d["name"] not in BUILT_IN_DIRECTIVES]
    schema["types"] = [t for t in schema["types"] if not t["name"].startswith("__")]
    return json.dumps(schema)


CATALOGUE = {"schema": "catalogue.graphql", "program": "catalogue"}

COMPARED = [
    Row("parse-kitchen-query", "parse: kitchen sink", "parse", "kitchen-query.graphql"),
    Row("parse-introspection", "parse: introspection", "parse", "introspection.graphql"),
    Row("parse-kitchen-schema", "parse: kitchen sink of a schema", "parse",
        "kitchen-schema.graphql"),
    Row("parse-large-schema", "parse: schema of 1,500 types", "parse", "large-schema.graphql"),
    Row("validate-kitchen", "validate: kitchen sink", "validate", "kitchen-query.graphql",
        "kitchen-schema.graphql"),
    Row("validate-introspection", "validate: introspection", "validate",
        "introspection.graphql", "kitchen-schema.graphql"),
    Row("validate-large", "validate: 200 fields, 1,500 types", "validate",
        "large-query.graphql", "large-schema.graphql"),
    Row("flat", "execute: 1,000 x 8", "execute", "flat.graphql", **CATALOGUE),
    Row("flat-loaded", "execute: 1,000 x 8, loaded", "execute", "flat-loaded.graphql",
        **CATALOGUE),
    Row("nested", "execute: 20 x 5 x 2", "execute", "nested.graphql", **CATALOGUE),
    Row("nested-loaded", "execute: 20 x 5 x 2, loaded", "execute", "nested-loaded.graphql",
        **CATALOGUE),
    Row("tiny", "execute: tiny", "execute", "tiny.graphql", **CATALOGUE,
        variables={"id": "7"}),
    Row("tiny-loaded", "execute: tiny, loaded", "execute", "tiny-loaded.graphql", **CATALOGUE,
        variables={"id": "7"}),
    Row("flat-json", "execute: 1,000 x 8, from JSON", "execute", "flat-json.graphql",
        "plain.graphql", "json"),
    Row("introspect", "execute: introspection, 1,500 types", "execute",
        "introspection.graphql", "large-schema.graphql", "json", same=own_parts),
    Row("request", "known request: tiny", "request", "tiny.graphql", **CATALOGUE,
        variables={"id": "7"}),
    Row("request-loaded", "known request: tiny, loaded", "request", "tiny-loaded.graphql",
        **CATALOGUE, variables={"id": "7"}),
]

#: The rows in which a tiny operation is answered that is known.
TINY_ROWS = ["tiny", "tiny-loaded", "request", "request-loaded"]

# How costs grow.

WIDE = {"schema": "wide.graphql", "program": "wide"}
WIDE_FIELDS = 20_000
SMALLEST_DOCUMENT = 2_000
SMALLEST_RESULT = 100


def growing():
    """Rows in three sizes, by the name of what grows."""
    rows = {"parse": [], "validate": [], "prepare": [], "execute": []}
    for size in SIZES:
        document = f"wide-{size}.graphql"
        rows["parse"].append(Row(f"parse-{size}", "", "parse", document))
        rows["validate"].append(
            Row(f"validate-{size}", "", "validate", document, "wide.graphql"))
        rows["prepare"].append(Row(f"prepare-{size}", "", "prepare", document, **WIDE))
        rows["execute"].append(Row(
            f"execute-{size}", "", "execute", "first.graphql", **CATALOGUE,
            variables={"first": SMALLEST_RESULT * size}))
    return rows


GROWING = growing()

# What is refused.


def nested_fields(count):
    return (b"{" + b"wide{" * count + b"wide" + b"}" * count + b"}")


def cyclic_fragments(count):
    """Every fragment spreads every other one."""
    names = [f"F{number}" for number in range(count)]
    spreads = "".join(f"...{name} " for name in names)
    parts = [f"fragment {name} on Wide {{ {spreads}}}" for name in names]
    return (f"{{ wide {{ {spreads}}} }} " + " ".join(parts)).encode()


def alias_bomb(count):
    return ("{ wide {" + "".join(f" a{n}: field00001" for n in range(count)) + "} }").encode()


def directive_bomb(count):
    return ("{ wide { field00001" + " @skip(if: false)" * count + "} }").encode()


def invalid_utf8(count):
    return inputs.fields_document(count)[:-20] + b"\xff\xfe # \xc3( } }      "


ATTACKS = {
    "nested 5,000 deep": nested_fields(5_000),
    "nested 400 deep": nested_fields(400),
    "huge": inputs.fields_document(390_000),
    "cyclic fragments": cyclic_fragments(65),
    "alias bomb": alias_bomb(2_400),
    "directive bomb": directive_bomb(1_600),
    "invalid UTF-8": invalid_utf8(40_000),
}


def refused():
    """Pairs of rows: what is refused, and a legal document of a quarter of its size."""
    pairs = {}
    for number, name in enumerate(ATTACKS):
        pairs[name] = (
            Row(f"attack-{number}", name, "first", f"attack-{number}.graphql", **WIDE),
            Row(f"quarter-{number}", name, "first", f"quarter-{number}.graphql", **WIDE))
    return pairs


REFUSED = refused()


def write(folder, introspection_query):
    """Writes the rows and what only they need."""
    documents = {
        "introspection": introspection_query,
        "flat": FLAT % "items", "flat-loaded": FLAT % "items: loadedItems",
        "flat-json": FLAT % "items",
        "nested": NESTED % "reviews", "nested-loaded": NESTED % "reviews: loadedReviews",
        "tiny": TINY % "item", "tiny-loaded": TINY % "item: loadedItem",
        "first": FIRST,
    }
    for name, text in documents.items():
        (folder / f"{name}.graphql").write_text(text)
    (folder / "wide.graphql").write_bytes(inputs.wide_schema(WIDE_FIELDS))
    for size in SIZES:
        document = inputs.fields_document(SMALLEST_DOCUMENT * size)
        (folder / f"wide-{size}.graphql").write_bytes(document)
    for number, document in enumerate(ATTACKS.values()):
        (folder / f"attack-{number}.graphql").write_bytes(document)
        legal = inputs.fields_document(len(document) // 4)
        (folder / f"quarter-{number}.graphql").write_bytes(legal)
    rows = COMPARED + sum(GROWING.values(), []) + [row for pair in REFUSED.values() for row in pair]
    (folder / "rows.json").write_text(json.dumps({row.name: row.written() for row in rows}))
