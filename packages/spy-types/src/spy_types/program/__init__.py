"""Program IR: types, constants, nodes, program; codec, verifier and printer."""
