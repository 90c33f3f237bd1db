"""SPy source text to Syntax IR."""
