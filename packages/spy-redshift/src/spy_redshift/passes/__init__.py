"""Passes over Program IR, one a module."""
