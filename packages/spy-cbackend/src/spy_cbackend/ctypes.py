"""Types of Program IR as C types, and the declarations that they need.

i32                    int32_t
m::P                   struct spy_m$P
i32 | None             struct spy_Union$$li32$c$sNone$$r    {tag, value.m1}
m::C | None            struct spy_m$C *                     NULL is None
unsafe::gc_ptr[m::P]   struct spy_m$P *                      or, where pointers know their bounds,
                       struct spy_unsafe$gc_ptr$$lm$P$$r     {p, length}
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import assert_never, final

from spy_types.program.nodes import AddrOf, PtrOp
from spy_types.program.program import Program
from spy_types.program.types import (
    FLOATS,
    INTS,
    ClassType,
    Field,
    FuncType,
    GeneratorType,
    PtrType,
    StructType,
    TypeDef,
    TypeId,
    UnionType,
)

from spy_cbackend.errors import recursive_type
from spy_cbackend.mangling import fqn_name, member_name
from spy_cbackend.walk import program_expressions

PRIMITIVE = {
    **{f"{sign}{bits}": f"{'u' * (sign == 'u')}int{bits}_t" for sign in "iu" for bits in (8, 16, 32, 64)},
    "f32": "float",
    "f64": "double",
    "complex128": "spy_complex128",
    "bool": "bool",
    "str": "spy_str",
    "bytes": "spy_bytes",
    "None": "spy_None",
    "dynamic": "spy_dynamic",
    "exception": "spy_Exception *",
}

# The primitive types whose values are no pointers.
PLAIN = frozenset((*INTS, *FLOATS, "bool", "None", "complex128"))


@final
class CTypes:
    """The C types of one program. `fat` holds the pointer types that carry the number of items behind
    them, `unsure` the fields (with the class that declares them) that need a flag.
    """

    def __init__(
        self,
        types: Mapping[TypeId, TypeDef],
        fat: frozenset[TypeId],
        raising: frozenset[TypeId],
        unsure: frozenset[tuple[TypeId, str]],
    ) -> None:
        self.types = types
        self.fat = fat
        self.raising = raising
        self.unsure = unsure
        self._names: dict[TypeId, str] = dict(PRIMITIVE)

    def name(self, t: TypeId) -> str:
        """Return the C type of `t`."""
        found = self._names.get(t)
        if found is None:
            found = self._names[t] = self._name(t)
        return found

    def declare(self, t: TypeId, name: str) -> str:
        """Return the declaration of `name`: `int32_t x_`, `struct spy_m$P *p_`."""
        c_type = self.name(t)
        return f"{c_type}{name}" if c_type.endswith("*") else f"{c_type} {name}"

    def pointer(self, t: TypeId) -> PtrType:
        """Return the definition of a pointer type."""
        definition = self.types[t]
        assert isinstance(definition, PtrType)
        return definition

    def struct(self, t: TypeId) -> StructType:
        """Return the definition of a struct type."""
        definition = self.types[t]
        assert isinstance(definition, StructType)
        return definition

    def members(self, t: TypeId) -> tuple[TypeId, ...]:
        """Return the members of a union type; of another type, itself."""
        definition = self.types.get(t)
        return definition.members if isinstance(definition, UnionType) else (t,)

    def display(self, t: TypeId) -> str:
        """Return the name of a type as users see it."""
        definition = self.types.get(t)
        return t if definition is None else definition.display

    def nullable(self, t: TypeId) -> TypeId | None:
        """Return the class of a union that is an object of it or None, else None: that is a pointer in C."""
        match self.members(t):
            case (cls, "None") | ("None", cls) if isinstance(self.types.get(cls), ClassType):
                return cls
            case _:
                return None

    def tag(self, t: TypeId, member: TypeId) -> int:
        """Return the number by which a union `t` says that it holds `member`; None is 0, as zeroed memory."""
        return 0 if member == "None" else self.members(t).index(member) + 1

    def cls(self, t: TypeId) -> ClassType:
        """Return the definition of a class."""
        definition = self.types[t]
        assert isinstance(definition, ClassType)
        return definition

    def own_fields(self, t: TypeId) -> tuple[Field, ...]:
        """Return the fields of a class that are not its base's."""
        definition = self.cls(t)
        inherited = 0 if definition.base is None else len(self.cls(definition.base).fields)
        return definition.fields[inherited:]

    def struct_name(self, t: TypeId) -> str:
        """Return the tag of the C struct for the objects of a class."""
        return fqn_name(t)

    def function(self, t: TypeId) -> FuncType:
        """Return the definition of a function type."""
        definition = self.types[t]
        assert isinstance(definition, FuncType)
        return definition

    def has_pointers(self, t: TypeId, *, in_raw: bool = False) -> bool:
        """Say whether values of `t` may point to collected memory; in raw memory, raw pointers do not."""
        match self.types.get(t):
            case None:
                return t not in PLAIN
            case PtrType(kind=kind):
                return kind == "gc" or not in_raw
            case StructType(fields=fields):
                return any(self.has_pointers(field.t, in_raw=in_raw) for field in fields)
            case UnionType(members=members):
                return any(self.has_pointers(member, in_raw=in_raw) for member in members)
            case _:
                return True

    def object_has_pointers(self, t: TypeId) -> bool:
        """Say whether the objects of exactly this class may point to collected memory."""
        return any(self.has_pointers(field.t) for field in self.cls(t).fields)

    def follow(self, t: TypeId, path: tuple[str, ...]) -> TypeId:
        """Return the type of the field `path` of a struct `t`; of `t` itself if the path is empty."""
        for name in path:
            t = next(field.t for field in self.struct(t).fields if field.name == name)
        return t

    def declarations(self) -> Iterator[str]:  # noqa: C901, PLR0912  # one case per node
        """Yield the lines that declare all types, each after those it contains by value."""
        fat = sorted(self.fat & self.types.keys())
        for t, definition in self.types.items():
            if isinstance(definition, StructType | UnionType):
                if self.nullable(t) is None:
                    yield f"{self.name(t)};"
            elif isinstance(definition, ClassType):
                yield f"struct {self.struct_name(t)};"
            elif isinstance(definition, GeneratorType):
                yield f"struct {fqn_name(t)};"
        for t in fat:
            yield f"{self.name(t)};"
        for t in self._ordered(_function_parts):
            definition = self.types[t]
            if isinstance(definition, FuncType):
                yield from self._function_definition(t, definition)
        for t in fat:
            yield f"{self.name(t)} {{ {self.declare_pointer(self.pointer(t).item, 'p')}; int32_t length; }};"
        for t in self._ordered(self._struct_parts):
            if isinstance(self.types[t], StructType):
                yield from self._struct_definition(t)
            elif isinstance(self.types[t], UnionType) and self.nullable(t) is None:
                yield from self._union_definition(t)
            elif isinstance(self.types[t], ClassType):
                yield from self._class_definition(t)
            elif isinstance(self.types[t], GeneratorType):
                yield from self._generator_definition(t)

    def _name(self, t: TypeId) -> str:
        definition = self.types[t]
        match definition:
            case StructType() | UnionType():
                cls = self.nullable(t)
                return f"struct {fqn_name(t)}" if cls is None else self.name(cls)
            case PtrType(item=item):
                if t in self.fat:
                    return f"struct {fqn_name(t)}"
                inner = self.name(item)
                return f"{inner}*" if inner.endswith("*") else f"{inner} *"
            case FuncType():
                return fqn_name(t, "spy_fn_")
            case ClassType():
                return f"struct {self.struct_name(t)} *"
            case GeneratorType():
                return f"struct {fqn_name(t)} *"
            case _:
                assert_never(definition)

    def signature(self, name: str, params: list[str], result: TypeId, raises: bool) -> str:
        """Return the prototype of a function: one that may raise returns true then, and stores through
        `result`.
        """
        if raises and result != "None":
            params = [*params, self.declare_pointer(result, "result")]
        listed = ", ".join(params) or "void"
        if raises:
            return f"bool {name}({listed})"
        if result == "None":
            return f"void {name}({listed})"
        return self.declare(result, f"{name}({listed})")

    def declare_pointer(self, t: TypeId, name: str) -> str:
        """Return the declaration of a C pointer to `t`."""
        c_type = self.name(t)
        return f"{c_type}*{name}" if c_type.endswith("*") else f"{c_type} *{name}"

    def _ordered(self, parts: Callable[[TypeDef], Sequence[TypeId]]) -> list[TypeId]:
        """Return all types, each after its parts."""
        order: dict[TypeId, None] = {}
        entered: set[TypeId] = set()
        for root in self.types:
            stack = [root]
            while stack:
                t = stack[-1]
                definition = self.types.get(t)
                if definition is None or t in order:
                    stack.pop()
                    continue
                waiting = [part for part in parts(definition) if part in self.types and part not in order]
                if not waiting:
                    order[stack.pop()] = None
                    continue
                if t in entered and any(part in stack for part in waiting):
                    raise recursive_type(definition.display)
                entered.add(t)
                stack.extend(waiting)
        return list(order)

    def _function_definition(self, t: TypeId, definition: FuncType) -> Iterator[str]:
        """Yield the type of a function value: it points to an object that starts with its code."""
        name = self.name(t)
        params = [f"{name} self", *(self.name(param) for param in definition.params)]
        yield f"typedef const struct {name} *{name};"
        code = self.signature("(*code)", params, definition.result, t in self.raising)
        yield f"struct {name} {{ {code}; }};"

    def generator(self, t: TypeId) -> GeneratorType:
        """Return the definition of a type of generators."""
        definition = self.types[t]
        assert isinstance(definition, GeneratorType)
        return definition

    def _generator_definition(self, t: TypeId) -> Iterator[str]:
        generator = self.generator(t)
        yield f"struct {fqn_name(t)} {{"
        yield "struct spy_generator base;"
        yield f"{self.declare(generator.item, 'item')};"
        yield f"{self.declare(generator.sent, 'sent')};"
        yield f"{self.declare(generator.result, 'result')};"
        yield "};"

    def _struct_definition(self, t: TypeId) -> Iterator[str]:
        yield f"{self.name(t)} {{"
        for field in self.struct(t).fields:
            yield f"{self.declare(field.t, member_name(field.name))};"
        yield "};"

    def _union_definition(self, t: TypeId) -> Iterator[str]:
        yield f"{self.name(t)} {{"
        yield "int32_t tag;"
        yield "union {"
        for member in self.members(t):
            if member != "None":
                yield f"{self.declare(member, f'm{self.tag(t, member)}')};"
        yield "} value;"
        yield "};"

    def _class_definition(self, t: TypeId) -> Iterator[str]:
        yield f"struct {self.struct_name(t)} {{"
        base = self.cls(t).base
        yield "spy_Object head;" if base is None else f"struct {self.struct_name(base)} base;"
        for field in self.own_fields(t):
            yield f"{self.declare(field.t, member_name(field.name))};"
        for field in self.own_fields(t):
            if (t, field.name) in self.unsure:
                yield f"bool {member_name(field.name)}$set;"
        yield "};"

    def _struct_parts(self, definition: TypeDef) -> Sequence[TypeId]:
        """Return what must be complete before a struct or the struct of a class."""
        match definition:
            case ClassType(base=base, fields=fields):
                parts = [*([base] if base is not None else []), *(field.t for field in fields)]
                return [t for t in parts if t == base or not isinstance(self.types.get(t), ClassType)]
            case StructType(fields=fields):
                return [field.t for field in fields if not isinstance(self.types.get(field.t), ClassType)]
            case GeneratorType(item=item, sent=sent, result=result):
                return [t for t in (item, sent, result) if not isinstance(self.types.get(t), ClassType)]
            case UnionType(members=members):
                return [t for t in members if not isinstance(self.types.get(t), ClassType)]
            case _:
                return ()


def _function_parts(definition: TypeDef) -> Sequence[TypeId]:
    match definition:
        case FuncType(params=params, result=result):
            return (*params, result)
        case PtrType(item=item):
            return (item,)
        case StructType() | UnionType() | ClassType() | GeneratorType():
            return ()


def fat_pointers(program: Program, *, checked: bool) -> frozenset[TypeId]:
    """Return the pointer types that must know their bounds: all where pointers are checked, else those asked
    for `len`.
    """
    pointers = {t for t, definition in program.types.items() if isinstance(definition, PtrType)}
    if checked:
        return frozenset(pointers)
    fat: set[TypeId] = set()
    narrowings: list[tuple[TypeId, TypeId]] = []
    for expr in program_expressions(program):
        if isinstance(expr, PtrOp) and expr.op == "len":
            fat.add(expr.args[0].t)
        elif isinstance(expr, AddrOf) and not expr.path:
            narrowings.append((expr.ptr.t, expr.t))
    while True:
        more = {whole for whole, rest in narrowings if rest in fat} - fat
        if not more:
            return frozenset(fat)
        fat |= more
