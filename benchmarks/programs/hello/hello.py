"""The least program."""

print("Hello, world!")
