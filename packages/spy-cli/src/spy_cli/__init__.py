"""The spy command."""
