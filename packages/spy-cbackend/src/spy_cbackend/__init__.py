"""Program IR to C and to artifacts."""
