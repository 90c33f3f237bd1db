/* What every other header builds on: fixed types and the words the compiler understands. */
#ifndef SPY_BASE_H
#define SPY_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SPY_LIKELY(condition) __builtin_expect(!!(condition), 1)
#define SPY_UNLIKELY(condition) __builtin_expect(!!(condition), 0)
#define SPY_COLD __attribute__((cold, noinline))
#define SPY_NO_SANITIZE __attribute__((no_sanitize("address", "undefined")))
#define SPY_NOINLINE __attribute__((noinline))
#define SPY_ALWAYS_INLINE inline __attribute__((always_inline))
#define SPY_EXPORT __attribute__((visibility("default")))

/* Keep the frame of a recursive call that C would turn into a loop: endless recursion must end as RecursionError. */
#define SPY_KEEP_FRAME() __asm__ volatile("")

/* Recursive functions stand together, so that the report of a full stack can tell which one was running. */
#ifdef __ELF__
#define SPY_RECURSIVE __attribute__((section("spy_recursive")))
#else
#define SPY_RECURSIVE
#endif

#define SPY_INF __builtin_inf()
#define SPY_NAN __builtin_nan("")

/* The type of None where a value is stored or passed; functions that return None are void. */
typedef uint8_t spy_None;
#define SPY_NONE ((spy_None)0)

#endif
