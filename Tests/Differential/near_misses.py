"""Makes documents, schemas and JSON that are nearly right out of ones that are."""

import copy

# What can be left out, said twice, moved, or stand for another of its kind.
ITEMS = {
    "definition", "selection", "argument", "directive", "variableDefinition", "objectField",
    "root", "joined|", "joined&", "enumValue", "inputValue", "fieldDefinition", "optional",
}
NAMES = {
    "typeName", "fieldName", "argumentName", "fragmentName", "variableName", "operationName",
    "directiveName", "enumName", "location", "operation",
}
BRACKETED = (
    "selections*", "arguments*", "variables*", "object*", "members*", "parameters*", "roots*")
VALUES = (
    'null true false 0 1 -1 5 2147483648 -2147483649 9007199254740993 1.0 1.5 -0.0 1e3 1e40 "" "a"'
    ' "5" """block""" RED EN UP A [] [1] [null] ["a"] [[1]] [[1],2] {} {a:1} {id:1} $a $id $new'
).split()
ODD_NAMES = ["__typename", "__schema", "__type", "__a", "on_", "if", "id", "String", "Int", "new"]
WORDS = [None, True, False, 0, 1, -1, 5, 2147483648, 1.5, 1e20, 1e-7, "", "a", "5", "RED", "EN"]


def places(tree, wanted, found=None):
    """(parent, index) of each tree of a kind in `wanted`."""
    found = [] if found is None else found
    for index, part in enumerate(tree):
        if isinstance(part, list):
            if part[0] in wanted:
                found.append((tree, index))
            places(part, wanted, found)
    return found


class Vocabulary:
    """Names and items of some trees, by kind."""

    def __init__(self, trees):
        self.names = {}
        self.items = {}
        for tree in trees:
            for parent, index in places(tree, NAMES):
                self.names.setdefault(parent[index][0], []).append(parent[index][1])
            for parent, index in places(tree, ITEMS | {"value", "type"}):
                self.items.setdefault(parent[index][0], []).append(parent[index])


def near_miss(random, tree, vocabulary, count):
    """`tree` after `count` changes."""
    tree = copy.deepcopy(tree)
    for _ in range(count):
        random.choice(CHANGES)(random, tree, vocabulary)
    drop_empty_brackets(tree)
    return tree


def drop_empty_brackets(tree):
    for part in [*tree]:
        if isinstance(part, list):
            drop_empty_brackets(part)
            if part[0] in BRACKETED and len(part) == 3 and part[0] != "object*":
                tree.remove(part)
            elif part[0] == "optional" and not joined_is_full(part):
                tree.remove(part)


def joined_is_full(part):
    return len(part) > 2 or part[1].startswith('"')


def some(random, tree, wanted):
    found = places(tree, wanted)
    return random.choice(found) if found else (None, None)


def drop(random, tree, _):
    parent, index = some(random, tree, ITEMS)
    if parent is not None:
        del parent[index]


def repeat(random, tree, _):
    parent, index = some(random, tree, ITEMS - {"optional"})
    if parent is not None:
        parent.insert(index, copy.deepcopy(parent[index]))


def move(random, tree, vocabulary):
    """Puts an item, of this tree or of another, before one of its kind."""
    parent, index = some(random, tree, ITEMS - {"optional"})
    if parent is not None:
        item = random.choice(vocabulary.items.get(parent[index][0]) or [parent[index]])
        parent.insert(index, copy.deepcopy(item))


def replace(random, tree, vocabulary):
    parent, index = some(random, tree, ITEMS - {"optional"})
    if parent is not None:
        item = random.choice(vocabulary.items.get(parent[index][0]) or [parent[index]])
        parent[index] = copy.deepcopy(item)


def rename(random, tree, vocabulary):
    parent, index = some(random, tree, NAMES)
    if parent is None:
        return
    kind, name = parent[index]
    how = random.random()
    if how < 0.65:
        name = random.choice(vocabulary.names.get(kind) or [name])
    elif how < 0.85:
        name = misspelt(random, name)
    elif how < 0.93:
        name = random.choice(random.choice([*vocabulary.names.values()]))
    else:
        name = random.choice(ODD_NAMES)
    parent[index] = [kind, name]


