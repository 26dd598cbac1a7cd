"""Makes documents that are nearly right out of documents that are."""

import re

TOKEN = re.compile(
    r'"""(?:\\"""|[^"]|"(?!""))*"""'  # block strings
    r'|"(?:\\.|[^"\\\n])*"'  # strings
    r"|[_A-Za-z][_0-9A-Za-z]*"
    r"|-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?"
    r"|\.\.\.|#[^\n]*|\s+|.",
    re.DOTALL,
)

TOKENS = """
    { } ( ) [ ] : = ! | & @ $ ... .. . , # "
    \"\"\" \"\"\"\"\"\" "" "a" \"\"\"a\"\"\" - 0 00 01 1 -1 -0
    1.5 1. .5 1e5 1e 1.0e 0x1 1a 1_ 1.5.5 query mutation subscription fragment on true false null
    schema scalar type interface implements union enum input directive repeatable extend FIELD
    QUERY OBJECT a _ __typename $a @a @a(b:1) [A!]! {a} {a:1} (a:1) ($a:A) é 日 😀
""".split()

CHARACTERS = [
    *"{}()[]:=!|&@$.,#\"'\\/-+_019aeEunUtbx%^*?;<>~` \n\r\t",
    "\u0000", "\u0007", "\u0008", "\u000b", "\u001f", "\u007f", "\u0080", "\u0085", "\u00a0",
    "\u00e9", "\u2028", "\ufeff", "\ufffd", "\uffff", "\U0001f600", "\U0010ffff",
    "\r\n", "\\u", "\\u00e9", "\\u{", "\\u{1F600}", "\\uD83D", "\\uDE00", "\\uD83D\\uDE00",
    "\\u{110000}", "\\u{D800}", "\\x", '\\"""',
]


def tokens_of(text):
    return TOKEN.findall(text)


def mutated(random, corpus):
    """One text of `corpus`, a list of texts, after none to four changes."""
    text = random.choice(corpus)
    if random.random() < 0.5:
        text = a_definition(random, text)
    for _ in range(random.choice([0, 1, 1, 1, 1, 2, 2, 3, 4])):
        text = random.choice(CHANGES)(random, text, corpus)
    return text


def a_definition(random, text):
    """What stands between two blank lines or line ends of which the second begins a definition."""
    parts = re.split(r"\n(?=[^\s})|\"])", text)
    return random.choice(parts)


def change_token(random, text, corpus):
    """Deletes, repeats, replaces, inserts, or swaps tokens."""
    tokens = tokens_of(text)
    if not tokens:
        return random.choice(TOKENS)
    place = random.randrange(len(tokens))
    kind = random.randrange(6)
    if kind == 0:
        del tokens[place]
    elif kind == 1:
        tokens.insert(place, tokens[place])
    elif kind == 2:
        tokens[place] = random.choice(TOKENS)
    elif kind == 3:
        tokens.insert(place, " " * random.randrange(2) + random.choice(TOKENS))
    elif kind == 4:
        tokens[place] = random.choice(tokens_of(random.choice(corpus)))
    else:
        other = random.randrange(len(tokens))
        tokens[place], tokens[other] = tokens[other], tokens[place]
    return "".join(tokens)


def change_character(random, text, _):
    """Deletes, replaces, or inserts one character."""
    place = random.randrange(len(text) + 1)
    kind = random.randrange(3)
    end = place if kind == 0 else place + 1
    return text[:place] + ("" if kind == 1 else random.choice(CHARACTERS)) + text[end:]


def change_range(random, text, _):
    """Deletes or repeats a run of tokens."""
    tokens = tokens_of(text)
    start = random.randrange(len(tokens) + 1)
    end = min(len(tokens), start + random.randrange(1, 12))
    run = tokens[start:end] * random.choice([0, 0, 2, 3])
    return "".join(tokens[:start] + run + tokens[end:])


def splice(random, text, corpus):
    """The beginning of a text and the end of another one."""
    ours = tokens_of(text)
    theirs = tokens_of(random.choice(corpus))
    start = random.randrange(len(ours) + 1)
    end = random.randrange(len(theirs) + 1)
    return "".join(ours[:start] + theirs[end : end + 40])


def cut(random, text, _):
    """Ends the text anywhere."""
    return text[: random.randrange(len(text) + 1)]


CHANGES = [change_token] * 6 + [change_character] * 4 + [change_range, splice, cut]
