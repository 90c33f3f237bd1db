"""The complete frame: blue calls, generics, variants of variadic functions, bound methods."""

from typing import Any

from spy_types.errors import SpyError
from spy_types.loc import Loc
from spy_types.syntax import nodes as n
from spy_types.syntax.scopes import Scope

from spy_vm import errors
from spy_vm.depth import MAX_BLUE_DEPTH
from spy_vm.exceptions import Raised
from spy_vm.frame import blame, infer
from spy_vm.frame.construct import Construct
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import Param, W_ASTFunc, W_Func
from spy_vm.objects.meta import BlueList
from spy_vm.objects.modules import Cell, W_Module
from spy_vm.objects.operand import UNKNOWN, Operand, blue
from spy_vm.objects.types import W_StructType, W_Type


class Frame(Construct):
    """An activation of a function, class body or module."""

    def run_blue(
        self, w_func: W_ASTFunc, args: dict[str, Operand], loc: Loc | None, key: Any = None
    ) -> Operand:
        """Run a blue function now and return its result, refined to its own type; `key` is its place in the cache."""
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

    def _run_blue(self, w_func: W_ASTFunc, args: dict[str, Operand], loc: Loc | None, key: Any) -> Operand:
        ns = blue_namespace(w_func, list(args.values()))
        frame = self.world.new_frame(
            w_func.module, scope_of(w_func), w_func.closure, ns, blue_frame=True, w_func=w_func
        )
        try:
            if w_func.sugar:
                result = frame.run_sugar(w_func, args, key)
            else:
                result = frame.run_function(w_func, args)
        except Raised as error:
            raise errors.static_error(error.etype, error.message, error.where or loc) from None
        except SpyError as error:
            raise blame.blue_call(error, w_func, loc) from None
        self._name_result(w_func, ns, args, result)
        return result

    def _name_result(self, w_func: W_ASTFunc, ns: str, args: dict[str, Operand], result: Operand) -> None:
        """A type made by a generic is shown to users as `generic[args]`."""
        if w_func.kind != "generic" or not isinstance(result.val, (W_Type, W_Func)):
            return
        made = result.val
        if isinstance(made, W_StructType) and made.origin is None and made.fqn.rpartition("::")[0] == ns:
            made.origin = w_func
            made.origin_args = [value for op in args.values() for value in argument_values(op)]
            made.display = f"{self.human(w_func.fqn)}[{', '.join(arg_name(a) for a in made.origin_args)}]"

    def human(self, fqn: str) -> str:
        """Return an FQN as users read it: builtins without their module."""
        return self.world.human_names.get(fqn, fqn)

    def run_sugar(self, w_func: W_ASTFunc, args: dict[str, Operand], key: Any) -> Operand:
        """Define what stands under PEP 695 type parameters."""
        for name, op in args.items():
            self.locals[name] = Operand(op.w_T, op.val, True, op.loc)
        node: Any = w_func.node
        if isinstance(node, n.ClassDef):
            w_T = W_StructType(self.world.unique_fqn(f"{self.ns}::Self"))
            w_T.loc = self.loc(node.name_span)
            self.world.register_type(w_T)
            w_T.origin = w_func
            w_T.origin_args = [op.val for op in args.values()]
            w_T.display = f"{self.human(w_func.fqn)}[{', '.join(arg_name(a) for a in w_T.origin_args)}]"
            self.self_type = w_T
            if key is not None:
                self.world.blue_cache[key] = blue(b.W_TYPE, w_T)
            self.define_struct(node, w_T)
            return blue(b.W_TYPE, w_T)
        colour, _ = self.colour_of(node)
        colour = None
        params, w_result = self.make_params(node, colour), self.make_result(node, colour)
        inner = W_ASTFunc(
            self.world.unique_fqn(f"{self.ns}::impl"), params, w_result, node, self.module, self
        )
        inner.loc = w_func.loc
        inner.display = w_func.display
        return self.world.func_operand(inner)

    def run_function(self, w_func: W_ASTFunc, args: dict[str, Operand]) -> Operand:
        """Run the body with `args` bound; return its result."""
        raise NotImplementedError

    def variant(self, w_func: W_ASTFunc, w_tuple: W_Type) -> W_ASTFunc:
        """Return `w_func` with its `*args` fixed to a tuple type."""
        if w_tuple not in w_func.variants:
            params = [
                Param(p.name, w_tuple, "normal", None, p.loc) if p.kind == "vararg" else p
                for p in w_func.params
            ]
            inner = ", ".join(getattr(a, "fqn", str(a)) for a in w_tuple.origin_args)
            fqn = self.world.unique_fqn(f"{w_func.fqn}[{inner}]")
            clone = W_ASTFunc(fqn, params, w_func.w_result, w_func.node, w_func.module, w_func.closure)
            clone.loc, clone.scope, clone.w_owner = w_func.loc, w_func.scope, w_func.w_owner
            clone.force_inline, clone.display = w_func.force_inline, w_func.display
            w_func.variants[w_tuple] = clone
        found: W_ASTFunc = w_func.variants[w_tuple]
        return found

    def bound_method(self, w_func: W_Func, obj: Operand, loc: Loc | None) -> Operand:
        """Return the class method `w_func` of the class `obj`."""
        return blue(b.W_SUPER, BoundMethod(w_func, obj), loc)

    def call(
        self, callee: Operand, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand:
        if isinstance(callee.val, BoundMethod):
            return self.call_func(callee.val.w_func, [callee.val.obj, *args], loc, kwargs, callee.loc)
        return super().call(callee, args, kwargs, loc)

    def infer_type_args(
        self, w_func: W_Func, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
    ) -> Operand | None:
        """Return `f[T]` for a call `f(args)` of a generic; None if it cannot be inferred."""
        if not isinstance(w_func, W_ASTFunc):
            return None
        hook = w_func.module.attrs.get(f"__call_{w_func.node.name}__")
        if isinstance(hook, Operand):
            return hook
        if not w_func.sugar:
            return None
        return infer.infer(self, w_func, args, kwargs, loc)

    def submodule(self, module: W_Module, name: str, loc: Loc | None) -> Operand | None:
        """Return the module `module.name` of a package that import time has loaded."""
        found = self.world.modules.get(f"{module.name}.{name}")
        return None if found is None else blue(b.W_MODULE, found, loc)

    def red_meta_arg(self, w_T: W_Type) -> Operand:
        """Return a red MetaArg of a type, for lookups by hand."""
        return Operand(w_T, UNKNOWN, False)

    def class_frame(self, stmt: n.ClassDef, w_T: W_Type) -> "Frame":
        assert self.module.syntax is not None
        scope = self.module.syntax.scopes[stmt.scope]
        ns = w_T.fqn
        frame: Frame = self.world.new_frame(self.module, scope, self, ns, blue_frame=True)
        frame.class_fields = {}
        frame.class_type = w_T
        return frame

    def _read_builtin(self, name: str, loc: Loc) -> Operand:
        if name == "Self":
            frame: Any = self
            while frame is not None:
                w_T = frame.class_type or getattr(frame, "self_type", None)
                if w_T is not None:
                    return blue(b.W_TYPE, w_T, loc)
                frame = frame.parent
        return super()._read_builtin(name, loc)

    def parse_annotation(self, node: n.StrLit) -> n.Expr:
        """Return the expression inside a quoted annotation."""
        parse = getattr(self.world.loader, "parse_expression", None)
        if parse is None:
            if node.value.isidentifier():
                return n.Name(node.span, node.value)
            raise errors.unsupported("this quoted annotation", self.loc(node.span))
        result: n.Expr = parse(node.value, self.file, node.span)
        return result

    def eval_block_string(self, node: n.Call, loc: Loc) -> Operand:
        """Run `__block__("...")`: statements, then the value of the last expression."""
        if len(node.args) != 1 or not isinstance(node.args[0], n.StrLit) or node.keywords:
            raise errors.fault(
                "VM049",
                "__block__ requires a single string literal argument",
                (loc, "expected a triple-quoted string"),
                etype="ParseError",
            )
        parse = getattr(self.world.loader, "parse_block", None)
        if parse is None:
            raise errors.unsupported("`__block__`", loc)
        body = list(parse(node.args[0].value, self.file, node.span))
        if not body:
            raise errors.fault(
                "VM049",
                "__block__ body is empty",
                (loc, "expected at least one expression"),
                etype="ParseError",
            )
        last = body.pop()
        if not isinstance(last, n.ExprStmt):
            raise errors.fault(
                "VM049",
                "__block__ last statement must be an expression (the result)",
                (loc, "this should be an expression"),
                etype="ParseError",
            )
        return self.block_value(body, last.value)

    def block_value(self, body: list[n.Stmt], value: n.Expr) -> Operand:
        """Run statements inside an expression, then return the value."""
        self.exec_block(body)
        return self.eval(value)

    def cell_of(self, name: str) -> Cell | None:
        """Return the module variable `name`."""
        found = self.module.attrs.get(name)
        return found if isinstance(found, Cell) else None


class BoundMethod:
    """A class method with its class."""

    def __init__(self, w_func: W_Func, obj: Operand) -> None:
        self.w_func = w_func
        self.obj = obj


def scope_of(w_func: W_ASTFunc) -> Scope:
    """Return the scope in which the body of `w_func` runs; for a PEP 695 generic, that of its type parameters."""
    if w_func.scope is not None:
        return w_func.scope
    assert w_func.module.syntax is not None
    scopes = w_func.module.syntax.scopes
    own = scopes[w_func.node.scope]
    return scopes[own.parent] if w_func.sugar else own


def blue_namespace(w_func: W_ASTFunc, args: list[Operand]) -> str:
    """Return the FQN under which a blue call defines things: qualified by its type arguments."""
    types = [value for op in args for value in argument_values(op) if isinstance(value, W_Type)]
    return f"{w_func.fqn}[{', '.join(w_T.fqn for w_T in types)}]" if types else w_func.fqn


def argument_values(op: Operand) -> list[Any]:
    """Return the value of an argument of a generic; of `*args`, each value."""
    return [item.val for item in op.val.items] if isinstance(op.val, BlueList) else [op.val]


def arg_name(value: Any) -> str:
    """Return an argument of a generic as users read it."""
    return value.display if isinstance(value, W_Type) else repr(value)
