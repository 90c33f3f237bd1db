"""Rules of classes, of the methods that are called virtually, and of the objects of the live image."""

from spy_types.program.program import Method
from spy_types.program.types import ClassType, TypeId
from spy_types.program.verify import codes
from spy_types.program.verify.constants import ConstantVerifier
from spy_types.program.verify.facts import Facts
from spy_types.program.verify.report import Report


def verify_classes(facts: Facts, report: Report) -> None:
    """Check that every class starts with its base and inherits the ancestors of its ancestors."""
    for t, definition in facts.classes.items():
        report.where = f"type `{t}`"
        if t in definition.ancestors:
            report.add(codes.BAD_CLASS, "it is its own ancestor")
        for ancestor in definition.ancestors:
            _verify_ancestor(facts, report, definition, ancestor)
        if definition.base is not None:
            _verify_base(facts, report, definition, definition.base)


def _verify_ancestor(facts: Facts, report: Report, definition: ClassType, ancestor: TypeId) -> None:
    found = facts.classes.get(ancestor)
    if found is None:
        report.add(codes.BAD_CLASS, f"its ancestor `{ancestor}` is no class")
    elif not set(found.ancestors) <= set(definition.ancestors):
        report.add(codes.BAD_CLASS, f"it lacks ancestors of its ancestor `{ancestor}`")


def _verify_base(facts: Facts, report: Report, definition: ClassType, base: TypeId) -> None:
    if base not in definition.ancestors:
        report.add(codes.BAD_CLASS, f"its base `{base}` is not among its ancestors")
    found = facts.classes.get(base)
    if found is not None and definition.fields[: len(found.fields)] != found.fields:
        report.add(codes.BAD_CLASS, f"its fields do not start with those of its base `{base}`")


def verify_methods(facts: Facts, report: Report) -> None:
    """Check that every method fits the functions that it stands for."""
    seen = set()
    for method in facts.program.methods:
        report.where = f"method `{method.fqn}`"
        if method.fqn in seen:
            report.add(codes.DUPLICATE_NAME, "it is there twice")
        seen.add(method.fqn)
        for t in (*method.params, method.result):
            if t not in facts.known_types:
                report.add(codes.UNKNOWN_TYPE, f"`{t}` is no type of the program")
        if not method.params or method.params[0] not in facts.classes:
            report.add(codes.BAD_METHOD, "its first parameter is no object")
        else:
            _verify_impls(facts, report, method)


def _verify_impls(facts: Facts, report: Report, method: Method) -> None:
    seen = set()
    for impl in method.impls:
        definition, signature = facts.classes.get(impl.t), facts.signatures.get(impl.func)
        if definition is None or impl.t in seen:
            report.add(codes.BAD_METHOD, f"`{impl.t}` is no class, or there twice")
        elif impl.t != method.params[0] and method.params[0] not in definition.ancestors:
            report.add(codes.BAD_METHOD, f"`{impl.t}` is no `{method.params[0]}`")
        elif signature is None:
            report.add(codes.UNKNOWN_FUNCTION, f"there is no function `{impl.func}`")
        elif (
            signature.params[:1] not in [(t,) for t in (impl.t, *definition.ancestors)]
            or signature.params[1:] != method.params[1:]
            or signature.result != method.result
        ):
            report.add(codes.BAD_METHOD, f"`{impl.func}` has another signature")
        seen.add(impl.t)


def verify_objects(facts: Facts, report: Report) -> None:
    """Check that the objects of the live image have the fields of their classes."""
    constants = ConstantVerifier(facts, report)
    for number, made in enumerate(facts.program.objects):
        report.where = f"object {number}"
        definition = facts.classes.get(made.t)
        if definition is None:
            report.add(codes.BAD_OBJECT, f"`{made.t}` is no class")
            continue
        if len(made.values) != len(definition.fields):
            wanted = len(definition.fields)
            report.add(codes.WRONG_COUNT, f"a `{made.t}` has {wanted} fields, not {len(made.values)}")
        for field, value in zip(definition.fields, made.values, strict=False):
            if value is not None:
                constants.verify(field.t, value)
