"""Trees of documents, for changes that keep the grammar.

A tree is a list [kind, part, ...]; its parts are trees and tokens. A kind that ends in `*` is a
bracket: its first and last parts are the brackets, and it stands or falls with its items. Every
document that graphql-js reads can be read here; others may raise `IndexError` or `ValueError`.
"""

import re

TOKEN = re.compile(
    r'"""(?:\\"""|[^"]|"(?!""))*"""|"(?:\\.|[^"\\\n])*"|[_A-Za-z][_0-9A-Za-z]*'
    r"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|\.\.\.|[{}()\[\]:=!|&@$]"
)
LINE_ENDS = {"{", "}"}


def tree_of(text):
    return Reader(TOKEN.findall(text)).document()


def text_of(tree):
    """Each field and definition begins a line, so that errors have places worth comparing."""
    tokens = []
    gather(tree, tokens)
    return " ".join(tokens).replace("$ ", "$").replace("@ ", "@").replace("\n ", "\n")


def gather(tree, tokens):
    for part in tree[1:]:
        if isinstance(part, list):
            gather(part, tokens)
        else:
            tokens.append(part + "\n" if part in LINE_ENDS else part)


class Reader:
    def __init__(self, tokens):
        self.tokens = [*tokens, ""]
        self.place = 0

    @property
    def next(self):
        return self.tokens[self.place]

    def take(self, expected=None):
        token = self.tokens[self.place]
        if token == "" or expected not in (None, token):
            raise ValueError(f"{expected} is expected, not {token}")
        self.place += 1
        return token

    def taken(self, token):
        return [self.take()] if self.next == token else []

    def bracket(self, kind, opening, closing, item):
        """At most one tree."""
        if self.next != opening:
            return []
        tree = [kind, self.take()]
        while self.next != closing:
            tree.append(item())
        return [[*tree, self.take()]]

    def name(self, kind):
        return [kind, self.take()]

    def document(self):
        tree = ["document"]
        while self.next:
            tree.append(self.definition())
        return tree

    def definition(self):
        description = self.description()
        if self.next == "{":
            return ["definition", *self.selections()]
        word = self.next
        if word in ("query", "mutation", "subscription"):
            return ["definition", *description, *self.operation()]
        if word == "fragment":
            return ["definition", *description, *self.fragment()]
        return ["definition", *description, *self.taken("extend"), *self.type_system()]

    # Operations

    def operation(self):
        return [
            self.name("operation"),
            *([self.name("operationName")] if self.next not in ("(", "{", "@") else []),
            *self.bracket("variables*", "(", ")", self.variable_definition),
            *self.directives(),
            *self.selections(),
        ]

    def fragment(self):
        return [
            self.take(), self.name("fragmentName"), self.take("on"), self.name("typeName"),
            *self.directives(), *self.selections(),
        ]

    def variable_definition(self):
        return [
            "variableDefinition", *self.description(), self.variable(), self.take(":"), self.type(),
            *self.default(), *self.directives(),
        ]

    def variable(self):
        return ["value", self.take("$"), self.name("variableName")]

    def selections(self):
        return self.bracket("selections*", "{", "}", self.selection)

    def selection(self):
        if self.next != "...":
            name = self.name("fieldName")
            if self.next == ":":
                name = ["alias", name[1], self.take()]
                name = [["optional", *name[1:]], self.name("fieldName")]
            else:
                name = [name]
            return ["selection", *name, *self.arguments(), *self.directives(), *self.selections()]
        dots = self.take()
        if self.next == "on":
            condition = ["optional", self.take(), self.name("typeName")]
            return ["selection", dots, condition, *self.directives(), *self.selections()]
        if self.next in ("{", "@"):
            return ["selection", dots, *self.directives(), *self.selections()]
        return ["selection", dots, self.name("fragmentName"), *self.directives()]

    # What both kinds of documents have

    def arguments(self):
        return self.bracket("arguments*", "(", ")", self.argument)

    def argument(self):
        return ["argument", self.name("argumentName"), self.take(":"), self.value()]

    def directives(self):
        directives = []
        while self.next == "@":
            directives.append(
                ["directive", self.take(), self.name("directiveName"), *self.arguments()])
        return directives

    def value(self):
        if self.next == "$":
            return self.variable()
        if self.next == "[":
            return ["value", *self.bracket("values*", "[", "]", self.value)]
        if self.next == "{":
            return ["value", *self.bracket("object*", "{", "}", self.object_field)]
        return ["value", self.take()]

    def object_field(self):
        return ["objectField", self.name("argumentName"), self.take(":"), self.value()]

    def type(self):
        if self.next == "[":
            tree = ["type", self.take(), self.type(), self.take("]")]
        else:
            tree = ["type", self.name("typeName")]
        return [*tree, *self.taken("!")]

    def default(self):
        return [["optional", self.take(), self.value()]] if self.next == "=" else []

    def description(self):
        return [["optional", self.take()]] if self.next.startswith('"') else []

    # Schemas

    def type_system(self):
        word = self.take()
        if word == "schema":
            return [
                word, *self.directives(), *self.bracket("roots*", "{", "}", self.root)]
        if word == "directive":
            return [
                word, self.take("@"), self.name("directiveName"), *self.parameters(),
                *self.taken("repeatable"), self.take("on"), *self.joined("|", "location"),
            ]
        parts = [word, self.name("typeName")]
        if self.next == "implements":
            parts.append(["optional", self.take(), *self.joined("&", "typeName")])
        parts += self.directives()
        if word == "union" and self.next == "=":
            return [*parts, ["optional", self.take(), *self.joined("|", "typeName")]]
        if word == "enum":
            return [*parts, *self.bracket("members*", "{", "}", self.enum_value)]
        if word == "input":
            return [*parts, *self.bracket("members*", "{", "}", self.input_value)]
        return [*parts, *self.bracket("members*", "{", "}", self.field_definition)]

    def root(self):
        return ["root", self.name("operation"), self.take(":"), self.name("typeName")]

    def joined(self, separator, kind):
        """Items with their separator before them, so that each can go."""
        first = self.next
        if first != separator:
            self.tokens.insert(self.place, separator)
        items = []
        while self.next == separator:
            items.append(["joined" + separator, self.take(), self.name(kind)])
        return items

    def enum_value(self):
        return ["enumValue", *self.description(), self.name("enumName"), *self.directives()]

    def parameters(self):
        return self.bracket("parameters*", "(", ")", self.input_value)

    def input_value(self):
        return [
            "inputValue", *self.description(), self.name("argumentName"), self.take(":"),
            self.type(), *self.default(), *self.directives(),
        ]

    def field_definition(self):
        return [
            "fieldDefinition", *self.description(), self.name("fieldName"), *self.parameters(),
            self.take(":"), self.type(), *self.directives(),
        ]
