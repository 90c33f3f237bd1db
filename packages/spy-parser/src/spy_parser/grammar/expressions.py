"""Rules of expressions.

There is no ladder of precedences: `operation` is flat, the builder climbs. `-a ** b` needs no care there,
since `**` is the last trailer of `primary`. A rule `a = b c*` in `CHAINS` gives the value of `b` alone
when there is no `c`.
"""

from typing import Final

EXPRESSIONS: Final = r"""
right_hand       = yield_expression / expressions
expressions      = star_expression comma_expression*
comma_expression = comma star_expression?
star_expression  = starred / expression
starred          = star bit_operation
star_named       = starred / named_expression

named_expression = expression walrus*
walrus           = colon_equal expression
expression       = conditional / lambda
conditional      = operation if_else*
if_else          = if_kw operation else_sign else_operand
else_operand     = operation / lambda

operation        = operand operator_operand*
operator_operand = binary_operator operand
comparison       = low_operand comparison_operand*
comparison_operand = comparison_operator low_operand
bit_operation    = low_operand bit_operand*
bit_operand      = bit_operator low_operand
operand          = primary / signed / inverted
low_operand      = primary / signed
signed           = unary_signs primary
inverted         = not_signs comparison

primary          = atom trailer*
trailer          = attribute_name / call / subscript / power
call             = lpar arguments? rpar
subscript        = lsqb slices rsqb
power            = power_sign low_operand
atom             = word / number / strings / group / list / braces / ellipsis / await_expression
await_expression = await_kw awaited
awaited          = atom awaited_trailer*
awaited_trailer  = attribute_name / call / subscript

arguments        = argument comma_argument*
comma_argument   = comma argument?
argument         = keyword_argument / double_argument / starred_argument / positional
keyword_argument = keyword_head expression
double_argument  = double_star expression
starred_argument = star expression
positional       = named_expression comprehension*

slices           = slice comma_slice*
comma_slice      = comma slice?
slice            = slice_tail / slice_item
slice_item       = star_named slice_tail*
slice_tail       = colon expression? slice_step?
slice_step       = colon expression?

group            = lpar group_body? rpar
group_body       = yield_expression / items
list             = lsqb items? rsqb
items            = star_named item_rest*
item_rest        = comma_item / comprehension
comma_item       = comma star_named?
braces           = lbrace brace_items? rbrace
brace_items      = entry entry_rest*
entry_rest       = comma_entry / comprehension
comma_entry      = comma entry?
entry            = double_entry / plain_entry
double_entry     = double_star bit_operation
plain_entry      = star_named entry_value*
entry_value      = colon expression

comprehension    = async_sign? for_kw targets in_kw operation comprehension_if*
comprehension_if = if_kw operation
targets          = target comma_target*
comma_target     = comma target?
target           = starred_target / primary
starred_target   = star primary

yield_expression = yield_kw yielded?
yielded          = yield_from / expressions
yield_from       = from_kw expression
lambda           = lambda_kw lambda_parameters? colon expression

strings          = string string*
string           = fstring / plain_string
fstring          = fstring_start fstring_part* fstring_end
fstring_part     = fstring_text / field
field            = field_open right_hand debug_equal? conversion? format_spec? field_close
format_spec      = field_spec fstring_part*
"""

CHAINS: Final = frozenset((
    "expressions", "named_expression", "conditional", "operation", "comparison", "bit_operation", "primary",
    "awaited", "arguments", "positional", "slices", "slice_item", "items", "targets", "brace_items",
    "plain_entry", "strings",
))  # fmt: skip
