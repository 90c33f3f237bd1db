"""What virtual calls may run: for each class that there are objects of, the function it has under the name.

Only classes of which the program makes objects count, so that the search goes on until there are no new ones.
A function whose signature is not exactly that of the call gets an adapter:

    def `Square::scaled#as`(self: Square, by: i32) -> Shape: return cast(Shape, Square.scaled(self, by))
"""

from collections.abc import Callable
from typing import final

from spy_types.errors import SpyError
from spy_types.program import nodes as ir
from spy_types.program.program import Effects, Function, Impl, Method, Param
from spy_vm.dispatch.other_operand import for_operand
from spy_vm.dispatch.overriding import override_fault
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import Role, W_ClassType
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type

from spy_redshift.residual.frame import SpecFrame
from spy_redshift.residual.objects import method_fqn
from spy_redshift.session import Session

NO_EFFECTS = Effects(raises=True, allocates=True, pure=False)
Key = tuple[W_ClassType, str, Role, W_Type | None]


@final
class Overrides:
    """The implementations of the methods that one redshift calls virtually."""

    def __init__(
        self,
        session: Session,
        frame_for: Callable[[W_ASTFunc], SpecFrame],
        functions: dict[str, Function],
    ) -> None:
        self.session = session
        self.frame_for = frame_for
        self.functions = functions
        self.found: dict[Key, dict[W_ClassType, str]] = {}

    def request(self) -> bool:
        """Ask for the functions that are not known yet; return whether there were any."""
        any_new = False
        for key, w_func in list(self.session.methods.items()):
            known = self.found.setdefault(key, {})
            for w_C in [w_C for w_C in self.session.made if w_C not in known and w_C.is_subtype(key[0])]:
                any_new = True
                known[w_C] = self._function(w_C, key, w_func)
        return any_new

    def methods(self) -> tuple[Method, ...]:
        """Return all methods with their implementations."""
        return tuple(self._method(key, w_func) for key, w_func in self.session.methods.items())

    def _method(self, key: Key, w_func: W_ASTFunc | W_Type) -> Method:
        tid = self.session.types.tid
        others = w_func.params[1:] if isinstance(w_func, W_ASTFunc) else []
        params = tuple(tid(p.w_T) for p in others if p.w_T is not None)
        w_result = w_func.w_result if isinstance(w_func, W_ASTFunc) else w_func
        assert w_result is not None
        impls = tuple(Impl(tid(w_C), fqn) for w_C, fqn in self.found.get(key, {}).items())
        return Method(method_fqn(*key), (tid(key[0]), *params), tid(w_result), impls)

    def _function(self, w_C: W_ClassType, key: Key, w_func: W_ASTFunc | W_Type) -> str:
        if not isinstance(w_func, W_ASTFunc):
            return self._constant(w_C, key[1], w_func)
        w_impl = w_C.implementation(key[1], key[2])
        if key[3] is not None and w_impl is not None:
            w_impl = for_operand(self.session.world, w_impl, key[3]) or w_impl
        if isinstance(w_impl, W_ASTFunc) and _same_signature(w_impl, w_func):
            return self.session.request(w_impl, *self.session.asked_from.get(w_func.fqn, (None, None)))
        assert w_impl is not None, (w_C, key)
        return self._adapter(w_C, w_impl if isinstance(w_impl, W_ASTFunc) else w_func, w_func, key)

    def _constant(self, w_C: W_ClassType, name: str, w_T: W_Type) -> str:
        """Return a function that returns the class attribute `name` of `w_C`."""
        fqn = self.session.world.unique_fqn(f"{w_C.fqn}::{name}#constant")
        found = w_C.constant(name)
        assert found is not None
        frame = self.session.converter
        assert frame is not None
        value = frame.convert(found, w_T)
        pos, tid = self.session.pos(w_C.loc), self.session.types.tid
        const = ir.Const(tid(w_T), pos, self.session.image.constant(w_T, value.val))
        param = Param("self", tid(w_C))
        body = (ir.Return(pos, const),)
        self.functions[fqn] = Function(
            fqn, "", (param,), tid(w_T), (), body, pos, NO_EFFECTS, "auto", None
        )  # fmt: skip
        return fqn

    def _adapter(self, w_C: W_ClassType, w_impl: W_ASTFunc, w_func: W_ASTFunc, key: Key) -> str:
        fqn = self.session.world.unique_fqn(f"{w_impl.fqn}#as")
        frame = self.frame_for(w_impl)
        loc = w_impl.loc
        names = [f"a{i}" for i in range(len(w_func.params))]
        types = [w_C, *(p.w_T or b.W_DYNAMIC for p in w_func.params[1:])]
        params = tuple(
            Param(name, self.session.types.tid(w_T, loc)) for name, w_T in zip(names, types, strict=True)
        )
        args = [
            Operand(w_T, UNKNOWN, False, loc, ir.Local(param.t, frame.pos(loc), param.name))
            for w_T, param in zip(types, params, strict=True)
        ]
        assert w_func.w_result is not None
        try:
            result = frame.call_override(w_impl, w_func, args, loc)
        except SpyError as cause:
            error = override_fault(w_impl, w_func, key[0]) or cause
            self.session.errors += [d for d in error.diagnostics if d not in self.session.errors]
            return fqn
        is_none = w_func.w_result is b.W_NONE
        if is_none:
            frame.discard(result)
        else:
            frame.emit(ir.Return(frame.pos(loc), frame.expr(result)))
        locals_ = tuple(Param(name, tid) for name, tid in frame.ir_locals.items())
        self.functions[fqn] = Function(
            fqn, "", params, self.session.types.tid(w_func.w_result), locals_, tuple(frame.out),
            frame.pos(loc), NO_EFFECTS, "auto", None,
        )  # fmt: skip
        return fqn


def _same_signature(w_impl: W_ASTFunc, w_func: W_ASTFunc) -> bool:
    own = [(p.w_T, p.kind == "kwonly") for p in w_impl.params[1:]]
    return (
        own == [(p.w_T, p.kind == "kwonly") for p in w_func.params[1:]] and w_impl.w_result is w_func.w_result
    )
