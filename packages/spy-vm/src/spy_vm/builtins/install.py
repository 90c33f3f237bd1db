"""Fill a new World with the builtin names and the makers of builtin modules."""

from spy_vm.builtins import functions, keywords, operator_module, spy_module, unsafe_module
from spy_vm.exceptions import PARENTS
from spy_vm.interface.frame import W_BuiltinMeta
from spy_vm.objects import builtin as b
from spy_vm.objects.operand import Operand, blue
from spy_vm.objects.types import W_Type
from spy_vm.registry.registry import Registry

ALIASES: dict[str, W_Type] = {
    "object": b.W_OBJECT, "type": b.W_TYPE, "dynamic": b.W_DYNAMIC, "bool": b.W_BOOL, "str": b.W_STR,
    "bytes": b.W_BYTES, "int": b.W_I32, "float": b.W_F64, "complex": b.W_COMPLEX, "complex128": b.W_COMPLEX,
    "property": b.W_PROPERTY, "staticmethod": b.W_STATICMETHOD, "classmethod": b.W_CLASSMETHOD,
}  # fmt: skip


def install_builtins(world: Registry) -> None:
    """Give `world` what every module sees, and what it can import without a file."""
    for w_T in (*b.INT_TYPES, *b.FLOAT_TYPES):
        world.builtins[w_T.fqn] = blue(b.W_TYPE, w_T)
    for name, w_T in ALIASES.items():
        world.builtins[name] = blue(b.W_TYPE, w_T)
    for etype in (*PARENTS, "BaseException"):
        world.builtins[etype] = blue(b.W_EXCEPTION_TYPE, etype)
    b.W_COMPLEX.attrs["conjugate"] = world.func_operand(world.prim("complex128_conjugate"))
    world.builtins["NotImplemented"] = blue(b.W_NOT_IMPLEMENTED, None)
    world.builtins["__debug__"] = blue(b.W_BOOL, True)
    for name, body in functions.FUNCTIONS.items():
        world.builtins[name] = world.func_operand(W_BuiltinMeta(f"builtins::{name}", body))
    keywords.install(world)
    world.builtin_modules = {
        "builtins": lambda w: dict(w.builtins),
        "operator": operator_module.make,
        "types": _types,
        "unsafe": unsafe_module.make,
        "__spy__": spy_module.make,
        "sys": lambda w: {"argv": blue(b.W_MODULE_PROPERTY, "_argv::sys_argv")},
    }


def _types(world: Registry) -> dict[str, Operand]:
    return {
        "NoneType": blue(b.W_TYPE, b.W_NONE),
        "module": blue(b.W_TYPE, b.W_MODULE),
        "TracebackType": blue(b.W_TYPE, b.W_NONE),
    }
