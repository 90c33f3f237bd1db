"""The Python side of a cffi module: functions that convert arguments and results, and raise what SPy raised.

The compiled library is loaded by cffi's ABI mode, so that building needs no Python headers and one
build serves CPython and PyPy of every version.
"""

import builtins
import keyword
from collections.abc import Iterator, Sequence

from spy_types.program.program import Program
from spy_types.program.types import FLOATS, INTS, StructType, TypeId

from spy_cbackend.exports import PublicFunction, prefix_of, public_structs
from spy_cbackend.header import public_member, public_names

_HEAD = '''\
"""{name}: a library written in SPy, compiled to C."""

import builtins as _builtins
import os as _os
import threading as _threading
from typing import Any as _Any
from typing import NamedTuple as _NamedTuple

from {binding} import ffi as _ffi

_lib = _ffi.dlopen(_os.path.join(_os.path.dirname(_os.path.abspath(__file__)), {library!r}))


class _Call:
    """One call at a time; after it nothing of the library's texts is needed any more."""

    _lock = _threading.Lock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        _lib.{p}texts_release()
        self._lock.release()


_call = _Call()
_errors: dict[str, type[Exception]] = {{}}


class _DecodeError(UnicodeDecodeError):
    def __init__(self, text: str) -> None:
        super().__init__("utf-8", b"", 0, 0, text)

    def __str__(self) -> str:
        return self.reason


def _error() -> BaseException:
    name = _ffi.string(_lib.{p}error_type()).decode()
    size = _ffi.new("size_t *")
    data = _lib.{p}error_message(size)
    text = _ffi.buffer(data, size[0])[:].decode("utf-8", "replace")
    traceback = _ffi.string(_lib.{p}error_traceback()).decode("utf-8", "replace")
    code = _lib.{p}error_exit_code()
    _lib.{p}error_clear()
    if name == "SystemExit":
        return SystemExit(text or code)
    error = _class(name)(text) if text else _class(name)()
    if traceback:
        error.add_note("in SPy, most recent call last:\\n" + traceback.rstrip())
    return error


def _class(name: str) -> _Any:
    if name == "UnicodeDecodeError":
        return _DecodeError
    found = getattr(_builtins, name, None)
    if isinstance(found, type) and issubclass(found, BaseException):
        return found
    return _errors.setdefault(name, type(name, (Exception,), {{}}))


def _str_in(value: str) -> _Any:
    if not isinstance(value, str):
        raise TypeError(f"expected str, got {{type(value).__name__}}")
    data = value.encode()
    return _lib.{p}str_new(data, len(data))


def _bytes_in(value: bytes) -> _Any:
    data = bytes(memoryview(value))
    return _lib.{p}bytes_new(data, len(data))


def _bytes_out(value: _Any) -> bytes:
    return _ffi.buffer(_lib.{p}text_data(value), _lib.{p}text_size(value))[:]


def _str_out(value: _Any) -> str:
    return _bytes_out(value).decode("utf-8", "surrogatepass")


def _complex_in(value: complex) -> _Any:
    value = complex(value)
    return {{"real": value.real, "imag": value.imag}}


def _complex_out(value: _Any) -> complex:
    return complex(value.real, value.imag)


def _struct(c_type: str, value: _Any) -> _Any:
    return _ffi.new(c_type + " *", value)[0]
'''

_IN = {"str": "_str_in({})", "bytes": "_bytes_in({})", "complex128": "_complex_in({})", "None": "0"}
_OUT = {
    "str": "_str_out({})",
    "bytes": "_bytes_out({})",
    "complex128": "_complex_out({})",
    "bool": "_builtins.bool({})",
    "None": "None",
}
_PYTHON = {
    **dict.fromkeys(INTS, "int"),
    **dict.fromkeys(FLOATS, "float"),
    "bool": "bool",
    "str": "str",
    "bytes": "bytes",
    "complex128": "complex",
    "None": "None",
}


