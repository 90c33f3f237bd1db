"""Terminals: name -> pattern and the characters it can begin with. The blanks behind belong to each.

They are made apart from the text of the grammar, which parsimonious allows: it saves half the time of its
construction. A terminal named `*_kw` or listed in `PUNCTUATION` says nothing but that it is there:
builders do not see it. `OTHER` stands for every character beyond ASCII.
"""

from string import ascii_letters, digits
from typing import Final

from spy_parser import marks
from spy_parser.string_pattern import STRING

BLANKS: Final = r"[ \t\f]*+"
OTHER: Final = "\x80"

KEYWORDS: Final = (
    "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else",
    "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not",
    "or", "pass", "raise", "return", "try", "while", "with", "yield",
)  # fmt: skip
CONSTANTS: Final = ("False", "None", "True")

PUNCTUATION: Final = {
    "lpar": "(",
    "rpar": ")",
    "lsqb": "[",
    "rsqb": "]",
    "lbrace": "{",
    "rbrace": "}",
    "comma": ",",
    "colon_equal": ":=",
    "semicolon": ";",
    "double_star": "**",
    "arrow": "->",
    "at": "@",
    "bar": "|",
    "newline": "\n",
    "indent": marks.INDENT,
    "dedent": marks.DEDENT,
    "field_open": marks.FIELD_OPEN,
    "field_spec": marks.FIELD_SPEC,
    "colon": ":",
    "equal": "=",
    "star": "*",
}
NOT_BEFORE: Final = {"colon": "=", "equal": "=", "star": "*"}
"""`:` is no colon before `=`, and so on."""

_START_CHAR: Final = r"[^\x00-@\[-^`{-\x7f]"
_IDENTIFIER_CHAR: Final = r"[^\x00-/:-@\[-^`{-\x7f]"
"""Letters, digits, `_`, and all beyond ASCII: the builder of names asks Unicode about that."""
_IDENTIFIER: Final = rf"{_START_CHAR}{_IDENTIFIER_CHAR}*+(?![\"'{marks.FSTRING_START}])"
WORD_END: Final = f"(?!{_IDENTIFIER_CHAR})"
_LETTERS: Final = ascii_letters + "_" + OTHER

_HEXADECIMAL: Final = r"0[xX](?:_?[0-9a-fA-F])++|0[oO](?:_?[0-7])++|0[bB](?:_?[01])++"
_DIGITS: Final = r"[0-9](?:_?[0-9])*+"
_EXPONENT: Final = rf"[eE][-+]?{_DIGITS}"
_FLOAT: Final = rf"(?:{_DIGITS}\.(?:{_DIGITS})?|\.{_DIGITS})(?:{_EXPONENT})?|{_DIGITS}{_EXPONENT}"
_NUMBER_END: Final = rf"(?:(?=(?:and|else|for|if|in|is|not|or){WORD_END})|{WORD_END})"

_BIT: Final = r"//(?!=)|<<(?!=)|>>(?!=)|[-+*/%@&|^](?![=*/])"
_WORDS: Final = rf"in{WORD_END}|is{WORD_END}(?:{BLANKS}not{WORD_END})?|not{BLANKS}in{WORD_END}"
_COMPARISON: Final = rf"{_BIT}|==|!=|<=|>=|<(?!<)|>(?!>)|{_WORDS}"
_BIT_FIRST: Final = "-+*/%@&|^<>"

_TEXT: Final = "".join(map(chr, [*range(1), *range(9, 128)])) + OTHER

TERMINALS: Final[dict[str, tuple[str, str]]] = {
    "name": (f"({_IDENTIFIER})", _LETTERS),
    "word": (f"({_IDENTIFIER})", _LETTERS),
    "keyword_head": (f"({_IDENTIFIER}){BLANKS}=(?!=)", _LETTERS),
    "attribute_name": (rf"\.(?![.\d]){BLANKS}({_IDENTIFIER})", "."),
    "dotted_name": (rf"({_IDENTIFIER}(?:{BLANKS}\.{BLANKS}{_IDENTIFIER})*)", _LETTERS),
    "import_from": (rf"from{WORD_END}{BLANKS}((?:\.[ \t\f]*+)*)", "f"),
    "number": (rf"(({_HEXADECIMAL})|({_FLOAT})|{_DIGITS}(?!\.))([jJ])?{_NUMBER_END}", digits + "."),
    "ellipsis": (r"\.\.\.", "."),
    "plain_string": (f"([rRbBuU]{{0,2}})({STRING})", "rRbBuU\"'"),
    "fstring_start": (f"([fFrR]{{1,2}}){marks.FSTRING_START}+", "fFrR"),
    "fstring_text": (f"[^{marks.INDENT}-{marks.END}]+", _TEXT),
    "fstring_end": (f"{marks.FSTRING_END}+", marks.FSTRING_END),
    "field_close": (marks.FIELD_CLOSE, marks.FIELD_CLOSE),
    "debug_equal": ("=(?!=)", "="),
    "conversion": (f"!({_START_CHAR}{_IDENTIFIER_CHAR}*+)", "!"),
    "unary_signs": (f"(?:[-+~]{BLANKS})+", "-+~"),
    "not_signs": (rf"(?:not{WORD_END}{BLANKS})+", "n"),
    "binary_operator": (rf"({_COMPARISON}|and{WORD_END}|or{WORD_END})", _BIT_FIRST + "=!aoin"),
    "comparison_operator": (f"({_COMPARISON})", _BIT_FIRST + "=!in"),
    "bit_operator": (f"({_BIT})", _BIT_FIRST),
    "power_sign": (r"\*\*(?!=)", "*"),
    "augmented_sign": (r"(\*\*|//|<<|>>|[-+*/%@&|^])=", _BIT_FIRST),
    "else_sign": (f"else{WORD_END}", "e"),
    "except_star_sign": (r"\*", "*"),
    "variable_kind": (rf"(var|const){WORD_END}(?=[ \t\f])", "vc"),
    "async_sign": (rf"async{WORD_END}", "a"),
    "import_star": (r"\*", "*"),
    "match_sign": (rf"match{WORD_END}", "m"),
    "case_sign": (rf"case{WORD_END}", "c"),
    "type_sign": (rf"type{WORD_END}", "t"),
    "slash_sign": ("/", "/"),
    "number_sign": ("-", "-"),
    "complex_sign": ("([-+])", "-+"),
    "constant_pattern": (rf"(True|False|None){WORD_END}", "TFN"),
    "constant_key": (rf"(True|False|None){WORD_END}", "TFN"),
    "pass_statement": (rf"pass{WORD_END}", "p"),
    "break_statement": (rf"break{WORD_END}", "b"),
    "continue_statement": (rf"continue{WORD_END}", "c"),
    "end": (marks.END, marks.END),
}
WITHOUT_BLANKS: Final = frozenset(("fstring_start", "fstring_text", "field_spec", "field_close", "end"))
"""Terminals behind which blanks mean something."""
