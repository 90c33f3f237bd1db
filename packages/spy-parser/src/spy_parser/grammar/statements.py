"""Rules of statements. `statements` is where the parser starts again after a fault."""

from typing import Final

STATEMENTS: Final = r"""
file             = statements end
statements       = statement+
statement        = if_statement / for_statement / while_statement / try_statement / with_statement / function
                 / class_definition / decorated / async_statement / match_statement / simple_line
block            = indented / simple_line
indented         = newline indent statements dedent
simple_line      = small more_small* semicolon? newline
more_small       = semicolon small

small            = return_statement / pass_statement / break_statement / continue_statement / raise_statement
                 / import_statement / from_statement / global_statement / nonlocal_statement / del_statement
                 / assert_statement / type_statement / variable / expression_statement

return_statement   = return_kw expressions?
raise_statement    = raise_kw raised?
raised             = expression raise_cause?
raise_cause        = from_kw expression
import_statement   = import_kw dotted_alias comma_dotted*
comma_dotted       = comma dotted_alias
dotted_alias       = dotted_name as_name?
as_name            = as_kw name
from_statement     = import_from dotted_name? import_kw from_names
from_names         = import_star / parenthesised_aliases / aliases
parenthesised_aliases = lpar alias comma_alias* comma? rpar
aliases            = alias comma_alias*
comma_alias        = comma alias
alias              = name as_name?
global_statement   = global_kw name comma_name*
nonlocal_statement = nonlocal_kw name comma_name*
comma_name         = comma name
del_statement      = del_kw target comma_target*
assert_statement   = assert_kw expression assert_message?
assert_message     = comma expression
type_statement     = type_sign name type_parameters? equal expression
variable           = variable_kind name declared
declared           = typed / assigned
typed              = annotation assigned?
annotation         = colon expression
assigned           = equal right_hand
expression_statement = right_hand statement_tail*
statement_tail     = assign_tail / annotation_tail / augmented_tail
assign_tail        = equal right_hand
annotation_tail    = colon expression assigned?
augmented_tail     = augmented_sign right_hand

if_statement     = if_kw named_expression colon block elif_clause* else_clause?
elif_clause      = elif_kw named_expression colon block
else_clause      = else_kw colon block
while_statement  = while_kw named_expression colon block else_clause?
for_statement    = for_kw targets in_kw expressions colon block else_clause?
try_statement    = try_kw colon block except_clause* try_else? finally_clause?
try_else         = else_sign colon block
except_clause    = except_kw except_star_sign? except_kind? colon block
except_kind      = expression except_more* as_name?
except_more      = comma expression
finally_clause   = finally_kw colon block
with_statement   = with_kw with_items colon block
with_items       = parenthesised_items / plain_items
parenthesised_items = lpar with_item comma_with_item* comma? rpar &colon
plain_items      = with_item comma_with_item*
comma_with_item  = comma with_item
with_item        = expression as_target?
as_target        = as_kw target
async_statement  = async_sign async_body
async_body       = function / for_statement / with_statement
"""
