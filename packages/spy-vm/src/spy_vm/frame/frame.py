"""The walk over the syntax tree, put together. Each part is a mixin in a module of its own."""

from spy_vm.frame.annotations import Annotations
from spy_vm.frame.arguments import Arguments
from spy_vm.frame.assignment import Assignment
from spy_vm.frame.attributes import Attributes
from spy_vm.frame.bindings import Bindings
from spy_vm.frame.blue_calls import BlueCalls
from spy_vm.frame.blue_containers import BlueContainers
from spy_vm.frame.calls import Calls
from spy_vm.frame.choices import Choices
from spy_vm.frame.classes import Classes
from spy_vm.frame.comparisons import Comparisons
from spy_vm.frame.comprehensions import Comprehensions
from spy_vm.frame.construct import Construct
from spy_vm.frame.displays import Displays
from spy_vm.frame.exceptions import Exceptions
from spy_vm.frame.expressions import Expressions
from spy_vm.frame.fields import Fields
from spy_vm.frame.first_use import FirstUse
from spy_vm.frame.fstrings import FStrings
from spy_vm.frame.functions import Functions
from spy_vm.frame.generators import Generators
from spy_vm.frame.generics import Generics
from spy_vm.frame.genexprs import GeneratorExpressions
from spy_vm.frame.imports import Imports
from spy_vm.frame.items import Items
from spy_vm.frame.lambdas import Lambdas
from spy_vm.frame.literals import Literals
from spy_vm.frame.loops import Loops
from spy_vm.frame.matching import Matching
from spy_vm.frame.meeting import Meeting
from spy_vm.frame.names import Names
from spy_vm.frame.namespaces import Namespaces
from spy_vm.frame.objects import Objects
from spy_vm.frame.operators import Operators
from spy_vm.frame.parameters import Parameters
from spy_vm.frame.pointers import Pointers
from spy_vm.frame.primitives import Primitives
from spy_vm.frame.scoping import scope_of
from spy_vm.frame.statements import Statements
from spy_vm.frame.templates import Templates
from spy_vm.frame.text import Text
from spy_vm.frame.type_variables import TypeVariables
from spy_vm.frame.unions import Unions
from spy_vm.frame.with_statements import WithStatements

__all__ = ["WalkingFrame", "scope_of"]


class Values(
    Calls,
    Lambdas,
    BlueCalls,
    Primitives,
    Operators,
    Fields,
    Objects,
    Pointers,
    Construct,
    Text,
    Attributes,
    Items,
    Unions,
):
    """Operations on operands."""


class Places(Names, Bindings, Displays, Comprehensions, Meeting, FirstUse):
    """Names, and containers as they are written."""


class Holders(Namespaces, BlueContainers):
    """What holds names and values early: modules, classes, blue containers."""


class Evaluation(Expressions, Literals, FStrings, Templates, Arguments, Comparisons, Choices, Annotations):
    """Expressions."""


class Execution(
    Matching, Statements, Exceptions, WithStatements, Assignment, Loops, Generators, GeneratorExpressions
):
    """Statements."""


class Definition(Functions, Parameters, Classes, Generics, TypeVariables, Imports):
    """Statements that define."""


class WalkingFrame(Evaluation, Execution, Definition, Places, Holders, Values):
    """Dispatch, conversion, binding and the walk, once; an engine adds what becomes of red operands."""
