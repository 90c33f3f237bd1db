"""The table of primitive operations."""
