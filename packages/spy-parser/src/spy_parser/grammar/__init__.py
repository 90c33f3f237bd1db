"""The grammar of SPy, by topic: terminals, expressions, statements, definitions, patterns."""
