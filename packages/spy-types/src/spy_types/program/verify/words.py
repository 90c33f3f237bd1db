"""Which texts may be names."""

import re

_WORD = re.compile(r"[^\W\d][\w$@.#]*|[$@][\w$@.#]+")


def is_word(name: str) -> bool:
    """Tell whether `name` may name a local, a field or an export: `x`, `_$iter0`, `@result`."""
    return _WORD.fullmatch(name) is not None


def is_symbol(name: str) -> bool:
    """Tell whether `name` may name a type, a function or a global: printable, without backquotes."""
    return bool(name) and name.isprintable() and "`" not in name


def is_unicode(text: str) -> bool:
    """Tell whether `text` can be written as UTF-8, that is holds no surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
