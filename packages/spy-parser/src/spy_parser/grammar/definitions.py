"""Rules of functions, classes, parameters and type parameters. The builder checks the order of parameters."""

from typing import Final

DEFINITIONS: Final = r"""
decorated         = decorator+ decorated_body
decorator         = at named_expression newline
decorated_body    = function / class_definition / async_function
async_function    = async_sign function
function          = def_kw name type_parameters? lpar parameters? rpar returns? colon block
returns           = arrow expression
class_definition  = class_kw name type_parameters? class_arguments? colon block
class_arguments   = lpar arguments? rpar

parameters        = parameter comma_parameter*
comma_parameter   = comma parameter?
parameter         = plain_parameter / double_parameter / star_parameter / slash_sign
plain_parameter   = name annotation? parameter_default?
parameter_default = equal expression
double_parameter  = double_star name annotation? parameter_default?
star_parameter    = star star_name?
star_name         = name star_annotation? parameter_default?
star_annotation   = colon star_expression

lambda_parameters = lambda_parameter comma_lambda*
comma_lambda      = comma lambda_parameter?
lambda_parameter  = lambda_plain / lambda_double / lambda_star / slash_sign
lambda_plain      = name parameter_default?
lambda_double     = double_star name parameter_default?
lambda_star       = star lambda_star_name?
lambda_star_name  = name parameter_default?

type_parameters   = lsqb type_parameter comma_type_parameter* comma? rsqb
comma_type_parameter = comma type_parameter
type_parameter    = type_variable / type_spec / type_tuple
type_variable     = name annotation?
type_spec         = double_star name annotation?
type_tuple        = star name annotation?
"""
