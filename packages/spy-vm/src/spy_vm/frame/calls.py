"""Calls: what kind of thing is called decides how; arguments are bound and converted."""

from typing import Any, final

from spy_types.loc import Loc
from spy_types.program.nodes import (
    Call,
    Expr,
    Pos,
)

from spy_vm import errors
from spy_vm.dispatch import binding, metafuncs
from spy_vm.dispatch.convert import convert
from spy_vm.dispatch.other_operand import for_operand
from spy_vm.frame import sequences
from spy_vm.frame.closing import needs_closing
from spy_vm.frame.instances import Instances
from spy_vm.frame.variadic import fit_variadic
from spy_vm.interface.frame import W_BuiltinMeta
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import Role, W_ClassType
from spy_vm.objects.functions import (
    Param,
    W_ASTFunc,
    W_Func,
    W_HostFunc,
    W_Intrinsic,
    W_PrimFunc,
)
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_FuncType

BY_TYPE = (
    "abs",
    "dict",
    "divmod",
    "next",
    "pow",
    "round",
)  # what they give depends on the type of the argument
BY_ITEMS = (
    "all",
    "any",
    "enumerate",
    "filter",
    "frozenset",
    "iter",
    "list",
    "map",
    "set",
    "sorted",
    "sum",
    "zip",
)
BY_ITEMS_OF_ONE = ("max", "min")  # of one argument


@final
class BoundMethod:
    """A class method with its class."""

    def __init__(self, w_func: W_Func, obj: Operand) -> None:
        self.w_func = w_func
        self.obj = obj


