"""Parameters of functions and lambdas, type parameters."""

from typing import Any, Final, Literal

from spy_types.syntax.nodes import Expr, Lambda, Parameter, Parameters, TypeParam

from spy_parser import errors
from spy_parser.build.names import Match
from spy_parser.source import Source

Marker = tuple[Literal["/", "*", "**"], Any, int]


def plain_parameter(source: Source, values: list[Any], start: int, end: int) -> Parameter:
    """`a: T = b`"""
    name, annotation, default = values
    return Parameter(source.span(start, end), name.id, annotation, default)


def lambda_plain(source: Source, values: list[Any], start: int, end: int) -> Parameter:
    """`a = b`"""
    return Parameter(source.span(start, end), values[0].id, None, values[1])


def double_parameter(source: Source, values: list[Any], start: int, end: int) -> Marker:
    """`**a: T`"""
    name, annotation, default = values
    return "**", _unpacked(source, name, annotation, default), start


def lambda_double(source: Source, values: list[Any], start: int, end: int) -> Marker:
    """`**a`"""
    return "**", _unpacked(source, values[0], None, values[1]), start


def star_name(source: Source, values: list[Any], start: int, end: int) -> Parameter:
    """`a: T` after a star"""
    return _unpacked(source, *values)


def lambda_star_name(source: Source, values: list[Any], start: int, end: int) -> Parameter:
    """`a` after a star"""
    return _unpacked(source, values[0], None, values[1])


def _unpacked(source: Source, name: Any, annotation: Expr | None, default: Expr | None) -> Parameter:
    if default is not None:
        source.report(errors.default_of_unpacked(source.loc(default.span)))
    span = name.span
    if annotation is not None:
        end = annotation.span
        span = type(span)(span.line, span.col, end.end_line, end.end_col)
    return Parameter(span, name.id, annotation, None)


def star_parameter(source: Source, values: list[Any], start: int, end: int) -> Marker:
    """`*a`, `*`"""
    return "*", values[0], start


def slash_sign(source: Source, match: Match) -> Marker:
    """`/`"""
    return "/", None, match.start()


def parameters(source: Source, values: list[Any], start: int, end: int) -> Parameters:
    """`a, /, b, *c, d, **e`: report what stands in the wrong place."""
    found = [values[0], *values[1]]
    if found[-1] is None:
        found.pop()
    posonly: tuple[Parameter, ...] = ()
    args: list[Parameter] = []
    kwonly: list[Parameter] = []
    vararg: Parameter | None = None
    kwarg: Parameter | None = None
    star: int | None = None
    for item in found:
        if item is None or (kwarg is not None and type(item) is not tuple):
            source.report(
                errors.parameter_order(source.loc(source.span(start, end)), "nothing can follow `**`")
            )
        elif type(item) is tuple:
            sign, parameter, place = item
            problem = None
            if sign == "/":
                if posonly or star is not None or kwarg is not None:
                    problem = "`/` stands once, before `*`"
                elif not args:
                    problem = "at least one parameter must precede `/`"
                posonly, args = (tuple(args), []) if problem is None else (posonly, args)
            elif sign == "*":
                if star is not None or kwarg is not None:
                    problem = "`*` stands once, before `**`"
                else:
                    star, vararg = place, parameter
            elif kwarg is not None:
                problem = "`**` stands once, at the end"
            else:
                kwarg = parameter
            if problem is not None:
                source.report(errors.parameter_order(source.loc(source.span(place, place + 1)), problem))
        elif star is not None:
            kwonly.append(item)
        else:
            args.append(item)
    if star is not None and vararg is None and not kwonly:
        source.report(
            errors.parameter_order(
                source.loc(source.span(star, star + 1)), "named parameters must follow `*`"
            )
        )
    _check_defaults(source, [*posonly, *args])
    return Parameters(source.span(start, end), posonly, tuple(args), vararg, tuple(kwonly), kwarg)


def _check_defaults(source: Source, ordered: list[Parameter]) -> None:
    seen = False
    for parameter in ordered:
        if parameter.default is not None:
            seen = True
        elif seen:
            source.report(errors.default_order(source.loc(parameter.span), parameter.name))
            return


def no_parameters(source: Source, place: int) -> Parameters:
    """Nothing between the brackets at `place`."""
    return Parameters(source.exact_span(place, place + 1), (), (), None, (), None)


def lambda_(source: Source, values: list[Any], start: int, end: int) -> Lambda:
    """`lambda a: b`"""
    params = values[0]
    if params is None:
        params = no_parameters(source, start + len("lambda"))
    return Lambda(source.span(start, end), params, values[1], -1)


def type_variable(source: Source, values: list[Any], start: int, end: int) -> TypeParam:
    """`T: bound`"""
    return TypeParam(source.span(start, end), values[0].id, "var", values[1])


def type_tuple(source: Source, values: list[Any], start: int, end: int) -> TypeParam:
    """`*Ts`"""
    return _unbound(source, values, start, end, "tuple")


def type_spec(source: Source, values: list[Any], start: int, end: int) -> TypeParam:
    """`**P`"""
    return _unbound(source, values, start, end, "spec")


def _unbound(
    source: Source, values: list[Any], start: int, end: int, kind: Literal["tuple", "spec"]
) -> TypeParam:
    if values[1] is not None:
        source.report(errors.bound_of_unpacked(source.loc(values[1].span)))
    return TypeParam(source.span(start, end), values[0].id, kind, None)


def type_parameters(source: Source, values: list[Any], start: int, end: int) -> tuple[TypeParam, ...]:
    """`[T, *Ts, **P]`"""
    return (values[0], *values[1])


BUILDERS: Final = {
    "plain_parameter": plain_parameter,
    "lambda_plain": lambda_plain,
    "double_parameter": double_parameter,
    "lambda_double": lambda_double,
    "star_name": star_name,
    "lambda_star_name": lambda_star_name,
    "star_parameter": star_parameter,
    "lambda_star": star_parameter,
    "slash_sign": slash_sign,
    "parameters": parameters,
    "lambda_parameters": parameters,
    "lambda": lambda_,
    "type_variable": type_variable,
    "type_tuple": type_tuple,
    "type_spec": type_spec,
    "type_parameters": type_parameters,
}
