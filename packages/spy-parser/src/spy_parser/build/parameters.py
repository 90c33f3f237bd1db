"""Parameters of functions and lambdas, type parameters."""

from typing import Any, Final, Literal

from spy_types.loc import Span
from spy_types.syntax.nodes import Expr, Lambda, Parameter, Parameters, TypeParam

from spy_parser.build.names import Match
from spy_parser.errors import grammar as grammar_errors
from spy_parser.errors import tree as errors
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
    signature = _Signature()
    for item in found:
        if item is None:
            source.report(grammar_errors.invalid_syntax(source.loc(source.span(start, end)), ","))
        elif type(item) is tuple:
            problem = signature.mark(*item)
            if problem is not None:
                source.report(errors.parameter_order(source.loc(source.span(item[2], item[2] + 1)), problem))
        elif signature.kwarg is not None:
            source.report(errors.parameter_order(source.loc(item.span), "nothing can follow `**`"))
        else:
            (signature.args if signature.star is None else signature.kwonly).append(item)
    if signature.lonely_star is not None:
        loc = source.loc(source.span(signature.lonely_star, signature.lonely_star + 1))
        source.report(errors.parameter_order(loc, "named parameters must follow `*`"))
    _check_defaults(source, [*signature.posonly, *signature.args])
    return signature.built(source.span(start, end))


class _Signature:
    """The parameters read so far, and where `*` stood."""

    def __init__(self) -> None:
        self.posonly: list[Parameter] = []
        self.args: list[Parameter] = []
        self.kwonly: list[Parameter] = []
        self.vararg: Parameter | None = None
        self.kwarg: Parameter | None = None
        self.star: int | None = None

    def mark(self, sign: Literal["/", "*", "**"], parameter: Parameter | None, place: int) -> str | None:
        """Take a `/`, `*a` or `**a`; return what is wrong with it."""
        if self.kwarg is not None:
            return "nothing can follow `**`"
        if sign == "**":
            self.kwarg = parameter
        elif sign == "*":
            if self.star is not None:
                return "`*` stands once, before `**`"
            self.star, self.vararg = place, parameter
        elif self.posonly or self.star is not None:
            return "`/` stands once, before `*`"
        elif not self.args:
            return "at least one parameter must precede `/`"
        else:
            self.posonly, self.args = self.args, []
        return None

    @property
    def lonely_star(self) -> int | None:
        """The place of a `*` that separates nothing."""
        return self.star if self.vararg is None and not self.kwonly else None

    def built(self, span: Span) -> Parameters:
        return Parameters(
            span, tuple(self.posonly), tuple(self.args), self.vararg, tuple(self.kwonly), self.kwarg
        )


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