def write_python(
    program: Program, name: str, functions: Sequence[PublicFunction], binding: str, library: str
) -> str:
    """Return the module that Python imports; `binding` is the cffi module, `library` the shared library
    beside it.
    """
    p = f"{prefix_of(name)}spy_"
    c_names = public_names(program, name, functions)
    classes = {t: _class_name(c_names[t], name) for t in public_structs(program, functions)}
    lines = [
        _HEAD.format(name=name.replace('"', "'").replace("\\", "/"), binding=binding, library=library, p=p)
    ]
    for t, class_name in classes.items():
        lines += ["", *_struct_class(program, t, class_name, classes, c_names)]
    for public in functions:
        lines += ["", *_function(public, classes, c_names, p)]
    return "\n".join(lines) + "\n"


def _class_name(c_type: str, name: str) -> str:
    word = c_type.removeprefix(f"struct {prefix_of(name)}")
    return f"{word}_" if keyword.iskeyword(word) or word.startswith("_") or word in dir(builtins) else word


def _name(name: str) -> str:
    """Return a Python name for a parameter or field; those of SPy are Python's, but specialised ones may not
    be.
    """
    word = public_member(name) if not name.isidentifier() else name
    return f"p{word}" if word.startswith("_") or keyword.iskeyword(word) or word == "self" else word


def _struct_class(
    program: Program, t: TypeId, class_name: str, classes: dict[TypeId, str], c_names: dict[TypeId, str]
) -> Iterator[str]:
    definition = program.types[t]
    assert isinstance(definition, StructType)
    yield ""
    yield f"class {class_name}(_NamedTuple):"
    yield f'    """The struct `{definition.display}`."""'
    yield ""
    for field in definition.fields:
        yield f'    {_name(field.name)}: "{_python_type(field.t, classes)}"'
    yield ""
    yield ""
    yield f"def _in_{class_name}(value: _Any) -> _Any:"
    names = ", ".join(f"v{i}" for i in range(len(definition.fields)))
    yield f"    {names}, = value"
    members = [
        f'"{public_member(f.name)}": {_convert_in(f.t, f"v{i}", classes)}'
        for i, f in enumerate(definition.fields)
    ]
    yield f"    return {{{', '.join(members)}}}"
    yield ""
    yield ""
    yield f"def _out_{class_name}(value: _Any) -> {class_name}:"
    values = [_convert_out(f.t, f"value.{public_member(f.name)}", classes) for f in definition.fields]
    yield f"    return {class_name}({', '.join(values)})"


def _function(
    public: PublicFunction, classes: dict[TypeId, str], c_names: dict[TypeId, str], p: str
) -> Iterator[str]:
    function = public.function
    params = [f'{_name(param.name)}: "{_python_type(param.t, classes)}"' for param in function.params]
    args = [
        _struct_argument(param.t, _convert_in(param.t, _name(param.name), classes), c_names)
        for param in function.params
        if param.t != "None"
    ]
    yield ""
    yield f'def {_name(public.name)}({", ".join(params)}) -> "{_python_type(function.result, classes)}":'
    if function.doc:
        yield f"    {function.doc!r}"
    yield "    with _call:"
    yield f"        _result = _lib.{public.symbol}({', '.join(args)})"
    yield f"        if _lib.{p}error_type():"
    yield "            raise _error()"
    yield f"        return {_convert_out(function.result, '_result', classes)}"


def _struct_argument(t: TypeId, code: str, c_names: dict[TypeId, str]) -> str:
    if t == "complex128" or c_names[t].startswith("struct "):
        return f'_struct("{c_names[t]}", {code})'
    return code


def _convert_in(t: TypeId, name: str, classes: dict[TypeId, str]) -> str:
    if t in classes:
        return f"_in_{classes[t]}({name})"
    return _IN.get(t, "{}").format(name)


def _convert_out(t: TypeId, name: str, classes: dict[TypeId, str]) -> str:
    if t in classes:
        return f"_out_{classes[t]}({name})"
    return _OUT.get(t, "{}").format(name)


def _python_type(t: TypeId, classes: dict[TypeId, str]) -> str:
    return classes.get(t) or _PYTHON[t]
