"""Calls: binding, conversion of arguments, and the choice between now (blue) and later (red)."""

from typing import Any

from spy_types.loc import Loc
from spy_types.program.nodes import Call, Expr, Pos, Prim

from spy_vm import errors
from spy_vm.dispatch import binding, metafuncs
from spy_vm.dispatch.binop import call_dunder
from spy_vm.dispatch.convert import convert
from spy_vm.dispatch.truth import truth
from spy_vm.exceptions import Raised
from spy_vm.frame import blue_cache
from spy_vm.frame.base import Compute, FrameBase, Residual
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc, W_BuiltinMeta, W_Func, W_HostFunc, W_Intrinsic, W_PrimFunc
from spy_vm.objects.meta import BlueList, ExcValue, OpSpec
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_FuncType, W_Type


class Calls(FrameBase):
    """Everything that can be called."""

    def call(
        self, callee: Operand, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Return `callee(*args, **kwargs)`."""
        if callee.known and isinstance(callee.val, W_Func):
            return self.call_func(callee.val, args, loc, kwargs, callee.loc)
        if callee.w_T is b.W_TYPE:
            if not callee.known:
                raise errors.expected_blue("instantiation of red types is not yet supported", callee)
            return self.instantiate(callee.val, args, kwargs, loc)
        if callee.w_T is b.W_EXCEPTION_TYPE:
            return self._make_exception(callee, args, loc)
        if callee.w_T is b.W_DYNAMIC:
            return self.dynamic_op("call", [callee, *args], loc)
        if isinstance(callee.w_T, W_FuncType):
            return self._call_indirect(callee, args, loc)
        w_func = self.world.method(callee.w_T, "__call__")
        if w_func is None:
            raise errors.not_callable(callee)
        return self.call_bound(w_func, callee, args, kwargs, loc)

    def call_bound(
        self, w_func: W_Func, obj: Operand, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Call the method `w_func` on `obj`."""
        return self.call_func(w_func, [obj, *args], loc, kwargs)

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
            if kwargs:
                raise errors.unexpected_keyword(next(iter(kwargs)), loc, None, None)
            return w_func.body(self, args, loc)  # type: ignore[arg-type]  # a Frame is what Calls becomes
        if w_func.kind == "generic":
            inferred = self.infer_type_args(w_func, args, kwargs or {}, loc)
            if inferred is None:
                raise errors.generic_needs_brackets(callee_loc or loc, w_func.loc)
            return self.call(inferred, args, kwargs or {}, loc)
        if w_func.kind == "metafunc":
            spec = metafuncs.call_metafunc(self, w_func, args, loc, kwargs)  # type: ignore[arg-type]
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
        return self._call_plain(w_func, args, kwargs or {}, loc)

    def _call_plain(
        self, w_func: W_Func, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        bound = binding.bind(self.world, w_func, args, kwargs, loc)
        evaluated = [*args, *kwargs.values()]
        w_func, used = self._fit_variadic(w_func, bound, loc)
        prelude: list[Any] = []
        if kwargs:
            used, prelude = self.in_order(evaluated, used)
        converted = []
        for param, arg in zip(w_func.params, used, strict=True):
            assert param.w_T is not None, (w_func, param.name)
            converted.append(convert(self, arg, param.w_T, param.loc, f"the parameter `{param.name}`"))  # type: ignore[arg-type]
        result = self.invoke(w_func, converted, loc)
        return self.with_prelude(prelude, result) if prelude else result

    def _fit_variadic(
        self, w_func: W_Func, bound: binding.Bound, loc: Loc | None
    ) -> tuple[W_Func, list[Operand]]:
        """Turn `*args` into one tuple parameter: a variant of the function per tuple type."""
        used = []
        variadic = None
        for param in w_func.params:
            if param.kind == "vararg":
                items = [
                    arg
                    if param.w_T is None
                    else convert(self, arg, param.w_T, param.loc, f"the parameter `*{param.name}`")  # type: ignore[arg-type]
                    for arg in bound.varargs
                ]
                variadic = self.make_tuple([self._single(op) for op in items], loc)
                used.append(variadic)
            elif param.kind == "kwarg":
                raise errors.unsupported("**kwargs in a red function", w_func.loc)
            else:
                used.append(bound.args[param.name])
        if variadic is not None:
            assert isinstance(w_func, W_ASTFunc)
            w_func = self.variant(w_func, variadic.w_T)
        return w_func, used

    def _single(self, op: Operand) -> Operand:
        """What exists early only goes through `*args` as a type of its own."""
        if (
            op.known
            and (op.w_T in b.BLUE_ONLY or isinstance(op.val, W_Func))
            and op.w_T is not b.W_INT_LITERAL
        ):
            return Operand(self.world.single_type(op), None, op.blue, op.loc)
        return op

    def invoke(self, w_func: W_Func, args: list[Operand], loc: Loc | None) -> Operand:
        """Call a red function whose arguments fit."""
        if isinstance(w_func, W_ASTFunc):
            return self.run_red(w_func, args, loc)
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

    def call_prim(self, name: str, args: list[Operand], loc: Loc | None, *, swapped: bool = False) -> Operand:
        """Do a primitive operation; `swapped`: the second operand was evaluated first."""
        w_prim = self.world.prim(name)
        w_result = w_prim.w_result
        assert w_result is not None
        tid = w_result.fqn

        def residual(exprs: list[Expr], pos: Pos) -> Expr:
            return Prim(tid, pos, name, tuple(exprs))

        body = w_prim.body if not w_prim.op.overflow else self._overflow_body(w_prim, loc)
        if swapped:
            done = self.swapped(
                args[1],
                args[0],
                lambda c, t: self.intrinsic([t, c], w_result, body, residual, loc, pure=True),
            )
            assert done is not None
            return done
        return self.intrinsic(args, w_result, body, residual, loc, pure=True)

    def _overflow_body(self, w_prim: W_PrimFunc, loc: Loc | None) -> Compute:
        """Return the body of an operation that can overflow: raising, or wrapping with a warning."""
        from spy_vm.host import CHECKED_PRIMS  # noqa: PLC0415 - needed only here

        checked = CHECKED_PRIMS[w_prim.op.name]
        if self.world.overflow == "check":
            return checked

        def body(*vals: Any) -> Any:
            try:
                return checked(*vals)
            except Raised as error:
                if error.etype != "OverflowError":
                    raise
                if self.world.warn_overflow is not None and self.engine == "eval":
                    self.world.warn_overflow(error.message, loc)
                return w_prim.body(*vals)

        return body

    def intrinsic(
        self,
        args: list[Operand],
        w_T: W_Type,
        compute: Compute,
        residual: Residual,
        loc: Loc | None,
        *,
        pure: bool = False,
    ) -> Operand:
        """Compute now if the operation is pure and all operands are blue, else as the engine says."""
        if pure and all(arg.blue for arg in args):
            try:
                return Operand(w_T, compute(*[arg.val for arg in args]), True, loc)
            except Raised as error:
                return self.fold_failed(error, args, w_T, residual, loc)
        return self.run_intrinsic(args, w_T, compute, residual, loc)

    def call_blue(
        self,
        w_func: W_Func,
        args: list[Operand],
        loc: Loc | None,
        kwargs: dict[str, Operand] | None = None,
        *,
        callee_loc: Loc | None = None,
        cache: bool = True,
    ) -> Operand:
        """Call a blue function now."""
        if isinstance(w_func, W_BuiltinMeta):
            return w_func.body(self, args, loc)  # type: ignore[arg-type]
        red = [arg for arg in (*args, *(kwargs or {}).values()) if not arg.blue]
        if red:
            raise errors.red_arguments(callee_loc or loc, red, w_func.loc)
        if not isinstance(w_func, W_ASTFunc):
            return self._call_plain(w_func, args, kwargs or {}, loc)
        bound = binding.bind(self.world, w_func, args, kwargs or {}, loc)
        for param in w_func.params:
            if param.kind == "vararg":
                bound.args[param.name] = blue(b.W_BLUE_LIST, BlueList(bound.varargs), loc)
            elif param.w_T is not None and param.kind != "kwarg":
                bound.args[param.name] = convert(
                    self, bound.args[param.name], param.w_T, param.loc, f"the parameter `{param.name}`"
                )  # type: ignore[arg-type]
        key = blue_cache.key(w_func, [bound.args[p.name] for p in w_func.params]) if cache else None
        if key is not None and key in self.world.blue_cache:
            return self.world.blue_cache[key].at(loc)
        result = self.run_blue(w_func, bound.args, loc, key)
        if key is not None:
            self.world.blue_cache[key] = result
        return result.at(loc)

    def apply_spec(
        self, spec: OpSpec, args: list[Operand], loc: Loc | None, kwargs: dict[str, Operand] | None = None
    ) -> Operand:
        """Do what a metafunction answered for `args`."""
        evaluated = [*args, *(kwargs or {}).values()]
        if spec.const is not None:
            result = spec.const.at(loc)
            for arg in evaluated:
                result = self.after(arg, result)
            return result
        assert spec.w_func is not None
        if spec.args is None:
            return self.call_func(spec.w_func, self._drop_extra(spec.w_func, args), loc, kwargs)
        used, prelude = self.in_order(evaluated, list(spec.args))
        result = self.call_func(spec.w_func, used, loc)
        return self.with_prelude(prelude, result) if prelude else result

    def _drop_extra(self, w_func: W_Func, args: list[Operand]) -> list[Operand]:
        """A plain function behind `__getattribute__` and friends may not want the name."""
        return args

    def instantiate(
        self, w_T: W_Type, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Return `T(*args, **kwargs)`."""
        found = w_T.lookup("__new__")  # not through the library: `str(x)` needs none of its methods
        if found is not None and isinstance(found.val, W_Func):
            w_new = found.val
            if isinstance(w_new, W_BuiltinMeta):
                return w_new.body(self, args, loc)  # type: ignore[arg-type]
            if w_new.kind == "metafunc":
                cls = blue(b.W_TYPE, w_T, loc)
                spec = metafuncs.call_metafunc(self, w_new, [cls, *args], loc, kwargs)  # type: ignore[arg-type]
                if spec.null:
                    raise errors.cannot_instantiate(w_T, loc)
                return self.apply_spec(spec, args, loc, kwargs)
            return self.call_func(w_new, args, loc, kwargs)
        special = self.construct_builtin(w_T, args, kwargs, loc)
        if special is None:
            raise errors.cannot_instantiate(w_T, loc)
        return special

    def _make_exception(self, callee: Operand, args: list[Operand], loc: Loc | None) -> Operand:
        if len(args) > 1:
            raise errors.wrong_arg_count(
                callee.val, "from 0 to 1 arguments", len(args), loc, "extra arguments", None
            )
        message = convert(self, args[0], b.W_STR, None, "the exception's message") if args else None  # type: ignore[arg-type]
        return Operand(b.W_EXCEPTION, ExcValue(callee.val, message), message is None or message.blue, loc)

    def truth(self, op: Operand) -> Operand:
        """Return `op` as a bool."""
        return truth(self, op)  # type: ignore[arg-type]

    def convert(self, op: Operand, w_T: W_Type) -> Operand:
        """Return `op` as a `w_T`."""
        return convert(self, op, w_T)  # type: ignore[arg-type]

    def dunder(self, name: str, args: list[Operand], loc: Loc | None) -> Operand | None:
        """Call a dunder of the first operand's type."""
        return call_dunder(self, name, args, loc)  # type: ignore[arg-type]
