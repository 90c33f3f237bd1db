"""The regular expression of a string literal without prefix; layout, grammar and recovery agree on it."""

from typing import Final

STRING: Final = (
    r'(?:"""[^"\\]*+(?:(?:\\[\s\S]|"(?!""))[^"\\]*+)*+"""'
    r"|'''[^'\\]*+(?:(?:\\[\s\S]|'(?!''))[^'\\]*+)*+'''"
    r'|"(?!"")[^"\\\n]*+(?:\\[\s\S][^"\\\n]*+)*+"'
    r"|'(?!'')[^'\\\n]*+(?:\\[\s\S][^'\\\n]*+)*+')"
)
