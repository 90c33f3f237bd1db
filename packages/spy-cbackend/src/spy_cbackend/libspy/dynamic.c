/* Dynamic values: what does not depend on the types of the program. */
#include "spy.h"

static const char *display_of(spy_dynamic value) { return value.type ? value.type->display : "None"; }

bool spy_dynamic_is(spy_dynamic a, spy_dynamic b) {
    return a.type == b.type && (!a.type || memcmp(&a.value, &b.value, sizeof a.value) == 0);
}

void spy_set_bad_cast(const char *expected, spy_dynamic value) {
    spy_set_error_format("TypeError", "Invalid cast. Expected `%s`, got `%s`", expected, display_of(value));
}

void spy_set_cannot(const char *symbol, int count, const spy_dynamic *operands) {
    const char *first = display_of(operands[0]);
    if (count == 2) {
        spy_set_error_format("TypeError", "cannot do `%s` %s `%s`", first, symbol, display_of(operands[1]));
    } else {
        spy_set_error_format("TypeError", "cannot do %s`%s`", symbol, first);
    }
}
