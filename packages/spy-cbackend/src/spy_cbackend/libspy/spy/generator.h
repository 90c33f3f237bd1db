/* Generators: a frame that starts with what all have, and a function that runs it to its next yield. */
#ifndef SPY_GENERATOR_H
#define SPY_GENERATOR_H

#include "spy/error.h"

/* States: 0 before the start, n where the n-th yield waits, and these. */
#define SPY_DONE (-1)
#define SPY_RUNNING (-2)

struct spy_generator {
    bool (*resume)(struct spy_generator *self); /* returns true if it raised */
    int32_t state;
    bool is_sent;    /* whether it goes on with a value */
    bool is_closing; /* whether it goes on to its end */
    bool closes;     /* whether that makes a difference: it has a `try` */
};

static inline bool spy_generator_ready(const struct spy_generator *self) {
    if (SPY_UNLIKELY(self == NULL)) return spy_raise("PanicError", "cannot advance NULL");
    if (SPY_UNLIKELY(self->state == SPY_RUNNING)) return spy_raise("ValueError", "generator already executing");
    return false;
}

SPY_COLD bool spy_generator_failed(struct spy_generator *self);
SPY_COLD bool spy_generator_finish(struct spy_generator *self);

/* Runs to the next yield or to the end, where the state is SPY_DONE. */
static inline bool spy_generator_advance(struct spy_generator *self) {
    if (SPY_UNLIKELY(spy_generator_ready(self))) return true;
    self->is_sent = false;
    return SPY_UNLIKELY(self->resume(self)) ? spy_generator_failed(self) : false;
}

/* Goes on after the caller has put a value where the generator looks for it. */
static inline bool spy_generator_send(struct spy_generator *self) {
    if (SPY_UNLIKELY(spy_generator_ready(self))) return true;
    if (SPY_UNLIKELY(self->state == 0)) {
        return spy_raise("TypeError", "can't send non-None value to a just-started generator");
    }
    self->is_sent = true;
    return SPY_UNLIKELY(self->resume(self)) ? spy_generator_failed(self) : false;
}

static inline bool spy_check_sent(const struct spy_generator *self) {
    if (SPY_LIKELY(self->is_sent)) return false;
    return spy_raise("TypeError", "the generator wants a value: call send() instead of next()");
}

/* What a generator does after a yield: it is closed by an exception. */
static inline bool spy_check_closing(const struct spy_generator *self) {
    return SPY_UNLIKELY(self->is_closing) ? spy_raise("GeneratorExit", "") : false;
}

static inline bool spy_generator_close(struct spy_generator *self) {
    if (SPY_UNLIKELY(spy_generator_ready(self))) return true;
    if (self->closes && self->state > 0) return spy_generator_finish(self);
    self->state = SPY_DONE;
    return false;
}

#endif