def misspelt(random, name):
    place = random.randrange(len(name))
    end = place + random.randrange(2)
    changed = name[:place] + random.choice(["", "s", "Y", "0", "_"]) + name[end:]
    if random.random() < 0.2:
        changed = name.swapcase()
    return changed if changed and not changed[0].isdigit() else "n" + name


def change_value(random, tree, vocabulary):
    parent, index = some(random, tree, {"value"})
    if parent is None:
        return
    how = random.random()
    if how < 0.5:
        parent[index] = ["value", random.choice(VALUES)]
    elif how < 0.7:
        parent[index] = copy.deepcopy(random.choice(vocabulary.items["value"]))
    elif how < 0.9:
        parent[index] = ["value", ["values*", "[", parent[index], "]"]]
    else:
        name = random.choice(vocabulary.names["argumentName"])
        field = ["objectField", ["argumentName", name], ":", parent[index]]
        parent[index] = ["value", ["object*", "{", field, "}"]]


def change_type(random, tree, vocabulary):
    parent, index = some(random, tree, {"type"})
    if parent is None:
        return
    how = random.random()
    if how < 0.3:
        parent[index] = copy.deepcopy(random.choice(vocabulary.items["type"]))
    elif how < 0.5:
        parent[index] = ["type", "[", parent[index], "]"]
    elif parent[index][-1] == "!":
        parent[index].pop()
    else:
        parent[index].append("!")


def add_directive(random, tree, vocabulary):
    parent, index = some(random, tree, ITEMS - {"optional", "argument", "objectField", "directive"})
    directives = vocabulary.items.get("directive")
    if parent is None or not directives:
        return
    item = parent[index]
    ends = item[-1] if isinstance(item[-1], list) else [""]
    place = len(item) - 1 if ends[0] in BRACKETED and ends[0] != "parameters*" else len(item)
    item.insert(place, copy.deepcopy(random.choice(directives)))


def add_alias(random, tree, vocabulary):
    found = [it for it in places(tree, {"selection"}) if it[0][it[1]][1] != "..."]
    if found:
        parent, index = random.choice(found)
        item = parent[index]
        if item[1][0] == "optional":
            del item[1]
        alias = random.choice(vocabulary.names["fieldName"])
        item.insert(1, ["optional", alias, ":"])


def wrap_selection(random, tree, vocabulary):
    parent, index = some(random, tree, {"selection"})
    if parent is not None:
        condition = ["optional", "on", ["typeName", random.choice(vocabulary.names["typeName"])]]
        inner = ["selections*", "{", parent[index], "}"]
        parent[index] = ["selection", "...", *random.choice([[], [condition]]), inner]


def swap(random, tree, _):
    """Changes the order of two items."""
    parent, index = some(random, tree, ITEMS - {"optional"})
    if parent is not None:
        same = [it for it, part in enumerate(parent) if part[0] == parent[index][0]]
        other = random.choice(same)
        parent[index], parent[other] = parent[other], parent[index]


CHANGES = (
    [rename] * 5 + [change_value] * 4 + [change_type] * 2 + [drop] * 3 + [move, replace] * 2
    + [repeat, add_directive, add_alias, wrap_selection, swap]
)


def changed_json(random, value, types, count):
    """`value` after `count` changes; `types` are what `__typename` may become."""
    value = copy.deepcopy(value)
    for _ in range(count):
        holders = []
        find_holders(value, holders)
        if holders:
            change_member(random, *random.choice(holders), types)
    return value


def find_holders(value, holders):
    entries = value.items() if isinstance(value, dict) else enumerate(value)
    for key, member in entries:
        holders.append((value, key))
        if isinstance(member, (dict, list)):
            find_holders(member, holders)


def change_member(random, holder, key, types):
    how = random.randrange(7)
    if key == "__typename" and how < 6:
        holder[key] = random.choice([*types, "Nothing", None, 5])
    elif how < 4:
        holder[key] = random.choice(WORDS)
    elif how == 4:
        holder[key] = random.choice([[], {}, [None], [[1]], {"a": 1}, [1, "2"], [{}]])
    elif how == 5:
        holder[key] = [holder[key]]
    else:
        del holder[key]
