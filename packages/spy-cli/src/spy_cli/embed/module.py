"""A SPy module as a Python module."""

from collections.abc import Callable, Sequence
from inspect import Parameter, Signature
from pathlib import Path
from types import ModuleType
from typing import Any, final

from spy_vm.objects.functions import Param, W_ASTFunc, W_Func
from spy_vm.objects.modules import Cell, W_Module
from spy_vm.objects.operand import Operand
from spy_vm.objects.types import W_StructType

from spy_cli.embed.containers import Containers
from spy_cli.embed.conversion import Conversion
from spy_cli.embed.engines import Engine, Evaluator
from spy_cli.embed.exceptions import python_exceptions
from spy_cli.embed.structs import Structs


@final
class SpyModule(ModuleType):
    """Functions, structs and constants are attributes; so are variables, read and written where they live."""

    def __init__(self, module: W_Module, containers: Containers, engine: Engine, path: Path) -> None:
        syntax = module.syntax
        super().__init__(module.name, syntax.docstring if syntax is not None else None)
        self.__dict__["__file__"] = str(path)
        self.__dict__["_engine"] = engine
        structs = Structs(self._call, self._read)
        self.__dict__["_conversion"] = Conversion(containers, structs, engine.call)
        self.__dict__["_early"] = Conversion(containers, structs, Evaluator(containers.world).call)
        self.__dict__["_cells"] = {}
        for name, value in module.attrs.items():
            if isinstance(value, Cell):
                self.__dict__["_cells"][name] = value
            elif not name.startswith("__"):
                self._add(name, value, structs)

    def __getattr__(self, name: str) -> Any:
        cell = self.__dict__.get("_cells", {}).get(name)
        if cell is None:
            raise AttributeError(
                f"the SPy module `{self.__name__}` has no attribute `{name}`", name=name, obj=self
            )
        return self._read(self._engine.read(cell), cell.w_T)

    def __setattr__(self, name: str, value: object) -> None:
        cell = self._cells.get(name)
        if cell is None:
            raise AttributeError(
                f"`{name}` is not a variable of the SPy module `{self.__name__}`", name=name, obj=self
            )
        self._engine.write(cell, self._conversion.to_spy(value, cell.w_T))

    def __dir__(self) -> list[str]:
        return [*(name for name in self.__dict__ if not name.startswith("_")), *self._cells]

    def _add(self, name: str, value: Operand, structs: Structs) -> None:
        match value.val:
            case W_ASTFunc(color="red") as w_func:
                self.__dict__[name] = self._function(name, w_func)
            case W_StructType() as w_T:
                self.__dict__[name] = structs.class_of(w_T)
            case bool() | int() | float() | complex() | str() | bytes() | tuple() | None:
                self.__dict__[name] = self._early.to_python(value.val, value.w_T)
            case _:
                pass

    def _function(self, name: str, w_func: W_ASTFunc) -> Callable[..., Any]:
        def function(*args: Any, **kwargs: Any) -> Any:
            return self._call(w_func, args, kwargs)

        function.__name__ = function.__qualname__ = name
        function.__module__ = self.__name__
        function.__doc__ = w_func.node.docstring
        parameters = [_parameter(param) for param in w_func.params]
        result = w_func.w_result.display if w_func.w_result is not None else Signature.empty
        function.__signature__ = Signature(parameters, return_annotation=result)  # type: ignore[attr-defined]  # inspect reads it
        return function

    def _call(self, w_func: W_Func, args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
        values = _bound(w_func, args, kwargs, self._conversion)
        with python_exceptions():
            result = self._engine.call(w_func, values)
            assert w_func.w_result is not None
            return self._conversion.to_python(result, w_func.w_result)

    def _read(self, value: Any, w_T: Any) -> Any:
        with python_exceptions():
            return self._conversion.to_python(value, w_T)


def _bound(w_func: W_Func, args: Sequence[Any], kwargs: dict[str, Any], conversion: Conversion) -> list[Any]:
    """Return the SPy values of all parameters."""
    signature = Signature([_parameter(param) for param in w_func.params])
    given = signature.bind(*args, **kwargs).arguments
    values = []
    for param in w_func.params:
        assert param.w_T is not None
        if param.name in given:
            values.append(conversion.to_spy(given[param.name], param.w_T))
        else:
            assert param.default is not None
            values.append(
                conversion.to_spy(conversion.to_python(param.default.val, param.default.w_T), param.w_T)
            )
    return values


def _parameter(param: Param) -> Parameter:
    kind = Parameter.KEYWORD_ONLY if param.kind == "kwonly" else Parameter.POSITIONAL_OR_KEYWORD
    default = Parameter.empty if param.default is None else param.default.val
    annotation = param.w_T.display if param.w_T is not None else Parameter.empty
    return Parameter(param.name, kind, default=default, annotation=annotation)
