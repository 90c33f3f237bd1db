"""Terminals: regular expressions with the blanks behind them inside.

A rule named `*_kw` or listed in `PUNCTUATION` says nothing but that it is there: builders do not see it.
`FIRST` tells with which characters the others can begin; `OTHER` stands for everything beyond ASCII.
"""

from string import ascii_letters, digits
from typing import Final

from spy_parser import marks

BLANKS: Final = r"[ \t\f]*+"
OTHER: Final = "\x80"

KEYWORDS: Final = (
    "and as assert async await break class continue def del elif else except finally for from global if import "
    "in is lambda nonlocal not or pass raise return try while with yield"
).split()
CONSTANTS: Final = ("False", "None", "True")
SOFT_KEYWORDS: Final = ("case", "match", "type")


def _escape(mark: str) -> str:
    """Return `mark` as regular expressions spell it: the grammar itself must be proper text."""
    return f"\\u{ord(mark):04x}"


PUNCTUATION: Final = {
    "lpar": r"\(",
    "rpar": r"\)",
    "lsqb": r"\[",
    "rsqb": r"\]",
    "lbrace": r"\{",
    "rbrace": r"\}",
    "comma": r",",
    "colon": r":(?!=)",
    "colon_equal": r":=",
    "semicolon": r";",
    "equal": r"=(?!=)",
    "double_star": r"\*\*",
    "star": r"\*(?!\*)",
    "dot": r"\.",
    "arrow": r"->",
    "at": r"@",
    "bar": r"\|",
    "newline": r"\n",
    "indent": _escape(marks.INDENT),
    "dedent": _escape(marks.DEDENT),
    "field_open": _escape(marks.FIELD_OPEN),
    "field_spec": _escape(marks.FIELD_SPEC),
}

_FSTRING_START, _FSTRING_END = _escape(marks.FSTRING_START), _escape(marks.FSTRING_END)
_FIELD_CLOSE, _FIELD_SPEC, _END = _escape(marks.FIELD_CLOSE), _escape(marks.FIELD_SPEC), _escape(marks.END)
_IDENTIFIER: Final = rf"[^\W\d]\w*+(?![\"'{_FSTRING_START}])"

TERMINALS: Final = rf"""
name            = ~r"({_IDENTIFIER}){BLANKS}"
word            = ~r"({_IDENTIFIER}){BLANKS}"
keyword_head    = ~r"({_IDENTIFIER}){BLANKS}=(?!=){BLANKS}"
attribute_name  = ~r"\.(?![.\d]){BLANKS}({_IDENTIFIER}){BLANKS}"
dotted_name     = ~r"({_IDENTIFIER}(?:{BLANKS}\.{BLANKS}{_IDENTIFIER})*){BLANKS}"
import_from     = ~r"from\b{BLANKS}((?:\.[ \t\f]*+)*)"
number          = ~r"((0[xX](?:_?[0-9a-fA-F])++|0[oO](?:_?[0-7])++|0[bB](?:_?[01])++)|((?:[0-9](?:_?[0-9])*+\.(?:[0-9](?:_?[0-9])*+)?|\.[0-9](?:_?[0-9])*+)(?:[eE][-+]?[0-9](?:_?[0-9])*+)?|[0-9](?:_?[0-9])*+[eE][-+]?[0-9](?:_?[0-9])*+)|[0-9](?:_?[0-9])*+(?!\.))([jJ])?(?:(?=(?:and|else|for|if|in|is|not|or)\b)|(?!\w)){BLANKS}"
ellipsis        = ~r"\.\.\.{BLANKS}"
plain_string    = ~r"([rRbBuU]{{0,2}})(\"\"\"[^\"\\]*+(?:(?:\\.|\"(?!\"\"))[^\"\\]*+)*+\"\"\"|'''[^'\\]*+(?:(?:\\.|'(?!''))[^'\\]*+)*+'''|\"[^\"\\\n]*+(?:\\.[^\"\\\n]*+)*+\"|'[^'\\\n]*+(?:\\.[^'\\\n]*+)*+'){BLANKS}"s
fstring_start   = ~r"([fFrR]{{1,2}}){_FSTRING_START}+"
fstring_text    = ~r"[^{_FSTRING_START}-{_FIELD_SPEC}]+"
fstring_end     = ~r"{_FSTRING_END}+{BLANKS}"
field_close     = ~r"{_FIELD_CLOSE}"
debug_equal     = ~r"=(?!=){BLANKS}"
conversion      = ~r"!([^\W\d]\w*+)[ \t\f]*+"
unary_signs     = ~r"(?:[-+~]{BLANKS})+"
not_signs       = ~r"(?:not\b{BLANKS})+"
binary_operator = ~r"(//(?!=)|<<(?!=)|>>(?!=)|[-+*/%@&|^](?![=*/])|==|!=|<=|>=|<(?!<)|>(?!>)|and\b|or\b|in\b|is\b(?:{BLANKS}not\b)?|not{BLANKS}in\b){BLANKS}"
comparison_operator = ~r"(//(?!=)|<<(?!=)|>>(?!=)|[-+*/%@&|^](?![=*/])|==|!=|<=|>=|<(?!<)|>(?!>)|in\b|is\b(?:{BLANKS}not\b)?|not{BLANKS}in\b){BLANKS}"
bit_operator    = ~r"(//(?!=)|<<(?!=)|>>(?!=)|[-+*/%@&|^](?![=*/])){BLANKS}"
power_sign      = ~r"\*\*(?!=){BLANKS}"
augmented_sign  = ~r"(\*\*|//|<<|>>|[-+*/%@&|^])={BLANKS}"
else_sign       = ~r"else\b{BLANKS}"
except_star_sign = ~r"\*{BLANKS}"
variable_kind   = ~r"(var|const)\b[ \t\f]+"
async_sign      = ~r"async\b{BLANKS}"
import_star     = ~r"\*{BLANKS}"
match_sign      = ~r"match\b{BLANKS}"
number_sign     = ~r"-{BLANKS}"
complex_sign    = ~r"([-+]){BLANKS}"
constant_pattern = ~r"(True|False|None)\b{BLANKS}"
constant_key    = ~r"(True|False|None)\b{BLANKS}"
pass_statement  = ~r"pass\b{BLANKS}"
break_statement = ~r"break\b{BLANKS}"
continue_statement = ~r"continue\b{BLANKS}"
slash_sign      = ~r"/{BLANKS}"
case_sign       = ~r"case\b{BLANKS}"
type_sign       = ~r"type\b{BLANKS}"
blank           = ~r"{BLANKS}"
end             = ~r"{_END}"
"""

