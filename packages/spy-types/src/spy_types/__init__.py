"""What crosses SPy packages: locations, diagnostics, FQNs, types, both IRs, hooks."""
