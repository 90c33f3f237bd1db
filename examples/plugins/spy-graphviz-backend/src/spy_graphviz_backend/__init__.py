"""A backend that draws a program instead of compiling it."""
