"""Requests about schemas: each of the four modes is a function that makes one request."""

import json
from pathlib import Path

from near_misses import Vocabulary, changed_json, near_miss, places
from trees import text_of, tree_of

SCHEMAS = Path(__file__).resolve().parent / "schemas"


# The first version of graphql-js that can read a schema.
NEEDED_VERSIONS = {"choices": (16, 9)}


class Subject:
    """A schema, documents that are valid against it, and what they may be run over."""

    def __init__(self, folder):
        self.needed_version = NEEDED_VERSIONS.get(folder.name, (0, 0))
        self.schema_text = (folder / "schema.graphql").read_text()
        self.schema = tree_of(self.schema_text)
        self.definitions = tree_of((folder / "documents.graphql").read_text())[1:]
        self.root = json.loads((folder / "root.json").read_text())
        self.variables = json.loads((folder / "variables.json").read_text())
        self.words = Vocabulary([self.schema, ["document", *self.definitions]])
        self.fragments = {it[2][1]: it for it in self.definitions if it[1] == "fragment"}
        self.operations = [it for it in self.definitions if it[1] != "fragment"]
        self.types = self.words.names["typeName"]

    def operation(self, random):
        """An operation and the fragments that it needs."""
        tree = ["document", random.choice(self.operations)]
        known = set()
        while missing := [it for it in fragment_names(tree) if it not in known]:
            known.add(missing[0])
            tree.append(self.fragments[missing[0]])
        return tree

    def document(self, random):
        if random.random() < 0.03:
            return ["document", *self.definitions]
        tree = self.operation(random)
        if random.random() < 0.05:
            tree += self.operation(random)[1:]
        return tree


def fragment_names(tree):
    selections = (parent[index] for parent, index in places(tree, {"selection"}))
    spreads = (it for it in selections if it[1] == "..." and len(it) > 2)
    return [it[2][1] for it in spreads if it[2][0] == "fragmentName"]


def subjects(version):
    """Those whose schemas a reference of this version, a tuple of numbers, can read."""
    known = [Subject(folder) for folder in sorted(SCHEMAS.iterdir())]
    return [it for it in known if it.needed_version <= version]


def validate_request(random, subjects):
    subject = random.choice(subjects)
    changes = random.choice([0, 1, 1, 1, 1, 2, 2, 3, 4, 8])
    document = near_miss(random, subject.document(random), subject.words, changes)
    schema = subject.schema_text
    if random.random() < 0.1:
        schema = text_of(near_miss(random, subject.schema, subject.words, 1))
    return {"op": "validate", "schema": schema, "document": text_of(document)}


def changed_schema(random, subjects, changes):
    subject = random.choice(subjects)
    return text_of(near_miss(random, subject.schema, subject.words, random.choice(changes)))


def validate_schema_request(random, subjects):
    schema = changed_schema(random, subjects, [0, 1, 1, 1, 1, 2, 2, 3, 4, 8])
    return {"op": "validateSchema", "schema": schema}


def introspect_request(random, subjects):
    return {"op": "introspect", "schema": changed_schema(random, subjects, [1, 1, 1, 2, 3])}


def execute_request(random, subjects):
    subject = random.choice(subjects)
    changes = random.choice([0, 0, 0, 0, 0, 0, 1, 1, 2])
    document = near_miss(random, subject.document(random), subject.words, changes)
    names = [it[2][1] for it in document[1:] if len(it) > 2 and it[2][0] == "operationName"]
    request = {
        "op": "execute",
        "schema": subject.schema_text,
        "document": text_of(document),
        "root": changed_json(random, subject.root, subject.types, random.choice([0, 1, 4, 12])),
        "variables": changed_json(
            random, subject.variables, subject.types, random.choice([0, 0, 0, 0, 1, 2, 3])),
    }
    if random.random() < 0.1:
        request["operationName"] = random.choice([*names, None, "Nobody"])
    return request