KEYWORD_RULES: Final = "\n".join(rf'{word}_kw = ~r"{word}\b{BLANKS}"' for word in KEYWORDS)
PUNCTUATION_RULES: Final = "\n".join(rf'{name} = ~r"{text}{BLANKS}"' for name, text in PUNCTUATION.items())


def _first(pattern: str) -> str:
    """Return the character that a pattern of PUNCTUATION begins with."""
    if pattern.startswith("\\u"):
        return chr(int(pattern[2:6], 16))
    return "\n" if pattern == r"\n" else pattern.lstrip("\\")[0]


_LETTERS: Final = frozenset(ascii_letters + "_" + OTHER)
_OPERATORS: Final = frozenset("-+*/%@&|^<>")
FIRST: Final[dict[str, frozenset[str]]] = {
    "name": _LETTERS,
    "word": _LETTERS,
    "keyword_head": _LETTERS,
    "attribute_name": frozenset("."),
    "dotted_name": _LETTERS,
    "import_from": frozenset("f"),
    "number": frozenset(digits + "." + OTHER),
    "ellipsis": frozenset("."),
    "plain_string": frozenset("rRbBuU\"'"),
    "fstring_start": frozenset("fFrR"),
    "fstring_end": frozenset(marks.FSTRING_END),
    "field_close": frozenset(marks.FIELD_CLOSE),
    "debug_equal": frozenset("="),
    "conversion": frozenset("!"),
    "unary_signs": frozenset("-+~"),
    "not_signs": frozenset("n"),
    "binary_operator": _OPERATORS | frozenset("=!aoin"),
    "comparison_operator": _OPERATORS | frozenset("=!in"),
    "bit_operator": _OPERATORS,
    "power_sign": frozenset("*"),
    "augmented_sign": _OPERATORS,
    "else_sign": frozenset("e"),
    "except_star_sign": frozenset("*"),
    "variable_kind": frozenset("vc"),
    "async_sign": frozenset("a"),
    "import_star": frozenset("*"),
    "match_sign": frozenset("m"),
    "case_sign": frozenset("c"),
    "type_sign": frozenset("t"),
    "slash_sign": frozenset("/"),
    "number_sign": frozenset("-"),
    "complex_sign": frozenset("-+"),
    "constant_pattern": frozenset("TFN"),
    "constant_key": frozenset("TFN"),
    "pass_statement": frozenset("p"),
    "break_statement": frozenset("b"),
    "continue_statement": frozenset("c"),
    "end": frozenset(marks.END),
    **{f"{word}_kw": frozenset(word[0]) for word in KEYWORDS},
    **{name: frozenset(_first(text)) for name, text in PUNCTUATION.items()},
}
