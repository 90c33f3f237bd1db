"""Blue calls: run now, once per function and arguments."""

from typing import Any

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.depth import MAX_BLUE_DEPTH
from spy_vm.dispatch import binding, blue_cache
from spy_vm.dispatch.convert import convert
from spy_vm.exceptions import Raised
from spy_vm.frame import blame
from spy_vm.frame.naming import arg_name, argument_values, blue_namespace, human
from spy_vm.frame.scoping import scope_of
from spy_vm.interface.frame import Frame, W_BuiltinMeta
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import (
    W_ASTFunc,
    W_Func,
)
from spy_vm.objects.meta import BlueList, OpSpec
from spy_vm.objects.operand import Operand, W_Type, blue
from spy_vm.objects.types import W_StructType


class BlueCalls(Frame):
    """Calls of blue functions and metafunctions."""

    def call_blue(  # noqa: C901, PLR0913  # all of them matter to every caller
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
            return w_func.body(self, args, loc)
        red = [arg for arg in (*args, *(kwargs or {}).values()) if not arg.blue]
        if red:
            raise errors.red_arguments(callee_loc or loc, red, w_func.loc)
        if not isinstance(w_func, W_ASTFunc):
            return self.call_plain(w_func, args, kwargs or {}, loc)
        bound = binding.bind(self.world, w_func, args, kwargs or {}, loc)
        for name, arg in bound.args.items():
            bound.args[name] = free(arg)
        for param in w_func.params:
            if param.kind == "vararg":
                bound.args[param.name] = blue(b.W_BLUE_LIST, BlueList(bound.varargs), loc)
            elif param.kind == "kwarg":
                pairs = [(blue(b.W_STR, name, arg.loc), arg) for name, arg in bound.extra.items()]
                bound.args[param.name] = self.blue_dict(pairs, loc or self.loc_unknown())
            elif param.w_T is not None:
                bound.args[param.name] = convert(
                    self, bound.args[param.name], param.w_T, param.loc, f"the parameter `{param.name}`"
                )
        key = blue_cache.key(w_func, [bound.args[p.name] for p in w_func.params]) if cache else None
        if key is not None and key in self.world.blue_cache:
            return self.world.blue_cache[key].at(loc)
        result = self.run_blue(w_func, bound.args, loc, key)
        if key is not None:
            self.world.blue_cache[key] = result
        return result.at(loc)

    def run_blue(
        self, w_func: W_ASTFunc, args: dict[str, Operand], loc: Loc | None, key: Any = None
    ) -> Operand:
        """Run a blue function now and return its result, refined to its own type.

        `key` is its place in the cache.
        """
        self.world.depth += 1
        if self.world.depth > MAX_BLUE_DEPTH:
            self.world.depth -= 1
            raise errors.fault(
                "VM058",
                "blue calls are nested too deeply",
                (loc, f"`{w_func.display}` is called here, again and again"),
                hint="look for an endless recursion",
            )
        try:
            return self._run_blue(w_func, args, loc, key)
        finally:
            self.world.depth -= 1

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
            return self.call_func(spec.w_func, args, loc, kwargs)
        used, prelude = self.in_order(evaluated, list(spec.args))
        result = self.call_func(spec.w_func, used, loc)
        return self.with_prelude(prelude, result) if prelude else result

    def _run_blue(self, w_func: W_ASTFunc, args: dict[str, Operand], loc: Loc | None, key: Any) -> Operand:
        ns = blue_namespace(w_func, list(args.values()))
        frame = self.new_frame(
            w_func.module, scope_of(w_func), w_func.closure, ns, blue_frame=True, w_func=w_func
        )
        try:
            if w_func.sugar:
                result = frame.run_generic(w_func, args, key)
            else:
                result = frame.run_function(w_func, args)
        except Raised as error:
            raise errors.static_error(error.etype, error.message, error.where or loc) from error
        except SpyError as error:
            raise blame.blue_call(error, w_func, args.values(), loc) from error.__cause__
        self._name_result(w_func, ns, args, result)
        return free(result)

    def _name_result(self, w_func: W_ASTFunc, ns: str, args: dict[str, Operand], result: Operand) -> None:
        """A type made by a generic is shown to users as `generic[args]`."""
        if w_func.kind != "generic" or not isinstance(result.val, (W_Type, W_Func)):
            return
        made = result.val
        if isinstance(made, W_StructType) and made.origin is None and made.fqn.rpartition("::")[0] == ns:
            made.origin = w_func
            made.origin_args = [value for op in args.values() for value in argument_values(op)]
            made.display = f"{human(self, w_func.fqn)}[{', '.join(arg_name(a) for a in made.origin_args)}]"


def free(op: Operand) -> Operand:
    """Return `op`; an empty display that leaves the function around it takes no type from there any more."""
    if op.pending is None or "::" in op.pending:
        return op
    return blue(op.w_T, op.val, op.loc)
