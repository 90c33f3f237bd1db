"""The frozen SPy world to Program IR."""