class Calls(Instances):
    """Everything that can be called."""

    def call(  # noqa: C901, PLR0911  # one case after another
        self, callee: Operand, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        if not self.blue_frame and callee.blue and any(op.w_T is b.W_DYNAMIC for op in args):
            if self._is_one(callee, ("format",)):
                return self.dynamic_op("format", args, loc)
            if self._is_one(callee, BY_TYPE):
                return self.dynamic_op("call", [callee, *args, *kwargs.values()], loc, list(kwargs))
            args = self._with_items(callee, args, loc)
        if isinstance(callee.val, BoundMethod):
            return self.call_func(callee.val.w_func, [callee.val.obj, *args], loc, kwargs, callee.loc)
        if callee.known and isinstance(callee.val, W_Func) and (callee.blue or callee.w_T in b.BLUE_ONLY):
            return self.call_func(callee.val, args, loc, kwargs, callee.loc)
        if callee.w_T is b.W_TYPE:
            if not callee.known:
                raise errors.expected_blue("instantiation of red types is not yet supported", callee)
            return self.instantiate(callee.val, args, kwargs, loc)
        if callee.w_T is b.W_EXCEPTION_TYPE:
            return self.make_exception(callee, args, loc)
        if callee.w_T is b.W_DYNAMIC:
            return self.dynamic_op("call", [callee, *args, *kwargs.values()], loc, list(kwargs))
        if isinstance(callee.w_T, W_FuncType):
            args = sequences.expand(self, _signature(callee.w_T), args, (), loc)
            self.check_indirect(callee, callee.w_T, args, kwargs, loc)
            return self.call_indirect(callee, args, loc)
        w_func = self.world.method(callee.w_T, "__call__")
        if w_func is None:
            raise errors.not_callable(callee)
        return self.call_bound(w_func, callee, args, kwargs, loc)

    def _with_items(self, callee: Operand, args: list[Operand], loc: Loc | None) -> list[Operand]:
        """Return arguments with the items of dynamic ones in their place if `callee` goes through those."""
        if not self._is_one(callee, BY_ITEMS if len(args) != 1 else (*BY_ITEMS, *BY_ITEMS_OF_ONE)):
            return args
        return [self.dynamic_op("iter", [op], loc) if op.w_T is b.W_DYNAMIC else op for op in args]

    def _is_one(self, callee: Operand, names: tuple[str, ...]) -> bool:
        """Whether `callee` is one of these builtins."""
        found = (self.world.lookup_builtin(name) for name in names)
        return any(op is not None and op.val is callee.val for op in found)

    def call_bound(
        self, w_func: W_Func, obj: Operand, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Call the method `w_func` on `obj`."""
        return self.call_func(w_func, [obj, *args], loc, kwargs)

    def call_virtual(  # noqa: PLR0913, PLR0917  # all of them matter to every caller
        self,
        w_func: W_Func,
        obj: Operand,
        name: str,
        args: list[Operand],
        kwargs: dict[str, Operand],
        loc: Loc | None,
        role: Role = "method",
    ) -> Operand:
        """Call what the class of `obj` has under `name`; its static type has `w_func` there."""
        if (
            not isinstance(obj.w_T, W_ClassType)
            or not isinstance(w_func, W_ASTFunc)
            or w_func.color == "blue"
        ):
            return self.call_func(w_func, [obj, *args], loc, kwargs)
        return self.call_plain(w_func, [obj, *args], kwargs, loc, (name, role))

    def call_override(self, w_impl: W_Func, w_func: W_Func, args: list[Operand], loc: Loc | None) -> Operand:
        """Call `w_impl`, which overrides `w_func`; arguments and result are as that has them."""
        if len(args) == 2:
            w_impl = for_operand(self.world, w_impl, args[1].w_T) or w_impl
        pairs = list(zip(w_func.params, args, strict=True))
        positional = [op for param, op in pairs if param.kind != "kwonly"]
        named = {param.name: op for param, op in pairs if param.kind == "kwonly"}
        result = self.call_func(w_impl, positional, loc, named)
        w_T = w_func.w_result
        return result if w_T is None else convert(self, result, w_T, w_func.loc, "return type")

    def call_func(
        self,
        w_func: W_Func,
        args: list[Operand],
        loc: Loc | None,
        kwargs: dict[str, Operand] | None = None,
        callee_loc: Loc | None = None,
    ) -> Operand:
        """Call a known function."""
        if isinstance(w_func, W_BuiltinMeta):
            if kwargs and w_func.named is not None:
                return w_func.named(self, args, kwargs, loc)
            if kwargs:
                raise errors.unexpected_keyword(next(iter(kwargs)), loc, None, None)
            return w_func.body(self, args, loc)  # a Frame is what Calls becomes
        if w_func.kind == "generic":
            inferred = self.infer_type_args(w_func, args, kwargs or {}, loc)
            if inferred is None:
                raise errors.generic_needs_brackets(callee_loc or loc, w_func.loc)
            return self.call(inferred, args, kwargs or {}, loc)
        if w_func.kind == "metafunc":
            args = [self.items_of_class(w_func, arg, loc) for arg in args]
            args, kwargs = self._keep_functions(args, kwargs or {})
            spec = metafuncs.call_metafunc(self, w_func, args, loc, kwargs)
            if spec.null:
                shown = ", ".join(f"`{arg.w_T.display}`" for arg in args)
                raise errors.fault(
                    "VM041",
                    f"`{w_func.display}` does not take ({shown})",
                    (loc, "called here"),
                    (w_func.loc, "metafunc defined here"),
                )
            return self.apply_spec(spec, args, loc, kwargs)
        if w_func.color == "blue":
            return self.call_blue(w_func, args, loc, kwargs, callee_loc=callee_loc)
        return self.call_plain(w_func, args, kwargs or {}, loc)

    def items_of_class(self, w_func: W_Func, op: Operand, loc: Loc | None) -> Operand:
        """Return the members of an enumeration that is passed to the library as something to go through."""
        if not isinstance(w_func, W_ASTFunc) or not w_func.module.name.startswith("_"):
            return op
        return self.class_items(op, loc)

    def class_items(self, op: Operand, loc: Loc | None) -> Operand:
        """Return the list of members if `op` is an enumeration, else `op`."""
        items = op.val.lookup("__class_items__") if op.w_T is b.W_TYPE and op.known else None
        return op if items is None else self.call(items, [], {}, loc)

    def call_plain(
        self,
        w_func: W_Func,
        args: list[Operand],
        kwargs: dict[str, Operand],
        loc: Loc | None,
        virtual: tuple[str, Role] | None = None,
    ) -> Operand:
        plain = w_func
        args = sequences.expand(self, w_func, args, kwargs, loc)
        bound = binding.bind(self.world, w_func, args, kwargs, loc)
        if isinstance(w_func, W_ASTFunc):
            for param in w_func.params:
                if param.default is not None and bound.args.get(param.name) is param.default:
                    bound.args[param.name] = self.held(w_func.holder, param.default)
        evaluated = [*args, *kwargs.values()]
        w_func, used = fit_variadic(self, w_func, bound, loc)
        prelude: list[Any] = []
        if kwargs:
            used, prelude = self.in_order(evaluated, used)
        converted = []
        for param, arg in zip(w_func.params, used, strict=True):
            assert param.w_T is not None, (w_func, param.name)
            if arg.w_T is b.W_FACTORY:
                arg = self._made_by(arg.val, param.w_T, loc)  # noqa: PLW2901  # the value in its place
            converted.append(convert(self, arg, param.w_T, param.loc, f"the parameter `{param.name}`"))
        if virtual is not None and isinstance(w_func, W_ASTFunc) and w_func is plain:
            converted[0] = args[0]
            result = self.run_virtual(w_func, *virtual, converted, loc)
        else:
            result = self.invoke(w_func, converted, loc)
        return self.with_prelude(prelude, result) if prelude else result

    def _made_by(self, factory: Operand, w_T: W_Type, loc: Loc | None) -> Operand:
        """Return what the `default_factory` of a field makes."""
        if w_T.origin is not None and w_T.origin is factory.val:
            return self.instantiate(w_T, [], {}, loc)
        return self.call(factory, [], {}, loc)

    def invoke(self, w_func: W_Func, args: list[Operand], loc: Loc | None) -> Operand:
        """Call a red function whose arguments fit."""
        if isinstance(w_func, W_ASTFunc):
            if w_func.w_result is None and self.world.infer_result is not None:
                w_func.w_result = self.world.infer_result(w_func, loc)
            result = self.run_red(w_func, args, loc)
            if w_func.generator:
                result.fresh = needs_closing(w_func.node.body)
            return result
        assert w_func.w_result is not None
        if isinstance(w_func, W_PrimFunc):
            return self.call_prim(w_func.op.name, args, loc)
        if isinstance(w_func, W_HostFunc):
            fqn = w_func.fqn
            tid = w_func.w_result.fqn

            def residual(exprs: list[Expr], pos: Pos) -> Expr:
                return Call(tid, pos, fqn, tuple(exprs))

            return self.intrinsic(args, w_func.w_result, w_func.host.python, residual, loc, pure=w_func.pure)
        assert isinstance(w_func, W_Intrinsic), w_func
        return self.intrinsic(args, w_func.w_result, w_func.body, w_func.residual, loc, pure=w_func.pure)

    def _keep_functions(
        self, args: list[Operand], kwargs: dict[str, Operand]
    ) -> tuple[list[Operand], dict[str, Operand]]:
        """Evaluate arguments now if one is a function value: what the metafunction makes may capture it."""
        if all(op.known or not isinstance(op.w_T, W_FuncType) for op in (*args, *kwargs.values())):
            return args, kwargs
        kept = [self.keep(op, "a") for op in args]
        return kept, {name: self.keep(op, "a") for name, op in kwargs.items()}

    def check_indirect(
        self,
        callee: Operand,
        w_T: W_FuncType,
        args: list[Operand],
        kwargs: dict[str, Operand],
        loc: Loc | None,
    ) -> None:
        """Refuse arguments that no function of type `w_T` takes."""
        if kwargs:
            raise errors.unexpected_keyword(next(iter(kwargs)), loc, callee.declared, None)
        if len(args) != len(w_T.params):
            count = len(w_T.params)
            expected = f"{count} argument{'' if count == 1 else 's'}"
            detail = f"this is `{w_T.display}`"
            raise errors.wrong_arg_count("", expected, len(args), loc, detail, callee.declared)

    def bound_method(self, w_func: W_Func, obj: Operand, loc: Loc | None) -> Operand:
        """Return the class method `w_func` of the class `obj`."""
        return blue(b.W_SUPER, BoundMethod(w_func, obj), loc)


def _signature(w_T: W_FuncType) -> W_Func:
    """Return a function with the parameters of the functions of a type."""
    params = [Param(f"_{i}", w_param, "posonly", None) for i, w_param in enumerate(w_T.params)]
    return W_Func("", params, w_T.w_result)
