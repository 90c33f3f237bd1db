"""The specialiser: red functions that are reached become functions of Program IR, each once."""

from typing import Any

from spy_types.errors import SpyError
from spy_types.program import nodes as ir
from spy_types.program.constants import StrConst
from spy_types.program.program import Function, Param
from spy_vm.frame.scoping import scope_of
from spy_vm.frame.variadic import bind_packs
from spy_vm.interface.flow import Flow
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import UNKNOWN, Operand, blue
from spy_vm.objects.types import W_UnionType
from spy_vm.registry.registry import Registry

from spy_redshift.dynamics.answers import Answers
from spy_redshift.overrides import NO_EFFECTS, Overrides
from spy_redshift.passes.hoist_yields import hoist_yields
from spy_redshift.question import Asked
from spy_redshift.residual.assigned import drop_flags, flag_of
from spy_redshift.residual.frame import SpecFrame
from spy_redshift.session import Mode, Session


class FunctionFrame(SpecFrame):
    """The frame of the function being specialised."""

    def __init__(self, spec: "Specialiser", *args: Any, **kwargs: Any) -> None:
        super().__init__(spec, *args, **kwargs)
        self.specialiser = spec

    def frame_for(self, w_func: W_ASTFunc) -> "FunctionFrame":
        return self.specialiser.frame_for(w_func)

    def bind_parameters(self, w_func: W_ASTFunc) -> list[Param]:
        """Bind the parameters of `w_func` to what run time passes; return them for the program."""
        self.open_cells(w_func.node)
        params = [Param(name, self.tid(w_T)) for name, w_T in self.enter(w_func)]
        for param in w_func.params:
            assert param.w_T is not None
            params.append(Param(param.name, self.tid(param.w_T, param.loc)))
            self.ir_locals[param.name] = params[-1].t
            self.declared[param.name] = (param.w_T, param.loc)
            self.locals[param.name] = Operand(param.w_T, UNKNOWN, False, param.loc, None, param.loc)
        self.assigned.update(self.locals)
        bind_packs(self, w_func)
        self.fix_packs(w_func)
        self.assigned.update(self.locals)
        self.share_parameters()
        return params


class Specialiser(Session):
    """One redshift. `mode`: eager collects errors, lazy makes them raise when their statement runs."""

    def __init__(self, world: Registry, mode: Mode = "eager") -> None:
        super().__init__(world, mode)
        self.functions: dict[str, Function] = {}
        self.overrides = Overrides(self, self.frame_for, self.functions)
        self.answers = Answers(self, self.frame_of_question, self.functions)

    def frame_for(self, w_func: W_ASTFunc) -> FunctionFrame:
        """Return a frame in which the body of `w_func` can be walked."""
        return FunctionFrame(
            self,
            self.world,
            w_func.module,
            scope_of(w_func),
            w_func.closure,
            w_func.fqn,
            blue_frame=False,
            w_func=w_func,
        )

    def frame_of_question(self, asked: Asked) -> FunctionFrame:
        """Return a frame in which a question about dynamic values can be answered."""
        return FunctionFrame(self, self.world, asked.module, asked.scope, None, asked.fqn, blue_frame=False)

    def drain(self) -> None:
        """Specialise what was requested, and what that requests."""
        while self.pending or self.overrides.request() or self.answers.request():
            while self.pending:
                w_func = self.pending.pop(0)
                if w_func.fqn not in self.functions:
                    self.tolerant = w_func.fqn in self.tolerated
                    self.functions[w_func.fqn] = self.specialise(w_func)
            self.tolerant = False

    def specialise(self, w_func: W_ASTFunc) -> Function:
        """Return the residual function of `w_func`."""
        frame = self.frame_for(w_func)
        params = frame.bind_parameters(w_func)
        frame.declare_classes(w_func.node.body)
        frame.assigned.update(frame.locals)
        flow = frame.exec_block(w_func.node.body)
        try:
            frame.refuse_untyped()
        except SpyError as error:
            frame.static_error(error, frame.loc(w_func.node.span))
        w_result = frame.wanted_result()
        if flow is Flow.NEXT and isinstance(w_result, W_UnionType) and w_result.optional:
            frame.return_value(frame.convert(blue(b.W_NONE, None), w_result), frame.loc(w_func.node.span))
        elif flow is Flow.NEXT and w_result not in (b.W_NONE, None):
            pos = frame.pos(w_func.loc)
            text = ir.Const("str", pos, StrConst("reached the end of the function without a `return`"))
            frame.emit(ir.Raise(pos, "TypeError", text))
        return self._function(w_func, frame, params)

    def _function(self, w_func: W_ASTFunc, frame: FunctionFrame, params: list[Param]) -> Function:
        body = drop_flags(tuple(frame.out), frame.flagged)
        names = {p.name for p in params}
        locals_ = [Param(name, tid) for name, tid in frame.ir_locals.items() if name not in names]
        if frame.flagged:
            locals_ += [Param(flag_of(name), "bool") for name in sorted(frame.flagged)]
            body = (*_initial_flags(frame, names), *body)
        made = Function(
            fqn=w_func.fqn,
            display=w_func.node.name,
            params=tuple(params),
            result=self.types.tid(w_func.w_result or b.W_NONE),
            locals=tuple(locals_),
            body=body,
            pos=frame.pos(w_func.loc),
            effects=NO_EFFECTS,
            inline="auto",
            doc=w_func.node.docstring,
            generator=w_func.generator,
        )
        return hoist_yields(made) if w_func.generator else made


def _initial_flags(frame: FunctionFrame, params: set[str]) -> list[ir.Stmt]:
    """Return the assignments that say which locals have a value at the start: parameters."""
    loc = frame.w_func.loc if frame.w_func is not None else None
    return [
        ir.Assign(frame.pos(loc), flag_of(name), frame.bool_const(name in params, loc))
        for name in sorted(frame.flagged)
    ]
