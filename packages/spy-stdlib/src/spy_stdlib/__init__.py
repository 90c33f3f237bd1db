"""The SPy library, written in SPy."""
