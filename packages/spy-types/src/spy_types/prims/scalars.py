"""The primitive types, by name."""

TypeId = str

INTS: tuple[TypeId, ...] = ("i8", "i16", "i32", "i64", "u8", "u16", "u32", "u64")
SIGNED: tuple[TypeId, ...] = INTS[:4]
FLOATS: tuple[TypeId, ...] = ("f32", "f64")
PRIMITIVES: frozenset[TypeId] = frozenset(
    (*INTS, *FLOATS, "complex128", "bool", "str", "bytes", "None", "dynamic", "exception")
)
