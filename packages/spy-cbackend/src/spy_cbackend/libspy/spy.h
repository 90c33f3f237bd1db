/* libspy, the runtime of compiled SPy programs: what generated code includes. */
#ifndef SPY_H
#define SPY_H

#include "spy/base.h"
#include "spy/error.h"
#include "spy/memory.h"
#include "spy/object.h"
#ifdef SPY_USES_GENERATORS
#include "spy/generator.h"
#endif
#include "spy/text.h"
#include "spy/integers.h"
#ifdef SPY_USES_FLOATS
#include "spy/floats.h"
#endif
#include "spy/convert.h"
#include "spy/complex.h"
#include "spy/bytes.h"
#include "spy/str.h"
#include "spy/format.h"
#ifdef SPY_USES_MATH
#include "spy/math_module.h"
#endif
#include "spy/system.h"
#ifdef SPY_USES_DYNAMIC
#include "spy/dynamic.h"
#endif

#endif
