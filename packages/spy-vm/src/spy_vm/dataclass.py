"""What `@dataclass` adds to a class: `__init__`, `__repr__`, comparison, `__hash__`, built as syntax.

@dataclass
class P:                         def __init__(self, x: int, y: int = 0) -> None:
    x: int               ->          self.x = x
    y: int = 0                       self.y = y
"""

from spy_types.loc import Loc, Span
from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Scope, Symbol

from spy_vm import errors
from spy_vm.dispatch.class_fields import complete_class
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.field_spec import FieldSpec
from spy_vm.objects.functions import Param, W_ASTFunc
from spy_vm.objects.operand import Operand, W_Type, blue

ORDER = {"__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}
SCOPE = -101  # of the functions made here; the table of the module has none of them


class DataclassMaker:
    """Adds methods to one class."""

    def __init__(self, outer: Frame, w_C: W_ClassType, loc: Loc) -> None:
        self.outer = outer
        self.w_C = w_C
        self.loc = loc
        self.span = Span(loc.line, loc.col, loc.end_line, loc.end_col)
        complete_class(outer.world, w_C)
        self.specs = _specs(w_C)

    def add_init(self) -> None:
        """Add `__init__`, which ends with `__post_init__`."""
        params = [Param("self", self.w_C, "normal", None, self.loc)]
        body: list[n.Stmt] = []
        for name, w_T in self.w_C.fields.items():
            spec = self.specs[name]
            if spec.init:
                params.append(self._param(name, w_T, spec))
                body.append(n.Assign(self.span, (self._of("self", name),), n.Name(self.span, name)))
        if self.w_C.lookup("__post_init__") is not None:
            body.append(n.ExprStmt(self.span, self._call(self._of("self", "__post_init__"))))
        self._add("__init__", params, b.W_NONE, tuple(body) or (n.Pass(self.span),))
        self.w_C.own_defaults = {
            name: op for name, op in self.w_C.own_defaults.items() if not self.specs[name].init
        }

    def add_repr(self) -> None:
        """Add `__repr__`: `P(x=1, y=0)`."""
        shown = [name for name in self.w_C.fields if self.specs[name].repr]
        cls = self._call(n.Name(self.span, "type"), n.Name(self.span, "self"))
        result: n.Expr = n.Attribute(self.span, cls, "__name__", self.span)
        for i, name in enumerate(shown):
            label = n.StrLit(self.span, f"{', ' if i else '('}{name}=")
            value = self._call(n.Name(self.span, "repr"), self._of("self", name))
            result = self._plus(self._plus(result, label), value)
        end = n.StrLit(self.span, ")" if shown else "()")
        self._add("__repr__", [self._self("self")], b.W_STR, self._returns(self._plus(result, end)))

    def add_eq(self) -> None:
        """Add `__eq__`: the same class, and equal fields."""
        tests: list[n.Expr] = []
        if self.w_C.is_base or len(self.w_C.mro) > 1:
            classes = [
                self._call(n.Name(self.span, "type"), n.Name(self.span, who)) for who in ("self", "other")
            ]
            tests.append(n.Compare(self.span, classes[0], ("is",), (classes[1],)))
        for name in self.w_C.fields:
            if self.specs[name].compare:
                pair = self._of("self", name), self._of("other", name)
                tests.append(n.Compare(self.span, pair[0], ("==",), (pair[1],)))
        both = tests[0] if len(tests) == 1 else n.BoolOp(self.span, "and", tuple(tests))
        value: n.Expr = both if tests else n.BoolLit(self.span, True)
        self._add("__eq__", [self._self("self"), self._self("other")], b.W_BOOL, self._returns(value))

    def add_order(self) -> None:
        """Add `<` and its kin, which compare the fields as tuples."""
        for name, symbol in ORDER.items():
            left, right = self._tuple("self"), self._tuple("other")
            value = n.Compare(self.span, left, (symbol,), (right,))  # type: ignore[arg-type]  # one of ORDER
            self._add(name, [self._self("self"), self._self("other")], b.W_BOOL, self._returns(value))

    def add_hash(self) -> None:
        """Add `__hash__`, that of the fields as a tuple."""
        value = self._call(n.Name(self.span, "hash"), self._tuple("self"))
        self._add("__hash__", [self._self("self")], b.W_I32, self._returns(value))

    def _param(self, name: str, w_T: W_Type, spec: FieldSpec) -> Param:
        default = spec.default
        if default is not None:
            default = self.outer.convert(default, w_T)
        elif spec.factory is not None:
            default = blue(b.W_FACTORY, spec.factory, self.loc)
        return Param(
            name, w_T, "kwonly" if spec.kw_only else "normal", default, self.w_C.field_locs.get(name)
        )

    def _self(self, name: str) -> Param:
        return Param(name, self.w_C, "normal", None, self.loc)

    def _of(self, name: str, field: str) -> n.Attribute:
        return n.Attribute(self.span, n.Name(self.span, name), field, self.span)

    def _tuple(self, name: str) -> n.Expr:
        compared = [field for field in self.w_C.fields if self.specs[field].compare]
        return n.Tuple(self.span, tuple(self._of(name, field) for field in compared))

    def _call(self, callee: n.Expr, *args: n.Expr) -> n.Call:
        return n.Call(self.span, callee, args, ())

    def _plus(self, left: n.Expr, right: n.Expr) -> n.Expr:
        return n.BinOp(self.span, left, "+", right, self.span)

    def _returns(self, value: n.Expr) -> tuple[n.Stmt, ...]:
        return (n.Return(self.span, value),)

    def _add(self, name: str, params: list[Param], w_result: W_Type, body: tuple[n.Stmt, ...]) -> None:
        if name in self.w_C.attrs:
            return
        symbols = {p.name: Symbol(p.name, SCOPE, "param", "const", self.span) for p in params}
        empty = n.Parameters(self.span, (), (), None, (), None)
        node = n.FunctionDef(self.span, name, self.span, (), empty, None, body, (), False, None, SCOPE)
        fqn = self.outer.world.unique_fqn(f"{self.w_C.fqn}::{name}")
        w_func = W_ASTFunc(fqn, params, w_result, node, self.outer.module, self.outer)
        w_func.loc, w_func.scope, w_func.w_owner = (
            self.loc,
            Scope(SCOPE, "function", name, 0, symbols),
            self.w_C,
        )
        w_func.display = self.w_C.display if name == "__init__" else w_func.display
        self.w_C.attrs[name] = self.outer.world.func_operand(w_func, self.loc)


def make_dataclass(frame: Frame, cls: Operand, wanted: dict[str, bool], loc: Loc | None) -> Operand:
    """Make a dataclass of the class `cls` and return it; `wanted` are the arguments of `@dataclass`."""
    w_C = cls.val
    if not isinstance(w_C, W_ClassType):
        raise errors.fault(
            "VM112", "`@dataclass` is for classes", (cls.loc or loc, "this is no class of fields")
        )
    maker = DataclassMaker(frame, w_C, w_C.loc or frame.loc_unknown())
    if wanted["init"]:
        maker.add_init()
    if wanted["repr"]:
        maker.add_repr()
    if wanted["eq"]:
        maker.add_eq()
    if wanted["order"]:
        maker.add_order()
    if wanted["unsafe_hash"] or (wanted["eq"] and wanted["frozen"]):
        maker.add_hash()
    w_C.frozen = wanted["frozen"]
    if "__match_args__" not in w_C.attrs:
        names = [blue(b.W_STR, name, loc) for name, spec in _specs(w_C).items() if spec.init]
        w_C.attrs["__match_args__"] = frame.make_tuple(names, loc)
    return cls


def _specs(w_C: W_ClassType) -> dict[str, FieldSpec]:
    """Return what is known of each field: what `field(...)` says, or a plain default."""
    for w_own in w_C.mro:
        for name, op in list(w_own.own_defaults.items()):
            if name not in w_own.specs:
                w_own.specs[name] = op.val if isinstance(op.val, FieldSpec) else FieldSpec(default=op)
            if isinstance(op.val, FieldSpec):
                default = op.val.default
                w_own.own_defaults.pop(name)
                w_own.attrs.pop(name, None)
                if default is not None:
                    w_own.attrs[name] = default
                    w_own.own_defaults[name] = default
    found = {name: spec for w_own in reversed(w_C.mro) for name, spec in w_own.specs.items()}
    return {name: found.get(name, FieldSpec()) for name in w_C.fields}
