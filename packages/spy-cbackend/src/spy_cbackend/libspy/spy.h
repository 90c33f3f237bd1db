/* libspy, the runtime of compiled SPy programs: what generated code includes. */
#ifndef SPY_H
#define SPY_H

#include "spy/base.h"
#include "spy/error.h"
#include "spy/memory.h"
#include "spy/text.h"
#include "spy/integers.h"
#include "spy/floats.h"
#include "spy/convert.h"
#include "spy/complex.h"
#include "spy/bytes.h"
#include "spy/str.h"
#include "spy/format.h"
#include "spy/math_module.h"
#include "spy/system.h"

#endif
