"""Rules of `match` and its patterns."""

from typing import Final

PATTERNS: Final = r"""
match_statement  = match_sign subject colon newline indent case_clause+ dedent
subject          = star_named comma_item*
case_clause      = case_sign open_pattern guard? colon block
guard            = if_kw named_expression
open_pattern     = maybe_star comma_pattern*
comma_pattern    = comma maybe_star?
maybe_star       = star_pattern / as_pattern
star_pattern     = star name
as_pattern       = or_pattern as_capture*
as_capture       = as_kw name
or_pattern       = closed_pattern bar_pattern*
bar_pattern      = bar closed_pattern
closed_pattern   = constant_pattern / number_pattern / string_pattern / name_pattern / group_pattern
                 / sequence_pattern / mapping_pattern
number_pattern   = number_sign? number complex_part?
string_pattern   = string string*
signed_number    = number_sign? number complex_part?
complex_part     = complex_sign number
name_pattern     = dotted_pattern class_pattern?
dotted_pattern   = name attribute_name*
class_pattern    = lpar class_items? rpar
class_items      = class_item comma_class_item*
comma_class_item = comma class_item?
class_item       = keyword_pattern / as_pattern
keyword_pattern  = keyword_head as_pattern
group_pattern    = lpar open_pattern? rpar
sequence_pattern = lsqb open_pattern? rsqb
mapping_pattern  = lbrace mapping_items? rbrace
mapping_items    = mapping_item comma_mapping_item*
comma_mapping_item = comma mapping_item?
mapping_item     = rest_item / pair_item
rest_item        = double_star name
pair_item        = mapping_key colon as_pattern
mapping_key      = constant_key / signed_number / strings / dotted_pattern
signed_number    = number_sign? number complex_part?
"""

CHAINS: Final = frozenset(["subject", "or_pattern", "as_pattern"])
