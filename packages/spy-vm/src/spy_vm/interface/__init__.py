"""What dispatch, the builtins and the walk over statements may ask of a frame, in abstract classes by topic.

    state       what every frame has: its scope, its names
    engine      what an engine decides: what becomes of a red operand
    control     what an engine decides: branches, loops, leaving
    operations  calls, structs, pointers, attributes: what operators are made of
    walking     names, expressions, statements, definitions
    frame       all of it: `Frame`, which dispatch takes

The mixins of `spy_vm.frame` implement the last two, the evaluator and the specialiser the two before.
"""
