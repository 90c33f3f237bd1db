"""From matched rules to nodes of the Syntax IR: one function per rule, named for it, by topic."""
