"""The codes of violations, IR010-IR099, each with the rule it stands for. Never reused."""

BAD_NAME = "IR010"
DUPLICATE_NAME = "IR011"
BAD_ENTRY = "IR012"
BAD_EXPORT = "IR013"
BAD_POSITION = "IR014"
TOO_DEEP = "IR015"
UNKNOWN_TYPE = "IR020"
RESERVED_TYPE = "IR021"
ENDLESS_STRUCT = "IR022"
DUPLICATE_FIELD = "IR023"
HUGE_STRUCT = "IR024"
BAD_UNION = "IR028"
BAD_CLASS = "IR025"
BAD_METHOD = "IR026"
WRONG_CONSTANT = "IR030"
INEXACT_CONSTANT = "IR031"
BAD_POINTER = "IR032"
NOT_UNICODE = "IR033"
BAD_OBJECT = "IR034"
WRONG_TYPE = "IR040"
UNKNOWN_LOCAL = "IR041"
UNKNOWN_GLOBAL = "IR042"
UNKNOWN_OPERATION = "IR043"
UNKNOWN_FUNCTION = "IR044"
WRONG_COUNT = "IR045"
WRONG_KIND = "IR046"
UNKNOWN_FIELD = "IR047"
OUTSIDE_LOOP = "IR050"
LEAVES_BLOCK = "IR051"
MISSING_VALUE = "IR052"
FALLS_OFF = "IR053"
BAD_EXCEPTION = "IR054"
BAD_TRY = "IR055"
OUTSIDE_HANDLER = "IR056"
OUTSIDE_GENERATOR = "IR057"
BAD_LOCAL = "IR060"
HIDDEN_RAISE = "IR061"
HIDDEN_ALLOCATION = "IR062"
NOT_PURE = "IR063"

RULES: dict[str, str] = {
    BAD_NAME: "a name is printable text without backquotes; locals, fields and exports are words",
    DUPLICATE_NAME: "functions, externs and globals share one namespace without duplicates",
    BAD_ENTRY: "the entry takes nothing or a `list[str]`, and its result is None or i32",
    BAD_EXPORT: "an export names a function of the program; export names are unique",
    BAD_POSITION: "a position lies in a source of the program and does not end before it starts",
    TOO_DEEP: "expressions, statements, constants and structs nest at most 400 deep",
    UNKNOWN_TYPE: "a type is primitive or defined in `types`",
    RESERVED_TYPE: "primitive types are not redefined; `unsafe::gc_ptr[u8]` is what its name says",
    ENDLESS_STRUCT: "a struct does not contain itself by value",
    DUPLICATE_FIELD: "the fields of a struct have different names",
    HUGE_STRUCT: "a struct has at most 65536 fields, those of nested structs counted in its place",
    BAD_UNION: "a union has at least two members, all different, none of them a union",
    BAD_CLASS: "a class starts with the fields of its base, and inherits the ancestors of its ancestors",
    BAD_METHOD: "a method names functions of its signature, for descendants of its first parameter",
    WRONG_CONSTANT: "a constant is of the kind that its type needs",
    INEXACT_CONSTANT: "a number is in the range of its type and written canonically",
    BAD_POINTER: "a constant pointer points into a block of its kind and item type",
    NOT_UNICODE: "text is Unicode without surrogates",
    BAD_OBJECT: "a constant object is one of the live image, of this class or a descendant",
    WRONG_TYPE: "types agree",
    UNKNOWN_LOCAL: "a local is a parameter of the function or declared in `locals`",
    UNKNOWN_GLOBAL: "a global is declared in `globals`",
    UNKNOWN_OPERATION: "a primitive or dynamic operation is in its table",
    UNKNOWN_FUNCTION: "what is called is a function or extern of the program",
    WRONG_COUNT: "a call, operation or struct has an argument for each parameter or field",
    WRONG_KIND: "a pointer, struct or function is where one is needed",
    UNKNOWN_FIELD: "a field is one of its struct",
    OUTSIDE_LOOP: "break and continue stand in the body of a loop",
    LEAVES_BLOCK: "a block expression is not left by return, break or continue",
    MISSING_VALUE: "a return has a value unless the function's result is None",
    FALLS_OFF: "the end of a function with a result is not reached",
    BAD_EXCEPTION: "the exception of a raise is an identifier",
    BAD_TRY: "a try has handlers or a finally, an else only with handlers, and each handler a type",
    OUTSIDE_HANDLER: "a raise without an exception stands in a handler",
    OUTSIDE_GENERATOR: "yields stand in generators, outside of expressions; a generator returns its type",
    BAD_LOCAL: "parameters and locals have different names",
    HIDDEN_RAISE: "a function that contains what may raise says so",
    HIDDEN_ALLOCATION: "a function that contains what may allocate says so",
    NOT_PURE: "a pure function reads and writes nothing but its locals",
}
