/* Generators: the ways out that are not the usual one. */
#include "spy/generator.h"

/* An exception has left the generator. A StopIteration would look like its end. */
bool spy_generator_failed(struct spy_generator *self) {
    self->state = SPY_DONE;
    if (spy_error_is("StopIteration")) {
        spy_Exception *cause = spy_catch();
        spy_set_error("RuntimeError", "generator raised StopIteration");
        spy_error_during(cause);
    }
    return true;
}

/* Let it go on to its end, by way of its `finally` blocks. */
bool spy_generator_finish(struct spy_generator *self) {
    self->is_closing = true;
    bool raised = self->resume(self);
    self->is_closing = false;
    if (!raised && self->state == SPY_DONE) return false;
    if (!raised) return spy_raise("RuntimeError", "generator ignored GeneratorExit");
    if (!spy_error_is("GeneratorExit")) return spy_generator_failed(self);
    self->state = SPY_DONE;
    spy_error_clear();
    return false;
}
