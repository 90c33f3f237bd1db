"""The types that the language defines, one object each."""

from spy_vm.objects.types import W_PrimType, W_Type


def _prim(name: str, zero: object, *, identity: bool = False, module: str = "builtins") -> W_PrimType:
    return W_PrimType(
        name if module == "builtins" else f"{module}::{name}", f"{module}::{name}", zero, identity=identity
    )


W_OBJECT = _prim("object", None, identity=True)
W_DYNAMIC = _prim("dynamic", None, identity=True)
W_TYPE = _prim("type", None, identity=True)
W_BOOL = _prim("bool", False)
W_STR = _prim("str", "")
W_BYTES = _prim("bytes", b"")
W_COMPLEX = _prim("complex128", 0j)
W_NONE = W_PrimType("None", "types::NoneType", None, identity=True)
W_NONE.display = "types::NoneType"

W_I8, W_I16, W_I32, W_I64 = (_prim(name, 0) for name in ("i8", "i16", "i32", "i64"))
W_U8, W_U16, W_U32, W_U64 = (_prim(name, 0) for name in ("u8", "u16", "u32", "u64"))
W_F32, W_F64 = _prim("f32", 0.0), _prim("f64", 0.0)

INT_TYPES: dict[W_Type, tuple[int, int]] = {
    W_I8: (-(2**7), 2**7 - 1),
    W_I16: (-(2**15), 2**15 - 1),
    W_I32: (-(2**31), 2**31 - 1),
    W_I64: (-(2**63), 2**63 - 1),
    W_U8: (0, 2**8 - 1),
    W_U16: (0, 2**16 - 1),
    W_U32: (0, 2**32 - 1),
    W_U64: (0, 2**64 - 1),
}
FLOAT_TYPES: tuple[W_Type, ...] = (W_F32, W_F64)
NUMERIC_TYPES: frozenset[W_Type] = frozenset((*INT_TYPES, *FLOAT_TYPES, W_COMPLEX))

# Exceptions of all types are values of one type; their types are names, mostly known early.
W_EXCEPTION = _prim("exception", None, identity=True)
W_EXCEPTION.display = "Exception"
W_EXCEPTION_TYPE = W_PrimType("str", "types::ExceptionType", "Exception", identity=True)

PRIM_TYPES: dict[str, W_PrimType] = {
    w_T.fqn: w_T
    for w_T in (
        W_DYNAMIC,
        W_BOOL,
        W_STR,
        W_BYTES,
        W_COMPLEX,
        W_NONE,
        W_I8,
        W_I16,
        W_I32,
        W_I64,
        W_U8,
        W_U16,
        W_U32,
        W_U64,
        W_F32,
        W_F64,
        W_EXCEPTION,
    )
}

# Blue-only types: they never reach run time.
W_INT_LITERAL = _prim("int", None)  # an integer literal too large for i32, waiting for its context
W_INT_LITERAL.display = "int literal"
W_MODULE = _prim("module", None, identity=True, module="types")
W_NOT_IMPLEMENTED = _prim("NotImplementedType", None, identity=True, module="types")
W_META_ARG = _prim("MetaArg", None, module="operator")
W_OP_SPEC = _prim("OpSpec", None, module="operator")
W_OP_IMPL = _prim("OpImpl", None, module="operator")
W_MODULE_PROPERTY = _prim("module_property", None, module="types")  # the target of its getter
W_EMPTY_LIST = _prim("EmptyListType", None, module="__spy__")
W_EMPTY_DICT = _prim("EmptyDictType", None, module="__spy__")
W_FUNCTION = _prim(
    "function", None, identity=True, module="types"
)  # a method whose types are not evaluated yet
W_FIELD_SPEC = _prim("Field", None, module="dataclasses")
W_FACTORY = _prim("Factory", None, module="dataclasses")  # what makes a default value for each call
W_MISSING = _prim("MISSING", None, module="dataclasses")
W_CLASS_OF = _prim("class", None, module="types")  # of an object, known when the program runs
W_SUPER = _prim("super", None)
W_PROPERTY = _prim("property", None)
W_STATICMETHOD = _prim("staticmethod", None)
W_CLASSMETHOD = _prim("classmethod", None)
W_ELLIPSIS = _prim("ellipsis", None, module="types")
W_TYPE_VAR = _prim("TypeVar", None, module="typing")
W_PARAM_SPEC = _prim("ParamSpec", None, module="typing")
W_GENERIC = _prim("Generic", None, module="typing")
W_UNROLL = _prim("unroll", None, module="__spy__")
W_BLUE_LIST = _prim("interp_list", None, module="__spy__")
W_BLUE_TUPLE = _prim("interp_tuple", None, module="__spy__")
W_BLUE_DICT = _prim("interp_dict", None, module="__spy__")

BLUE_ONLY: frozenset[W_Type] = frozenset(
    (
        W_TYPE,
        W_FUNCTION,
        W_INT_LITERAL,
        W_MODULE,
        W_NOT_IMPLEMENTED,
        W_META_ARG,
        W_OP_SPEC,
        W_OP_IMPL,
        W_MODULE_PROPERTY,
        W_EMPTY_LIST,
        W_EMPTY_DICT,
        W_CLASS_OF,
        W_FIELD_SPEC,
        W_FACTORY,
        W_MISSING,
        W_SUPER,
        W_PROPERTY,
        W_STATICMETHOD,
        W_CLASSMETHOD,
        W_ELLIPSIS,
        W_TYPE_VAR,
        W_PARAM_SPEC,
        W_GENERIC,
        W_UNROLL,
        W_BLUE_LIST,
        W_BLUE_TUPLE,
        W_BLUE_DICT,
        W_OBJECT,
    )
)
