"""Generator expressions: functions with `yield`, called where they stand.

(f(x) for x in xs if c)    ->    def <genexpr>(items):
                                     for x in items:
                                         if c: yield f(x)
                                 <genexpr>(xs)

The first iterable is evaluated at once; what the rest mentions is captured as by any inner function.
"""

import msgspec
from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Symbol

from spy_vm import errors
from spy_vm.frame.scoping import scope_at
from spy_vm.interface.frame import Frame
from spy_vm.objects.functions import Param, W_ASTFunc
from spy_vm.objects.operand import Operand, W_Type

ITEMS = "_$items"
NAME = "<genexpr>"


class GeneratorExpressions(Frame):
    """`(f(x) for x in xs)`"""

    def eval_GeneratorExp(self, node: n.GeneratorExp, expected: W_Type | None) -> Operand:
        loc = self.loc(node.span)
        first = self.concrete(self.class_items(self.eval(node.generators[0].iter), loc), loc)
        w_func = W_ASTFunc(
            self.world.unique_fqn(f"{self.ns}::genexpr"), [], None, as_function(node), self.module, self
        )
        w_func.loc, w_func.holder, w_func.display, w_func.generator = loc, self, NAME, True
        w_func.params = [Param(ITEMS, first.w_T, "normal", None, first.loc)]
        own = scope_at(self.module, node.scope)
        symbols = {**own.symbols, ITEMS: Symbol(ITEMS, own.id, "param", "const", None)}
        w_func.scope = msgspec.structs.replace(own, kind="function", name=NAME, symbols=symbols)
        for generator in node.generators:
            if generator.is_async:
                raise errors.unsupported("`async for`", self.loc(generator.span))
        if self.engine == "eval":
            key = (self.w_func, loc, first.w_T)
            known: dict[object, W_Type | None] = self.world.static_types
            if key not in known and self.world.infer_result is not None:
                known[key] = self.world.infer_result(w_func, loc)
            w_func.w_result = known.get(key)
        return self.call_plain(w_func, [first], {}, loc)


def as_function(node: n.GeneratorExp) -> n.FunctionDef:
    """Return the function that a generator expression stands for."""
    span = node.span
    body: n.Stmt = n.ExprStmt(node.elt.span, n.Yield(node.elt.span, node.elt))
    for i, generator in reversed(list(enumerate(node.generators))):
        for test in reversed(generator.ifs):
            body = n.If(test.span, test, (body,), ())
        items = generator.iter if i else n.Name(generator.iter.span, ITEMS)
        body = n.For(generator.target.span, generator.target, items, (body,), (), False)
    params = n.Parameters(span, (), (n.Parameter(span, ITEMS, None, None),), None, (), None)
    return n.FunctionDef(span, NAME, span, (), params, None, (body,), (), False, None, node.scope)
