"""Argument binding: positional, keyword, default and variadic arguments to parameters, before run time."""

from typing import final

from spy_types.errors import SpyError
from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.objects.functions import Param, W_Func
from spy_vm.objects.operand import Operand
from spy_vm.registry.registry import Registry


@final
class Bound:
    """Arguments in parameter order; `varargs` are those that the `*args` parameter takes.

    `extra` are those that `**kwargs` takes, `defaulted` the parameters that got none.
    """

    __slots__ = ("args", "defaulted", "extra", "varargs")

    def __init__(self) -> None:
        self.args: dict[str, Operand] = {}
        self.varargs: list[Operand] = []
        self.extra: dict[str, Operand] = {}
        self.defaulted: set[str] = set()


def bind(
    world: Registry, w_func: W_Func, args: list[Operand], kwargs: dict[str, Operand], loc: Loc | None
) -> Bound:
    """Return which argument goes to which parameter; raise the error that Python would."""
    bound = Bound()
    positional = [p for p in w_func.params if p.kind in ("posonly", "normal")]
    for param, arg in zip(positional, args, strict=False):
        bound.args[param.name] = arg
    bound.varargs = args[len(positional) :]
    if bound.varargs and not any(p.kind == "vararg" for p in w_func.params):
        raise _too_many(w_func, positional, len(args), bound.varargs)
    _bind_keywords(world, w_func, bound, kwargs)
    _fill_defaults(w_func, bound, positional, len(args) + len(kwargs), loc)
    return bound


def _bind_keywords(world: Registry, w_func: W_Func, bound: Bound, kwargs: dict[str, Operand]) -> None:
    by_name = {p.name: p for p in w_func.params if p.kind in ("normal", "kwonly")}
    positional_only = {p.name for p in w_func.params if p.kind == "posonly"}
    takes_any = any(p.kind == "kwarg" for p in w_func.params)
    for name, arg in kwargs.items():
        if name in by_name:
            if name in bound.args:
                raise errors.duplicate_argument(name, arg.loc, w_func.loc)
            bound.args[name] = arg
        elif takes_any:
            bound.extra[name] = arg
        elif name in positional_only:
            raise errors.positional_only(name, arg.loc, w_func.loc)
        else:
            raise errors.unexpected_keyword(name, arg.loc, w_func.loc, world.close_match(name, by_name))


def _fill_defaults(w_func: W_Func, bound: Bound, positional: list[Param], got: int, loc: Loc | None) -> None:
    missing = []
    for param in w_func.params:
        if param.kind in ("vararg", "kwarg") or param.name in bound.args:
            continue
        if param.default is None:
            missing.append(param)
        else:
            bound.args[param.name] = param.default
            bound.defaulted.add(param.name)
    if not missing:
        return
    if all(p.kind == "kwonly" for p in missing):
        raise errors.missing_keywords([p.name for p in missing], loc, w_func.loc)
    names = ", ".join(f"`{p.name}`" for p in missing)
    detail = f"{len(missing)} argument{'s' if len(missing) > 1 else ''} missing: {names}"
    least = [p for p in positional if p.default is None]
    variadic = any(p.kind == "vararg" for p in w_func.params)
    expected = f"at least {expected_count(least)}" if variadic else expected_count(positional)
    raise errors.wrong_arg_count(w_func.display, expected, got, loc, detail, w_func.loc)


def _too_many(w_func: W_Func, positional: list[Param], got: int, extra: list[Operand]) -> SpyError:
    detail = f"{len(extra)} extra argument{'s' if len(extra) > 1 else ''}"
    return errors.wrong_arg_count(
        w_func.display, expected_count(positional), got, extra[0].loc, detail, w_func.loc
    )


def expected_count(positional: list[Param]) -> str:
    """Return how many arguments these parameters take, in words."""
    most = len(positional)
    least = sum(p.default is None for p in positional)
    if least == most:
        return f"{most} argument{'' if most == 1 else 's'}"
    return f"from {least} to {most} arguments"
