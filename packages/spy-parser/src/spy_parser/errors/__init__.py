"""Faults the parser can find, by the stage that finds them. Codes PARSE001-PARSE119."""
