"""Static faults that dispatch and the walk over statements find, by topic. Codes VM001-VM099.

The wording follows the reference implementation where it has one.
"""

from spy_types.errors import SpyError

from spy_vm.errors.attributes import (
    cannot_delete_attribute,
    cannot_set_attribute,
    new_attribute,
    no_attribute,
    no_method,
    no_module_attribute,
    takes_no_arguments,
)
from spy_vm.errors.calls import (
    cannot_instantiate,
    duplicate_argument,
    fixed_keywords,
    generic_needs_brackets,
    missing_keywords,
    no_keyword,
    not_callable,
    not_keywords,
    positional_only,
    unexpected_keyword,
    wrong_arg_count,
)
from spy_vm.errors.colours import (
    bad_decorator,
    bad_metafunc_result,
    blue_fuel,
    expected_blue,
    red_arguments,
    static_error,
)
from spy_vm.errors.conversions import (
    cannot_unpack,
    expected_type,
    literal_out_of_range,
    mismatched_types,
    untyped_empty,
    wrong_unpack_count,
)
from spy_vm.errors.definitions import (
    blue_generator,
    missing_annotation,
    no_generator,
    no_generator_type,
    no_main,
    no_return,
    wrong_main,
)
from spy_vm.errors.exceptions import not_an_exception_type, nothing_to_raise
from spy_vm.errors.fault import fault
from spy_vm.errors.imports import circular_import, import_error, missing_stdlib
from spy_vm.errors.names import (
    already_declared,
    frozen,
    invalid_assignment,
    name_not_defined,
    not_assigned_yet,
)
from spy_vm.errors.operators import (
    cannot_do,
    cannot_do_unary,
    cannot_identify,
    cannot_subscript,
    no_common_type,
    not_iterable,
    not_truthy,
)
from spy_vm.errors.support import unsupported
from spy_vm.errors.unions import how_to_narrow, not_for_member, too_many_patterns

__all__ = [
    "SpyError",
    "already_declared",
    "bad_decorator",
    "bad_metafunc_result",
    "blue_fuel",
    "blue_generator",
    "cannot_delete_attribute",
    "cannot_do",
    "cannot_do_unary",
    "cannot_identify",
    "cannot_instantiate",
    "cannot_set_attribute",
    "cannot_subscript",
    "cannot_unpack",
    "circular_import",
    "duplicate_argument",
    "expected_blue",
    "expected_type",
    "fault",
    "fixed_keywords",
    "frozen",
    "generic_needs_brackets",
    "how_to_narrow",
    "import_error",
    "invalid_assignment",
    "literal_out_of_range",
    "mismatched_types",
    "missing_annotation",
    "missing_keywords",
    "missing_stdlib",
    "name_not_defined",
    "new_attribute",
    "no_attribute",
    "no_common_type",
    "no_generator",
    "no_generator_type",
    "no_keyword",
    "no_main",
    "no_method",
    "no_module_attribute",
    "no_return",
    "not_an_exception_type",
    "not_assigned_yet",
    "not_callable",
    "not_for_member",
    "not_iterable",
    "not_keywords",
    "not_truthy",
    "nothing_to_raise",
    "positional_only",
    "red_arguments",
    "static_error",
    "takes_no_arguments",
    "too_many_patterns",
    "unexpected_keyword",
    "unsupported",
    "untyped_empty",
    "wrong_arg_count",
    "wrong_main",
    "wrong_unpack_count",
]
