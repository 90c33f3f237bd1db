"""What a struct gets for free: constructor, equality, repr. They are SPy functions, built as syntax."""

from spy_types.loc import Loc, Span
from spy_types.program.nodes import Expr, MakeStruct, Pos
from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Scope, Symbol

from spy_vm import errors
from spy_vm.dispatch import descriptors
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, W_ASTFunc, W_Intrinsic
from spy_vm.objects.meta import BlueDict
from spy_vm.objects.types import W_StructType, W_Type

RESERVED = ("__make__",)


def finish_struct(outer: Frame, w_T: W_StructType, body: Frame, loc: Loc) -> None:
    """Define `w_T` from the frame in which its body ran."""
    fields = dict(body.class_fields or {})
    extra = body.locals.pop("__extra_fields__", None)
    if extra is not None and isinstance(extra.val, BlueDict):
        for key, (_, value) in extra.val.items.items():
            if value.w_T is not b.W_TYPE:
                raise errors.expected_type(value)
            fields[key] = value.val
    for name in RESERVED:
        if name in body.locals:
            raise errors.fault("VM043", f"you cannot define your own {name}", (loc, "SPy defines it"))
    defaults = {name: body.locals.pop(name) for name in fields if name in body.locals}
    w_T.define(fields)
    w_T.field_locs = body.field_locs
    w_T.attrs.update(body.locals)
    _check_not_recursive(w_T, w_T, loc)
    world = outer.world
    params = [
        Param(name, w_F, "normal", defaults.get(name), body.field_locs.get(name))
        for name, w_F in fields.items()
    ]
    w_make = _maker(w_T, params)
    w_make.loc = loc
    w_make.display = w_T.display
    w_T.attrs["__make__"] = world.func_operand(w_make, loc)
    w_T.attrs.setdefault("__new__", w_T.attrs["__make__"])
    if "__eq__" not in body.locals and "__ne__" not in body.locals:
        add_method(
            outer, w_T, "__eq__", ["self", "other"], b.W_BOOL, _fieldwise_equal(fields, _span(loc)), loc
        )
    _check_init(w_T, body)
    descriptors.announce(outer, w_T, loc)


def _check_init(w_T: W_StructType, body: Frame) -> None:
    """`__init__` finishes what `__new__` made; alone it could only assign fields, which never change."""
    init = body.locals.get("__init__")
    if init is None or "__new__" in body.locals:
        return
    raise errors.fault(
        "VM060",
        f"struct `{w_T.display}` has `__init__`, but no `__new__`",
        (init.loc, "a struct is complete when it is made: there is nothing left to initialise"),
        hint="write `def __new__(...)` that returns the struct; without both, the fields are the arguments",
    )


def _check_not_recursive(w_T: W_StructType, w_inner: W_StructType, loc: Loc) -> None:
    for w_field in (w_inner.fields or {}).values():
        if w_field is w_T:
            raise errors.fault(
                "VM044",
                f"struct `{w_T.display}` contains itself",
                (loc, "its size would be infinite"),
                hint=f"hold it behind a pointer: `gc_ptr[{w_T.display.split('::')[-1]}]`",
            )
        if isinstance(w_field, W_StructType):
            if w_field.fields is None:
                raise errors.fault(
                    "VM045",
                    f"struct `{w_field.display}` is used before its definition",
                    (loc, "a field needs its size"),
                )
            _check_not_recursive(w_T, w_field, loc)


def add_repr(outer: Frame, w_T: W_StructType) -> None:
    """Give `w_T` a `__repr__` that shows its fields: `P(x=1, y=2)`."""
    loc = w_T.loc or Loc(outer.file, 1, 1, 1, 1)
    body = _fields_repr(w_T, _span(loc))
    add_method(outer, w_T, "__repr__", ["self"], b.W_STR, body, loc)


def add_method(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
    outer: Frame,
    w_T: W_Type,
    name: str,
    params: list[str],
    w_result: W_Type,
    body: n.Expr,
    loc: Loc,
) -> None:
    """Give `w_T` the method `name`, which returns `body`; all parameters are of the type itself."""
    span = _span(loc)
    scope_id = -100
    symbols = {p: Symbol(p, scope_id, "param", "const", span) for p in params}
    scope = Scope(scope_id, "function", name, 0, symbols)
    empty = n.Parameters(span, (), (), None, (), None)
    node = n.FunctionDef(
        span, name, span, (), empty, None, (n.Return(span, body),), (), False, None, scope_id
    )
    w_func = W_ASTFunc(
        outer.world.unique_fqn(f"{w_T.fqn}::{name}"),
        [Param(p, w_T, "normal", None, loc) for p in params],
        w_result,
        node,
        outer.module,
        outer,
    )
    w_func.loc, w_func.scope = loc, scope
    w_func.w_owner = w_T
    w_T.attrs[name] = outer.world.func_operand(w_func, loc)


def _fieldwise_equal(fields: dict[str, W_Type], span: Span) -> n.Expr:
    tests: list[n.Expr] = []
    for name in fields:
        mine = n.Attribute(span, n.Name(span, "self"), name, span)
        theirs = n.Attribute(span, n.Name(span, "other"), name, span)
        tests.append(n.Compare(span, mine, ("==",), (theirs,)))
    if not tests:
        return n.BoolLit(span, True)
    return tests[0] if len(tests) == 1 else n.BoolOp(span, "and", tuple(tests))


def _fields_repr(w_T: W_StructType, span: Span) -> n.Expr:
    name = (
        w_T.display.rpartition("::")[2]
        if "[" not in w_T.display
        else w_T.display.partition("::")[2] or w_T.display
    )
    result: n.Expr = n.StrLit(span, name + "(")
    for i, field in enumerate(w_T.fields or {}):
        text = n.StrLit(span, f"{', ' if i else ''}{field}=")
        value = n.Attribute(span, n.Name(span, "self"), field, span)
        shown = n.Call(span, n.Name(span, "repr"), (value,), ())
        result = n.BinOp(span, n.BinOp(span, result, "+", text, span), "+", shown, span)
    return n.BinOp(span, result, "+", n.StrLit(span, ")"), span)


def _span(loc: Loc) -> Span:
    return Span(loc.line, loc.col, loc.end_line, loc.end_col)


def _maker(w_T: W_StructType, params: list[Param]) -> W_Intrinsic:
    """Return `T.__make__`."""

    def residual(exprs: list[Expr], pos: Pos) -> Expr:
        return MakeStruct(w_T.fqn, pos, tuple(exprs))

    return W_Intrinsic(f"{w_T.fqn}::__make__", params, w_T, lambda *vals: vals, residual, pure=True)
