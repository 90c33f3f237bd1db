"""A library for SPy programs: colours for terminals."""
