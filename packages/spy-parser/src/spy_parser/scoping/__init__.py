"""What `spy_parser.scopes` is made of: the walk that notes bindings, and their resolution."""
