"""The inputs of all rows: written once for a run, the same on every machine."""

import json
import random
import shutil
from pathlib import Path

DOCUMENTS = Path(__file__).resolve().parent / "documents"

# With these come 1,500 types and 9,000 fields.
TYPES = 1_500
OBJECT_FIELDS = 3
INPUT_FIELDS = 5
ITEMS = 10_000
PLAIN_ITEMS = 1_000


def write(folder):
    """Writes documents and data; the rows name them."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in DOCUMENTS.glob("*.graphql"):
        shutil.copy(file, folder)
    data = catalogue()
    (folder / "catalogue.json").write_text(json.dumps(data, ensure_ascii=False))
    plain = {"items": data["items"][:PLAIN_ITEMS]}
    (folder / "plain.json").write_text(json.dumps(plain, ensure_ascii=False))
    (folder / "large-schema.graphql").write_text(LargeSchema().text())
    (folder / "large-query.graphql").write_text(large_query())


def catalogue():
    randomness = random.Random(1)
    return {
        "items": [item(number, randomness) for number in range(1, ITEMS + 1)],
        "movies": [movie(number) for number in range(1, 21)],
    }


def item(number, randomness):
    return {
        "id": str(number),
        "name": f"Item {number}",
        "note": None if number % 4 == 0 else f"about “item” {number}, with some more text",
        "count": randomness.randrange(1_000_000),
        "rank": number % 100,
        "price": randomness.randrange(100_000) / 100,
        "isActive": number % 3 > 0,
        "createdAt": f"2026-01-{number % 28 + 1:02}T12:00:00Z",
    }


def movie(number):
    return {
        "id": f"m{number}", "title": f"The Movie of {1900 + number}", "year": 1900 + number,
        "reviews": [review(f"m{number}r{place}", place) for place in range(1, 6)],
    }


def review(name, stars):
    return {
        "id": name, "stars": stars, "text": f"A review that gives {stars} of 5 stars to it.",
        "comments": [
            {"id": f"{name}c{place}", "text": f"Comment {place} on {name}."} for place in (1, 2)],
    }


# A schema of the size of GitHub's.

SCALARS = ["String", "String!", "Int", "Int!", "Boolean!", "ID", "Float", "Moment", "Address!"]
WORDS = (
    "issue pull request commit review team member project card column label milestone release "
    "asset check suite run status branch rule policy package file version sponsor tier donation "
    "discussion answer poll option reaction comment thread alert advisory enterprise audit entry"
).split()


class LargeSchema:
    """Objects, a few interfaces, unions, enums and inputs, with descriptions as people write."""

    def __init__(self):
        self.randomness = random.Random(2)
        share = TYPES // 100
        self.inputs = [f"{self.name(i)}Input{i}" for i in range(share * 18)]
        self.enums = [f"{self.name(i)}State{i}" for i in range(share * 12)]
        self.unions = [f"{self.name(i)}Union{i}" for i in range(share * 3)]
        self.interfaces = [f"{self.name(i)}Facet{i}" for i in range(share * 4)]
        others = [self.inputs, self.enums, self.unions, self.interfaces]
        objects = TYPES - sum(map(len, others)) - len(["Query", "Moment", "Address"])
        self.objects = [f"{self.name(i)}Object{i}" for i in range(objects)]

    def name(self, number):
        first, second = WORDS[number % len(WORDS)], WORDS[number * 7 % len(WORDS)]
        return first.capitalize() + second.capitalize()

    def text(self):
        parts = ['"A moment in time."\nscalar Moment\n', "scalar Address\n", self.query()]
        parts += [self.interface(name) for name in self.interfaces]
        parts += [self.object(number, name) for number, name in enumerate(self.objects)]
        parts += [self.input(name) for name in self.inputs]
        parts += [self.enum(name) for name in self.enums]
        parts += [self.union(name) for name in self.unions]
        return "\n".join(parts)

    def words(self, count):
        return " ".join(self.randomness.choice(WORDS) for _ in range(count))

    def described(self, indentation, text):
        words = f"{self.words(self.randomness.randrange(4, 14)).capitalize()}."
        return f'{indentation}"""\n{indentation}{words}\n{indentation}"""\n{indentation}{text}\n'

    def query(self):
        fields = "".join(
            self.described("  ", f"object{number}(id: ID!, first: Int = 10): {name}")
            for number, name in enumerate(self.objects))
        return f"type Query {{\n{fields}}}\n"

    def output_type(self):
        choice = self.randomness.random()
        if choice < 0.5:
            return self.randomness.choice(SCALARS)
        if choice < 0.6:
            return self.randomness.choice(self.enums)
        if choice < 0.65:
            return self.randomness.choice(self.unions)
        if choice < 0.7:
            return self.randomness.choice(self.interfaces) + "!"
        name = self.randomness.choice(self.objects)
        return self.randomness.choice([name, f"{name}!", f"[{name}!]!", f"[{name}]"])

    def arguments(self):
        if self.randomness.random() < 0.7:
            return ""
        order = self.randomness.choice(self.inputs)
        return f"(first: Int = 20, after: String, last: Int, by: {order})"

    def fields(self, count):
        return "".join(
            self.described("  ", f"field{number}{self.arguments()}: {self.output_type()}")
            for number in range(count))

    def interface(self, name):
        return self.described("", f"interface {name} {{\n  id: ID!\n  common: String\n}}")

    def object(self, number, name):
        facet = self.interfaces[number % len(self.interfaces)]
        next_name = self.objects[(number + 1) % len(self.objects)]
        body = f"  id: ID!\n  common: String\n  next(first: Int): {next_name}\n  title: String\n"
        fields = self.fields(OBJECT_FIELDS)
        return self.described("", f"type {name} implements {facet} {{\n{body}{fields}}}")

    def input(self, name):
        fields = "".join(
            self.described("  ", f"field{number}: {self.randomness.choice(SCALARS[:7])}")
            for number in range(INPUT_FIELDS))
        return self.described("", f"input {name} {{\n{fields}}}")

    def enum(self, name):
        values = "".join(self.described("  ", f"VALUE_{number}") for number in range(6))
        return self.described("", f"enum {name} {{\n{values}}}")

    def union(self, name):
        members = " | ".join(self.randomness.sample(self.objects, 5))
        return self.described("", f"union {name} = {members}")


def large_query():
    """200 fields, with arguments, aliases, fragments and nesting as clients write them."""
    parts = []
    for number in range(10):
        inner = "id title common " + " ".join(
            f"n{alias}: next(first: $first) {{ id title common }}" for alias in range(3))
        parts.append(
            f'  first{number}: object{number * 31}(id: "{number}") {{ id title '
            f"next {{ {inner} }} }}")
    return "query Large($first: Int = 3) {\n" + "\n".join(parts) + "\n}\n"


# The same in three sizes.

def fields_document(bytes_wanted):
    """A legal document of about that many bytes: different fields of one object."""
    head, tail = "{ wide {", "} }"
    names, size, number = [], len(head) + len(tail), 0
    while size + len(name := f" field{number:05}") <= bytes_wanted:
        names.append(name)
        size += len(name)
        number += 1
    return (head + "".join(names) + " " * (bytes_wanted - size) + tail).encode()


def wide_schema(fields):
    lines = "".join(f"  field{number:05}: Int!\n" for number in range(fields))
    return f"type Query {{ wide: Wide! }}\ntype Wide {{\n  wide: Wide\n{lines}}}\n".encode()
