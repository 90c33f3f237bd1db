"""The walk over the syntax tree: names, expressions, displays, statements, definitions."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Self

from spy_types.loc import Loc, Span
from spy_types.syntax import nodes as n

from spy_vm.interface.control import Control
from spy_vm.interface.flow import Flow
from spy_vm.interface.operations import Operations
from spy_vm.interface.state import Attempt, Loop
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import Colour, Param, W_ASTFunc
from spy_vm.objects.operand import Operand, W_Type
from spy_vm.objects.type_variables import TypeVariable
from spy_vm.objects.types import W_GeneratorType, W_StructType


class Walking(Operations, Control, ABC):
    """What one part of the walk asks of another."""

    # --- names ---------------------------------------------------------------------------------------

    @abstractmethod
    def read_name(self, name: str, span: Span) -> Operand:
        """Return the value of `name`."""

    @abstractmethod
    def read_builtin(self, name: str, loc: Loc) -> Operand:
        """Return the value of a name that no scope binds."""

    @abstractmethod
    def assign_name(self, name: str, op: Operand, span: Span) -> None:
        """Do `name = op`."""

    @abstractmethod
    def delete_name(self, name: str, span: Span) -> None:
        """Do `del name`."""

    @abstractmethod
    def declare(self, name: str, w_T: W_Type, loc: Loc) -> None:
        """Give a local its declared type."""

    @abstractmethod
    def fresh(self, hint: str) -> str:
        """Return a name for a hidden local."""

    @abstractmethod
    def concrete(self, op: Operand, loc: Loc) -> Operand:
        """Refuse what has no type of its own: large literals, empty displays nobody typed."""

    # --- expressions ---------------------------------------------------------------------------------

    @abstractmethod
    def eval(self, node: n.Expr, expected: W_Type | None = None) -> Operand:
        """Return the operand that `node` evaluates to."""

    @abstractmethod
    def eval_subject(self, node: n.Expr) -> Operand:
        """Return an operand of a test, with the type that it had before anything was known of it."""

    @abstractmethod
    def read_attribute(self, node: n.Attribute) -> Operand:
        """Return `value.attr`, not narrowed."""

    @abstractmethod
    def narrow(self, path: tuple[str, ...], op: Operand) -> Operand:
        """Return the read `op` of `path` with the type that it is known to have here."""

    @abstractmethod
    def note_write(self, path: tuple[str, ...], w_given: W_Type | None) -> None:
        """`path` has a new value, of the type `w_given` before it was converted."""

    @abstractmethod
    def enter_loop(self, stmt: n.While | n.For) -> Loop:
        """Keep what is known at the start of every round of a loop; return where `break` notes it."""

    @abstractmethod
    def enter_try(self, stmt: n.Try) -> Attempt:
        """Return where the parts of a `try` note what is known at their ends."""

    @abstractmethod
    def leave_try(self, stmt: n.Try, attempt: Attempt) -> None:
        """Keep what is known after a `try`."""

    @abstractmethod
    def leave_loop_behind(self, loop: Loop, head: dict[tuple[str, ...], W_Type], *, endless: bool) -> None:
        """Keep what is known after a loop whose rounds started with `head`."""

    @abstractmethod
    def facts(self, test: n.Expr) -> tuple[dict[tuple[str, ...], W_Type], dict[tuple[str, ...], W_Type]]:
        """Return what holds where `test` is true, and where it is false."""

    @abstractmethod
    def under(self, facts: dict[tuple[str, ...], W_Type], run: Callable[[], Operand]) -> Operand:
        """Return what `run` returns while `facts` hold."""

    @abstractmethod
    def choose(
        self, test: n.Expr, then: Callable[[Self], Flow], orelse: Callable[[Self], Flow], loc: Loc
    ) -> Flow:
        """Do `if test: then() else: orelse()`, with what the test tells."""

    @abstractmethod
    def decide(
        self,
        op: Operand,
        told: tuple[dict[tuple[str, ...], W_Type], dict[tuple[str, ...], W_Type]],
        then: Callable[[Self], Flow],
        orelse: Callable[[Self], Flow],
        loc: Loc,
    ) -> Flow:
        """Run one of two blocks by the test `op`, which tells `told` if it is true, and if it is false."""

    @abstractmethod
    def is_stable(self, path: tuple[str, ...]) -> bool:
        """Whether only statements of this function change what `path` leads to."""

    @abstractmethod
    def eval_args(
        self, node: n.Call, params: Sequence[Param] = ()
    ) -> tuple[list[Operand], dict[str, Operand]]:
        """Evaluate the arguments from left to right."""

    @abstractmethod
    def format_value(self, value: Operand, conversion: str, spec: Operand | None, loc: Loc) -> Operand:
        """Return what `{value!conversion:spec}` shows; no conversion is the empty text."""

    @abstractmethod
    def format_template(self, text: str, node: n.Call, loc: Loc) -> Operand:
        """Return `text.format(...)` with the arguments of `node`."""

    @abstractmethod
    def percent_template(self, text: str, node: n.Expr, loc: Loc) -> Operand:
        """Return `text % node`."""

    @abstractmethod
    def eval_truth(self, node: n.Expr) -> Operand:
        """Return the truth of `node`; `and`, `or` and `not` need no common type here."""

    @abstractmethod
    def is_abstract(self, annotation: n.Expr) -> bool:
        """Whether an annotation names what many types are: a parameter then takes any of them."""

    @abstractmethod
    def says_no_type(self, annotation: n.Expr) -> bool:
        """Whether an annotation leaves the type to the value: `Final`, `TypeAlias`."""

    @abstractmethod
    def eval_type(self, node: n.Expr) -> W_Type:
        """Return the type that an annotation names."""

    @abstractmethod
    def eval_index(self, node: n.Expr) -> list[Operand]:
        """Return the operands between the brackets; `a, b` are two."""

    @abstractmethod
    def eval_starred(
        self,
        elts: tuple[n.Expr, ...],
        expected: list[W_Type | None] | None = None,
    ) -> list[Operand]:
        """Evaluate expressions; `*t` stands for the items of the tuple t."""

    # --- displays ------------------------------------------------------------------------------------

    @abstractmethod
    def build_list(self, w_T: W_Type, items: list[Operand], loc: Loc) -> Operand:
        """Return a new `list[T]` of `items`."""

    @abstractmethod
    def make_container(self, kind: str, rows: list[list[Operand]], wanted: list[W_Type], loc: Loc) -> Operand:
        """Return a list or set of items, or a dict of keys and values; `wanted` are the types asked for."""

    @abstractmethod
    def expected_args(self, expected: W_Type | None, name: str, count: int) -> list[W_Type]:
        """Return the type arguments of `expected` if it is a `name[...]`."""

    @abstractmethod
    def begin_collecting(self, kind: str, wanted: list[W_Type], loc: Loc) -> None:
        """Make the container, or keep a place for it until its type is known."""

    @abstractmethod
    def over_generators(
        self, generators: tuple[n.Comprehension, ...], iterable: Operand, leaf: Callable[[], None]
    ) -> Flow:
        """Run `leaf` for each round of the nested loops `generators`; the first is over `iterable`."""

    @abstractmethod
    def add_item(self, kind: str, parts: list[n.Expr], wanted: list[W_Type], loc: Loc) -> None:
        """Put the next item into the container."""

    @abstractmethod
    def iterate(
        self,
        iterable: Operand,
        target: n.Expr,
        body: Callable[[], Flow],
        orelse: Callable[[], Flow],
        loc: Loc,
    ) -> Flow:
        """Run `body` for each item of `iterable`."""

    @abstractmethod
    def blue_dict(self, pairs: list[tuple[Operand, Operand]], loc: Loc) -> Operand:
        """Return a dict whose values are types: it exists early only."""

    @abstractmethod
    def common_type(self, items: list[Operand], what: str) -> W_Type:
        """Return the type in which all `items` meet."""

    @abstractmethod
    def library_type(self, name: str, args: list[W_Type], loc: Loc) -> W_Type:
        """Return `name[args]` of the library."""

    @abstractmethod
    def spread(self, op: Operand, loc: Loc) -> list[Operand]:
        """Return the items that `*op` stands for; if only run time knows how many, one for all of them."""

    @abstractmethod
    def join_parts(
        self, kind: str, parts: list[tuple[bool, list[Operand]]], wanted: list[W_Type], loc: Loc
    ) -> Operand:
        """Return a new list, set or dict of items, and of those of containers that are marked as spread."""

    @abstractmethod
    def declared_type(self, op: Operand, w_T: W_Type) -> W_Type:
        """Return the type of a variable with the annotation `w_T` and this first value."""

    @abstractmethod
    def settled_as(self, op: Operand, w_T: W_Type, loc: Loc | None) -> Operand:
        """Return what an unsettled operand becomes as a `w_T`."""

    @abstractmethod
    def hold_empty(self, name: str, op: Operand, loc: Loc) -> None:
        """Bind `name` to an empty display; `settle_empty` makes it when its type is known."""

    @abstractmethod
    def hold_early(self, pending: str, op: Operand, loc: Loc) -> Operand:
        """Return the operand that a module, or blue code, binds for an empty display."""

    @abstractmethod
    def settle_module_empty(self, pending: str, made: Operand, loc: Loc | None) -> Operand:
        """Give the module name `pending` its container; refuse if run time has seen it empty before."""

    @abstractmethod
    def settle_empty(self, name: str, w_T: W_Type, loc: Loc | None) -> Operand:
        """Make the container that `name` holds, now that its type is known, and return it."""

    @abstractmethod
    def item_of_unsettled(self, obj: Operand, loc: Loc | None) -> Operand | None:
        """Return an item of a container that only this look ahead has filled, with something not settled."""

    @abstractmethod
    def first_use(self, obj: Operand, method: str, args: list[Operand]) -> Operand:
        """Return `obj`, made now if it is an empty display and this use says what it holds."""

    # --- generators ----------------------------------------------------------------------------------

    @abstractmethod
    def known_items(self, iterable: Operand, loc: Loc) -> list[Operand] | None:
        """Return the items that are known one by one: of a tuple, a blue list, or `unroll(...)`."""

    @abstractmethod
    def each(self, iterable: Operand, use: Callable[[Operand], Flow], loc: Loc) -> Flow:
        """Run `use` on each item of any iterable."""

    @abstractmethod
    def step_through(
        self, name: str, use: Callable[[Operand], Flow], orelse: Callable[[], Flow], loc: Loc
    ) -> Flow:
        """Advance the generator in the hidden local `name`, and run `use` on each item."""

    @abstractmethod
    def run_through(
        self,
        iterable: Operand,
        use: Callable[[Operand], Flow],
        orelse: Callable[[], Flow],
        loc: Loc,
        *,
        close: bool,
    ) -> Flow:
        """Go through a generator; with `close`, it does not outlive the loop, however that is left."""

    @abstractmethod
    def yield_all(self, iterable: Operand, loc: Loc) -> Operand:
        """Yield each item of `iterable`, and return what it returns if it is a generator."""

    @abstractmethod
    def generator_type(self, w_item: W_Type, w_sent: W_Type, w_result: W_Type, loc: Loc) -> W_GeneratorType:
        """Return the type of generators, with its methods, which are the library's."""

    @abstractmethod
    def generator_result(self, stmt: n.FunctionDef) -> W_GeneratorType | None:
        """Return the type of the generators of a function; None if it has to be inferred."""

    @abstractmethod
    def advance(self, op: Operand, sent: Operand | None, loc: Loc | None) -> Operand:
        """Run a generator to its next yield; return whether there was one."""

    @abstractmethod
    def yielded_item(self, op: Operand, loc: Loc | None) -> Operand:
        """Return the item that a generator yielded last."""

    @abstractmethod
    def returned_value(self, op: Operand, loc: Loc | None) -> Operand:
        """Return what a generator returned at its end."""

    # --- statements and definitions ------------------------------------------------------------------

    @abstractmethod
    def exec_block(self, body: Sequence[n.Stmt]) -> Flow:
        """Run statements until one leaves the block."""

    @abstractmethod
    def exec(self, stmt: n.Stmt) -> Flow:
        """Run one statement."""

    @abstractmethod
    def assign(self, target: n.Expr, op: Operand) -> None:
        """Do `target = op`."""

    @abstractmethod
    def exec_declaration(
        self, target: n.Name, annotation: n.Expr | None, value: n.Expr | None, loc: Loc
    ) -> None:
        """Do `target: annotation = value`, either part may be missing."""

    @abstractmethod
    def marker(self, decorator: n.Expr) -> str:
        """Return `blue`, `blue.generic`, ... if the decorator is one of them; `comptime` is the same word."""

    @abstractmethod
    def decorate(self, op: Operand, decorators: list[n.Expr]) -> Operand:
        """Apply decorators, innermost first."""

    @property
    @abstractmethod
    def inside_blue(self) -> bool:
        """Whether a blue function is running: what it defines may leave types to its callers."""

    @abstractmethod
    def make_params(self, stmt: n.FunctionDef, colour: Colour | None) -> list[Param]:
        """Return the parameters with their types and defaults, evaluated here, in the enclosing scope."""

    @abstractmethod
    def make_result(self, stmt: n.FunctionDef, colour: Colour | None) -> W_Type | None:
        """Return the declared result type; blue functions may leave it out."""

    @abstractmethod
    def make_generic(
        self, stmt: n.FunctionDef | n.ClassDef, type_params: tuple[n.TypeParam, ...]
    ) -> W_ASTFunc:
        """Return the generic function that PEP 695 type parameters stand for."""

    @abstractmethod
    def substituted(self, op: Operand) -> Operand:
        """Return what the type variable `op` stands for here: itself where no generic around binds it."""

    @abstractmethod
    def is_free(self, annotation: n.Expr) -> bool:
        """Whether an annotation mentions a type variable that nothing around binds."""

    @property
    @abstractmethod
    def made_early(self) -> bool:
        """Whether this is a function that a blue function has defined."""

    @abstractmethod
    def free_variables(self, annotations: Iterable[n.Expr | None]) -> dict[str, TypeVariable]:
        """Return the type variables that annotations mention and nothing around binds, by name."""

    @abstractmethod
    def make_generic_of(
        self, stmt: n.FunctionDef | n.ClassDef, variables: dict[str, TypeVariable]
    ) -> W_ASTFunc:
        """Return the generic that `stmt` is because of the type variables that it mentions."""

    @abstractmethod
    def without_generic_base(self, stmt: n.ClassDef) -> tuple[n.ClassDef, dict[str, TypeVariable]]:
        """Return a class without its base `Generic[T]`, and the type variables that make it generic."""

    @abstractmethod
    def scope_of_definition(self, w_func: W_ASTFunc) -> "Walking":
        """Return the frame in which `w_func` was defined."""

    @abstractmethod
    def parse_annotation(self, node: n.StrLit) -> n.Expr:
        """Return the expression inside a quoted annotation."""

    @abstractmethod
    def run_generic(self, w_func: W_ASTFunc, args: dict[str, Operand], key: Any) -> Operand:
        """Define what stands under PEP 695 type parameters."""

    @abstractmethod
    def declare_classes(self, body: tuple[n.Stmt, ...]) -> None:
        """Make the structs of a block known before it runs, so that annotations can mention them."""

    @abstractmethod
    def is_struct(self, stmt: n.ClassDef) -> bool:
        """Whether `stmt` defines a value type."""

    @abstractmethod
    def define_class(self, stmt: n.ClassDef, w_T: W_ClassType) -> None:
        """Run the body of a class."""

    @abstractmethod
    def define_struct(self, stmt: n.ClassDef, w_T: W_StructType) -> None:
        """Run the body of a struct and give the type its fields and attributes."""

    @abstractmethod
    def declare_field(self, stmt: n.AnnAssign) -> None:
        """Note `name: T` in a class body."""
