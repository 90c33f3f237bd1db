"""Generator functions in the evaluator: a call walks nothing yet."""

from collections.abc import Callable
from typing import Any

from spy_types.loc import Loc

from spy_vm.evaluator.generator import WalkedGenerator
from spy_vm.evaluator.places import Places
from spy_vm.exceptions import Raised
from spy_vm.generators import Generator, received
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_ASTFunc
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.trace_entry import TraceEntry


class Generators(Places):
    """Frames that stand still."""

    running: WalkedGenerator | None = None  # the generator whose body this frame walks

    def start_generator(
        self, w_func: W_ASTFunc, frame: "Generators", args: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        """Return the generator whose body is that of `w_func`, to be walked in `frame`."""

        def body(generator: WalkedGenerator) -> Any:
            frame.running = generator
            return frame.run_function(w_func, args).val

        w_T = w_func.w_result  # None: what is wrong shows when the body runs
        if w_T is None:
            w_T = self.generator_type(b.W_NONE, b.W_NONE, b.W_NONE, loc or self.loc_unknown())
        return Operand(w_T, WalkedGenerator(self.world, body), self.blue_frame, loc)

    def run_yield(self, op: Operand, w_sent: W_Type, loc: Loc) -> Operand:
        assert self.running is not None
        sent = self.running.suspend(op.val)
        value = None if w_sent is b.W_NONE else received(sent)
        return Operand(w_sent, value, self.blue_frame, loc)

    def delegate(self, iterable: Operand, loc: Loc) -> Operand:
        return self.yield_all(iterable, loc)

    def close_generator(self, op: Operand, loc: Loc | None) -> None:
        self.stepped_type(op)
        self._at(loc, lambda generator: generator.close(), [op])

    def stepping(self, loc: Loc | None) -> Callable[..., bool]:
        def step(generator: Generator, *sent: Any) -> bool:
            try:
                return generator.advance(*sent)
            except Raised as error:
                if error.frames and loc is not None:
                    error.frames.insert(0, TraceEntry(loc.file, loc.line, self.display_name))
                raise

        return step
