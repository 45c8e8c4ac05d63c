"""Parses GraphQL documents: operations and fragments, with all that may stand in them."""

import json
import re
import textwrap
from dataclasses import dataclass, field


class Refused(Exception):
    """A request that cannot be answered; its message is for whoever sent it."""


@dataclass(frozen=True)
class Variable:
    name: str


@dataclass(frozen=True)
class Selection:
    """A field; or a fragment, spread (`spread`) or inline (neither `name` nor `spread`)."""

    name: str = ""
    alias: str = ""
    arguments: dict = field(default_factory=dict)
    directives: dict = field(default_factory=dict)
    selections: tuple | None = None
    spread: str = ""
    condition: str = ""


@dataclass(frozen=True)
class Operation:
    kind: str
    name: str
    # By name: whether it must be given, and its default.
    variables: dict
    selections: tuple


@dataclass(frozen=True)
class Document:
    operations: tuple
    fragments: dict


TOKEN = re.compile(
    r"""(?P<ignored>[\s,\ufeff]+|\#[^\n\r]*)
    |(?P<name>[_A-Za-z][_0-9A-Za-z]*)
    |(?P<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)
    |(?P<block>\"\"\"(?:\\\"\"\"|(?!\"\"\").)*\"\"\")
    |(?P<string>"(?:[^"\\\n\r]|\\.)*")
    |(?P<mark>\.\.\.|[!$&()\[\]{}:=@|])""",
    re.VERBOSE | re.DOTALL,
)
DEEPEST = 50


def tokens_of(text):
    tokens, position = [], 0
    while position < len(text):
        match = TOKEN.match(text, position)
        if match is None:
            raise Refused(f"Syntax error: unexpected character {text[position]!r} at {position}.")
        if match.lastgroup != "ignored":
            tokens.append((match.lastgroup, match.group()))
        position = match.end()
    return tokens + [("end", "")]


class Parser:
    def __init__(self, text):
        self.tokens = tokens_of(text)
        self.position = 0
        self.depth = 0

    def peek(self, text):
        kind, value = self.tokens[self.position]
        return value == text and kind in ("mark", "name")

    def take(self, kind):
        found, value = self.tokens[self.position]
        if found != kind:
            raise Refused(f"Syntax error: expected a {kind}, found {value or 'the end'!r}.")
        self.position += 1
        return value

    def skip(self, text):
        if not self.peek(text):
            return False
        self.position += 1
        return True

    def expect(self, text):
        if not self.skip(text):
            raise Refused(f"Syntax error: expected {text!r}, found {self.tokens[self.position][1] or 'the end'!r}.")

    def until(self, end, item):
        """Items up to `end`, one at least."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Refused(f"Syntax error: nested more than {DEEPEST} deep.")
        items = [item()]
        while not self.skip(end):
            items.append(item())
        self.depth -= 1
        return items

    def document(self):
        operations, fragments = [], {}
        while self.tokens[self.position][0] != "end":
            if self.skip("fragment"):
                name = self.take("name")
                self.expect("on")
                condition = self.take("name")
                self.directives()
                fragments[name] = Selection(condition=condition, selections=self.selections())
            else:
                operations.append(self.operation())
        if not operations:
            raise Refused("Syntax error: there is no operation.")
        return Document(tuple(operations), fragments)

    def operation(self):
        if self.peek("{"):
            return Operation("query", "", {}, self.selections())
        kind = self.take("name")
        if kind not in ("query", "mutation", "subscription"):
            raise Refused(f"Syntax error: {kind!r} is no kind of operation.")
        name = self.take("name") if self.tokens[self.position][0] == "name" else ""
        variables = dict(self.until(")", self.variable)) if self.skip("(") else {}
        self.directives()
        return Operation(kind, name, variables, self.selections())

    def variable(self):
        self.expect("$")
        name = self.take("name")
        self.expect(":")
        required = self.type()
        has_default = self.skip("=")
        default = self.value() if has_default else None
        self.directives()
        return name, (required and not has_default, has_default, default)

    def type(self):
        """Whether it is non-null; values are checked where arguments take them."""
        lists = 0
        while self.skip("["):
            lists += 1
        self.take("name")
        required = self.skip("!")
        for _ in range(lists):
            self.expect("]")
            required = self.skip("!")
        return required

    def selections(self):
        self.expect("{")
        return tuple(self.until("}", self.selection))

    def selection(self):
        if self.skip("..."):
            if self.tokens[self.position][0] == "name" and not self.peek("on"):
                spread = self.take("name")
                return Selection(spread=spread, directives=self.directives())
            condition = self.take("name") if self.skip("on") else ""
            directives = self.directives()
            return Selection(condition=condition, directives=directives, selections=self.selections())
        name = alias = self.take("name")
        if self.skip(":"):
            name = self.take("name")
        arguments, directives = self.arguments(), self.directives()
        selections = self.selections() if self.peek("{") else None
        return Selection(name, alias, arguments, directives, selections)

    def arguments(self):
        return dict(self.until(")", self.entry)) if self.skip("(") else {}

    def entry(self):
        name = self.take("name")
        self.expect(":")
        return name, self.value()

    def directives(self):
        directives = {}
        while self.skip("@"):
            name = self.take("name")
            directives[name] = self.arguments()
        return directives

    def value(self):
        kind, text = self.tokens[self.position]
        if self.skip("$"):
            return Variable(self.take("name"))
        if self.skip("["):
            return [] if self.skip("]") else self.until("]", self.value)
        if self.skip("{"):
            return {} if self.skip("}") else dict(self.until("}", self.entry))
        if kind not in ("name", "number", "string", "block"):
            raise Refused(f"Syntax error: expected a value, found {text or 'the end'!r}.")
        self.position += 1
        if kind == "block":
            return textwrap.dedent(text[3:-3].replace('\\"""', '"""')).strip("\n")
        if kind == "name":
            return {"true": True, "false": False, "null": None}.get(text, text)
        try:
            return json.loads(text, strict=False)
        except ValueError:
            raise Refused(f"Syntax error: {text} is no value.") from None


def parse(text):
    return Parser(text).document()
