"""Syntax IR: nodes, scopes, module, codec."""
