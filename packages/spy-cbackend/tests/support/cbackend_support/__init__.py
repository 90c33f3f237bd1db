"""What the tests of the C backend share."""
