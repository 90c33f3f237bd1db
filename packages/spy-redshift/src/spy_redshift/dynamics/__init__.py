"""Operations on dynamic values: one function per operation, with a case for each type that they may hold."""
