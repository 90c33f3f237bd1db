"""Characters that the layout pass writes into the text for the grammar to see.

They are lone surrogates: no UTF-8 file can hold one, so a mark is never confused with the user's text.
"""

from typing import Final

INDENT: Final = "\ud800"
DEDENT: Final = "\ud801"
FSTRING_START: Final = "\ud802"
FSTRING_END: Final = "\ud803"
FIELD_OPEN: Final = "\ud804"
FIELD_CLOSE: Final = "\ud805"
FIELD_SPEC: Final = "\ud806"
END: Final = "\ud807"

LAYOUT: Final = frozenset(" \t\f\n" + INDENT + DEDENT + END)
"""What never belongs to a node: blanks, line ends, and the marks of blocks."""
