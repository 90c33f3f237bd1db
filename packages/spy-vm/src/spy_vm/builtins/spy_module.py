"""The module `__spy__`: colours, inlining, and containers that exist early only."""

from spy_types.loc import Loc
from spy_types.program.nodes import Expr, Pos, Prim

from spy_vm import errors
from spy_vm.builtins.callables import as_function, captures, make_callable
from spy_vm.builtins.functions import expect, unroll
from spy_vm.builtins.partials import make_partial
from spy_vm.dataclass import make_dataclass
from spy_vm.exceptions import wrapped
from spy_vm.interface.frame import Frame, W_BuiltinMeta
from spy_vm.objects import builtin as b
from spy_vm.objects.field_spec import FieldSpec
from spy_vm.objects.functions import W_ASTFunc, W_Func
from spy_vm.objects.meta import Descriptor
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.type_variables import TypeVariable
from spy_vm.objects.types import W_UnionType
from spy_vm.registry.registry import Registry


def color(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`COLOR(x)`: "blue" or "red"."""
    expect("COLOR", args, 1, 1, loc)
    return frame.after(args[0], blue(b.W_STR, "blue" if args[0].blue else "red", loc))


def as_red(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`as_red(x)`: the same value, red."""
    expect("as_red", args, 1, 1, loc)
    return frame.run_intrinsic(args, args[0].w_T, lambda val: val, lambda exprs, pos: exprs[0], loc)


def force_inline(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`@force_inline`: each call is replaced by the body."""
    expect("force_inline", args, 1, 1, loc)
    w_func = args[0].val
    if not isinstance(w_func, W_ASTFunc):
        raise errors.fault(
            "VM055", "@force_inline can only be applied to def'd functions", (args[0].loc, "this is not one")
        )
    if w_func.color == "blue" and not w_func.sugar:
        raise errors.fault(
            "VM055",
            "@force_inline cannot be applied to @blue functions",
            (args[0].loc, "this is not a red function"),
        )
    w_func.force_inline = True
    return args[0]


def update_wrapper(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`update_wrapper(wrapper, wrapped)`: the wrapper has the name and the documentation of the other."""
    expect("update_wrapper", args, 2, 2, loc)
    wrapper, wrapped = args
    if isinstance(wrapper.val, W_Func):
        for name in ("__name__", "__qualname__", "__doc__", "__module__"):
            found = frame.world_attr(wrapped, name, loc)
            if found is not None:
                wrapper.val.attrs[name] = found
        wrapper.val.attrs["__wrapped__"] = wrapped
    return wrapper


def lookup_fqn(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`lookup_fqn("mod::name")`: what has this FQN."""
    expect("lookup_fqn", args, 1, 1, loc)
    module, _, name = str(args[0].val).partition("::")
    found = (
        frame.world.builtins.get(name)
        if module == "builtins"
        else frame.world.import_module(module, loc).attrs.get(name)
    )
    if not isinstance(found, Operand):
        raise errors.fault("VM056", f"FQN not found: {args[0].val}", (loc, "no such FQN"), etype="ValueError")
    return found


def union_type(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`union_type(A, B, ...)`: the type of values of any of these types."""
    for op in args:
        if op.w_T is not b.W_NONE and (op.w_T is not b.W_TYPE or not op.blue):
            raise errors.expected_type(op)
    types = [b.W_NONE if op.w_T is b.W_NONE else op.val for op in args]
    return blue(b.W_TYPE, frame.world.union_type(types), loc)


def without_none(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`without_none(T)`: T, or the union of its members but None."""
    expect("without_none", args, 1, 1, loc)
    w_T = b.W_NONE if args[0].w_T is b.W_NONE else args[0].val
    if isinstance(w_T, W_UnionType):
        w_T = frame.world.union_type([w_M for w_M in w_T.members if w_M is not b.W_NONE])
    return blue(b.W_TYPE, w_T, loc)


def generator_type(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`generator_type(Y, S, R)`: the type of generators that yield, are sent and return these."""
    expect("generator_type", args, 3, 3, loc)
    w_item, w_sent, w_result = (b.W_NONE if arg.w_T is b.W_NONE else arg.val for arg in args)
    return blue(b.W_TYPE, frame.world.generator_type(w_item, w_sent, w_result), loc)


def set_methods(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`set_methods(G, M)`: values of the generator type G have the methods of M."""
    expect("set_methods", args, 2, 2, loc)
    args[0].val.w_methods = args[1].val
    return blue(b.W_NONE, None, loc)


def advance(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`advance(g)`, `advance(g, sent)`: run a generator to its next yield; False at the end."""
    expect("advance", args, 1, 2, loc)
    return frame.advance(args[0], args[1] if len(args) == 2 else None, loc)


def yielded(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`yielded(g)`: what a generator yielded last."""
    expect("yielded", args, 1, 1, loc)
    return frame.yielded_item(args[0], loc)


def returned(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`returned(g)`: what a generator returned."""
    expect("returned", args, 1, 1, loc)
    return frame.returned_value(args[0], loc)


def close_generator(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`close_generator(g)`: run its pending `finally` blocks."""
    expect("close_generator", args, 1, 1, loc)
    frame.close_generator(args[0], loc)
    return blue(b.W_NONE, None, loc)


def abstractmethod(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`@abstractmethod`: only descendants that define it can have objects."""
    expect("abstractmethod", args, 1, 1, loc)
    (op,) = args
    w_func = op.val.w_func if isinstance(op.val, Descriptor) else op.val
    if not isinstance(w_func, W_Func):
        raise errors.not_callable(op)
    w_func.abstract = True
    return op


def exception_init(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    frame.initialise_exception(args[0], args[1:], loc)
    return blue(b.W_NONE, None, loc)


def exception_name(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    return frame.exception_name(args[0])


def exception_wrap(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    def residual(exprs: list[Expr], pos: Pos) -> Expr:
        return Prim("exception", pos, "exception_wrap", tuple(exprs))

    return frame.intrinsic(args, b.W_EXCEPTION, wrapped, residual, loc)


def exception_object(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    error, cls = args
    w_error: W_Type = cls.val

    def residual(exprs: list[Expr], pos: Pos) -> Expr:
        return Prim(w_error.fqn, pos, "exception_object", tuple(exprs))

    return frame.intrinsic([error], w_error, lambda raised: raised.object, residual, loc)


def dataclass(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`make_dataclass(cls, init, repr, eq, order, unsafe_hash, frozen)`: what `@dataclass` does."""
    names = ("init", "repr", "eq", "order", "unsafe_hash", "frozen")
    expect("make_dataclass", args, 1 + len(names), 1 + len(names), loc)
    wanted = {name: bool(op.val) for name, op in zip(names, args[1:], strict=True)}
    return make_dataclass(frame, args[0], wanted, loc)


def field(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`make_field(default, default_factory, init, repr, compare, kw_only)`: what `field` returns."""
    expect("make_field", args, 6, 6, loc)
    default, factory = (None if op.w_T is b.W_MISSING else op for op in args[:2])
    flags = [bool(op.val) for op in args[2:]]
    return blue(b.W_FIELD_SPEC, FieldSpec(default, factory, *flags), loc)


def enumeration(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
    """`make_enum(base, name, members)`: an enumeration of the names in a text."""
    expect("make_enum", args, 3, 3, loc)
    base, name, members = args
    names = members.val.replace(",", " ").split()
    return frame.make_enum(base.val, name.val, names, loc or frame.loc_unknown())


def make(world: Registry) -> dict[str, Operand]:
    """Return the names of the module."""
    bodies = {
        "COLOR": color,
        "advance": advance,
        "abstractmethod": abstractmethod,
        "as_function": as_function,
        "captures": captures,
        "as_red": as_red,
        "close_generator": close_generator,
        "exception_init": exception_init,
        "exception_name": exception_name,
        "exception_object": exception_object,
        "exception_wrap": exception_wrap,
        "force_inline": force_inline,
        "make_dataclass": dataclass,
        "make_enum": enumeration,
        "make_field": field,
        "generator_type": generator_type,
        "lookup_fqn": lookup_fqn,
        "union_type": union_type,
        "returned": returned,
        "set_methods": set_methods,
        "unroll": unroll,
        "update_wrapper": update_wrapper,
        "without_none": without_none,
        "yielded": yielded,
    }
    names = {
        name: world.func_operand(W_BuiltinMeta(f"__spy__::{name}", body)) for name, body in bodies.items()
    }
    names |= {
        "MISSING": blue(b.W_MISSING, None),
        "Callable": make_callable(world),
        "partial": make_partial(world),
        "EmptyListType": blue(b.W_TYPE, b.W_EMPTY_LIST),
        "EmptyDictType": blue(b.W_TYPE, b.W_EMPTY_DICT),
        "empty_list": blue(b.W_EMPTY_LIST, None),
        "Generic": blue(b.W_TYPE, b.W_GENERIC),
        "ParamSpec": blue(b.W_TYPE, b.W_PARAM_SPEC),
        "Self": blue(b.W_TYPE_VAR, TypeVariable("Self", "self")),
        "TypeVar": blue(b.W_TYPE, b.W_TYPE_VAR),
        "empty_dict": blue(b.W_EMPTY_DICT, None),
        "interp_list": blue(b.W_TYPE, b.W_BLUE_LIST),
        "interp_tuple": blue(b.W_TYPE, b.W_BLUE_TUPLE),
        "interp_dict": blue(b.W_TYPE, b.W_BLUE_DICT),
    }
    return names
