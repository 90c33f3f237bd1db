"""Instances: `T(...)`."""

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.dispatch import metafuncs
from spy_vm.frame.exception_values import ExceptionValues
from spy_vm.interface.frame import W_BuiltinMeta
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_Func
from spy_vm.objects.operand import Operand, W_Type, blue


class Instances(ExceptionValues):
    """Calls of types."""

    def instantiate(
        self, w_T: W_Type, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Return `T(*args, **kwargs)`."""
        found = w_T.lookup("__new__")  # not through the library: `str(x)` needs none of its methods
        if found is not None and isinstance(found.val, W_Func):
            w_new = found.val
            if isinstance(w_new, W_BuiltinMeta):
                return w_new.body(self, args, loc)
            if w_new.kind == "metafunc":
                cls = blue(b.W_TYPE, w_T, loc)
                spec = metafuncs.call_metafunc(self, w_new, [cls, *args], loc, kwargs)
                if spec.null:
                    raise errors.cannot_instantiate(w_T, loc)
                return self.apply_spec(spec, args, loc, kwargs)
            init = self.world.method(w_T, "__init__")
            if init is not None:
                return self._made_and_initialised(w_T, w_new, init, args, kwargs, loc)
            return self.call_func(w_new, args, loc, kwargs)
        if isinstance(w_T, W_ClassType):
            return self.make_object(w_T, args, kwargs, loc)
        special = self.construct_builtin(w_T, args, kwargs, loc)
        if special is None:
            raise errors.cannot_instantiate(w_T, loc)
        return special

    def _made_and_initialised(  # noqa: PLR0913, PLR0917  # all of them matter
        self,
        w_T: W_Type,
        w_new: W_Func,
        w_init: W_Func,
        args: list[Operand],
        kwargs: dict[str, Operand],
        loc: Loc | None,
    ) -> Operand:
        """Return what `__new__` makes, after `__init__`: as in Python, both get the arguments."""
        pairs = [self.twice(arg) for arg in args]
        named = {name: self.twice(arg) for name, arg in kwargs.items()}
        made = self.call_func(
            w_new, [first for first, _ in pairs], loc, {name: first for name, (first, _) in named.items()}
        )
        if made.w_T is not w_T:
            return made
        made, result = self.twice(made)
        again = {name: second for name, (_, second) in named.items()}
        done = self.call_func(w_init, [made, *(second for _, second in pairs)], loc, again)
        return self.after(done, result)
