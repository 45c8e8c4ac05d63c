"""Executes parsed queries on a schema: types by name, each with its fields by name."""

from dataclasses import dataclass, field
from typing import Callable

from document import Refused, Variable, parse


class Unanswered(Exception):
    """A field that has no value; its message is for the client, and the field is null."""


@dataclass(frozen=True)
class Argument:
    # Raises ValueError, which says what is wanted, for what is no such value.
    read: Callable
    required: bool = True
    default: object = None


@dataclass(frozen=True)
class Field:
    # From the parent's value and the arguments to the value; of a list, a list.
    resolve: Callable
    # The name of the object type that it answers; empty for scalars and enums.
    type: str = ""
    arguments: dict = field(default_factory=dict)


def read_id(value):
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return str(value)
    raise ValueError("an ID")


def read_string(value):
    if isinstance(value, str):
        return value
    raise ValueError("a String")


def read_int(value):
    if isinstance(value, int) and not isinstance(value, bool) and -(2**31) <= value < 2**31:
        return value
    raise ValueError("an Int")


def list_of(read):
    # A single value is a list of one, as the specification has it.
    return lambda value: [read(item) for item in (value if isinstance(value, list) else [value])]


class Execution:
    def __init__(self, schema, document, operation, variables):
        self.schema = schema
        self.fragments = document.fragments
        self.variables = self.given(operation, variables)
        self.errors = []

    @staticmethod
    def given(operation, variables):
        values = {}
        for name, (required, has_default, default) in operation.variables.items():
            if name in variables:
                values[name] = variables[name]
            elif has_default:
                values[name] = default
            if required and values.get(name) is None:
                raise Refused(f"The variable ${name} is wanted.")
        return values

    def value(self, value):
        """A value with its variables filled in; KeyError where one that stands alone is not given."""
        if isinstance(value, Variable):
            return self.variables[value.name]
        if isinstance(value, list):
            return [self.variables.get(item.name) if isinstance(item, Variable) else self.value(item) for item in value]
        if isinstance(value, dict):
            return {name: self.value(item) for name, item in value.items()}
        return value

    def is_wanted(self, directives):
        for name, arguments in directives.items():
            if name not in ("skip", "include"):
                raise Refused(f"The directive @{name} is not known here.")
            try:
                condition = self.value(arguments["if"])
            except KeyError:
                raise Refused(f"@{name} wants an argument `if`.") from None
            if condition is not (name == "include"):
                return False
        return True

    def fields_of(self, type_name, selections, within=()):
        """Fields by the name that they are answered under, those of fragments included, equal ones as one."""
        found = {}
        for selection in selections:
            if not self.is_wanted(selection.directives):
                continue
            if selection.name:
                found.setdefault(selection.alias, []).append(selection)
                continue
            if selection.spread in within:
                raise Refused(f"The fragment {selection.spread} contains itself.")
            fragment = self.fragments.get(selection.spread) if selection.spread else selection
            if fragment is None:
                raise Refused(f"There is no fragment {selection.spread}.")
            # There are no interfaces and unions here: a condition is the type itself, or never holds.
            if fragment.condition in ("", type_name):
                inner = self.fields_of(type_name, fragment.selections, (*within, selection.spread or None))
                for alias, fields in inner.items():
                    found.setdefault(alias, []).extend(fields)
        return found

    def arguments(self, coordinate, definition, given):
        for name in given:
            if name not in definition.arguments:
                raise Refused(f"{coordinate} has no argument {name}.")
        values = {}
        for name, argument in definition.arguments.items():
            try:
                value = self.value(given[name])
            except KeyError:
                value = argument.default
            if value is None and argument.required:
                raise Refused(f"{coordinate} wants the argument {name}.")
            try:
                values[name] = None if value is None else argument.read(value)
            except ValueError as wanted:
                raise Refused(f"{coordinate}({name}:) wants {wanted}, not {value!r}.") from None
        return values

    def object(self, type_name, value, selections, path):
        answer = {}
        for alias, fields in self.fields_of(type_name, selections).items():
            answer[alias] = self.field(type_name, value, fields, (*path, alias))
        return answer

    def field(self, type_name, parent, fields, path):
        first = fields[0]
        coordinate = f"{type_name}.{first.name}"
        if first.name == "__typename":
            return type_name
        if first.name in ("__schema", "__type"):
            raise Refused("There is no introspection here; ask { _service { sdl } }.")
        definition = self.schema[type_name].get(first.name)
        if definition is None:
            raise Refused(f"There is no field {coordinate}.")
        if any((one.name, one.arguments) != (first.name, first.arguments) for one in fields):
            raise Refused(f"{path[-1]} is asked for twice, as different fields; give one an alias.")
        if any((one.selections is None) == bool(definition.type) for one in fields):
            raise Refused(f"{coordinate} {'wants' if definition.type else 'has no'} fields below it.")
        arguments = self.arguments(coordinate, definition, first.arguments)
        try:
            value = definition.resolve(parent, **arguments)
        except Unanswered as reason:
            self.errors.append({"message": str(reason), "path": list(path)})
            return None
        selections = [selection for one in fields for selection in one.selections or ()]
        return self.complete(definition.type, value, selections, path)

    def complete(self, type_name, value, selections, path):
        if value is None or not type_name:
            return value
        if isinstance(value, list):
            return [self.complete(type_name, item, selections, (*path, place)) for place, item in enumerate(value)]
        return self.object(type_name, value, selections, path)


def execute(schema, text, variables, operation_name):
    """A GraphQL response. Refused: the request as a whole cannot be answered."""
    document = parse(text)
    chosen = [one for one in document.operations if operation_name in (None, one.name)]
    if len(chosen) != 1:
        raise Refused("operationName names no operation, or one of several is wanted.")
    (operation,) = chosen
    if operation.kind != "query":
        raise Refused(f"There is no {operation.kind} here, queries only.")
    execution = Execution(schema, document, operation, variables)
    data = execution.object("Query", None, operation.selections, ())
    return {"data": data, **({"errors": execution.errors} if execution.errors else {})}
