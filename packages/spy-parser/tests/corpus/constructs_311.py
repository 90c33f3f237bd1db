"""Every construct of Python 3.11, for the comparison with CPython's tree. Never run."""

from __future__ import annotations

import a
import a.b.c
import a as b, c.d as e, f
from a import b
from a.b import (c, d as e,)
from . import g
from .. import h as i
from ...j.k import l, m
from .... import n
from a import *

# literals
0; 00; 0_0; 1; 12_345; 0xFF; 0Xa_b; 0o17; 0O7; 0b1; 0B1_0
1.; .5; 1.5; 1e10; 1E-3; 1_0.0_1e+1_0; 0.; 00.5; 1j; 1.5J; .5j; 1e3j; 0777j
"a"; 'b'; """c"""; '''d'''; ""; ''; """"""; "a" 'b' """c
d"""; "it's"; 'say "x"'; """a "quoted" b"""; '''a ''b'' c'''
r"\n"; R'\d'; u"a"; U'b'; b"c"; B'd'; rb"\e"; bR"f"; Rb'g'; BR'''h'''
"\a\b\f\n\r\t\v\\\'\"\0\07\377\x41\u00e9\U0001F600\N{BULLET}\q"; b"\x00\377\n\q"
"line \
joined"; r"raw \
kept"
"é" "→" "𝒳" "日本"; x = "𝒳" + y
True; False; None; ...; Ellipsis

# names: NFKC, soft keywords, builtins
é = ﬁ = ª = 变量 = x·y = _ = __ = 1
print = exec = match = case = type = var = const = 1
match, case, type
match(x); match[x]; match.x; match -x; match * x
case(x); type(x); var = 1; const: int = 2; var.x; var[0]; var(x); (var); var if x else const

# operators and their precedence
a or b and not c == d | e ^ f & g << h + i * -j ** k
not a or not b and not not c
a + b - c * d / e // f % g @ h
a << b >> c & d ^ e | f
-a ** -b ** c; +-~a; - + ~ - a; (-a) ** b; -(a ** b); a ** b ** c; (a ** b) ** c; 2 ** -1
a < b <= c > d >= e == f != g is h is not i in j not in k
(a < b) < c; a < (b < c); not a in b; not (a in b); a is (not b)
a and b and c; (a and b) and c; a and (b and c); a or b or c; a or (b or c)
a if b else c; a if b else c if d else e; (a if b else c) if d else e; a if (b if c else d) else e
a + b if c else d + e; [a] if b else {c}
lambda: 0; lambda a: a; lambda a, b=1: a; lambda *a: a; lambda **a: a; lambda a, /, b, *, c=1, d, **e: a
lambda *, a: a; lambda a, /: a; lambda *a, b, **c: a; lambda: (yield); lambda a: lambda b: a + b
lambda a=lambda: 1, *b: (a, b); a if b else lambda: c
(x := 1); (x := a if b else c); [y := 1, y]; f(z := 2); x[w := 0]; {v := 1}; (lambda: (u := 1))
if (n := len(a)) > 10: pass

# primaries
a.b.c; a[b]; a[b][c]; a(b)(c); a.b(c)[d].e; a . b; a [b]; a (b); (a).b; a[b, c]; a[b,]; a[()]; a[(b, c)]
a[:]; a[b:]; a[:b]; a[b:c]; a[::]; a[b::]; a[:b:]; a[::b]; a[b:c:d]; a[b:c, d]; a[:, :]; a[b, c:d, ::e]
a[*b]; a[*b, c]; a[lambda: 1:2]; a[b if c else d:e]
1 .real; 1..real; 1.5.real; 1j.imag; "a".b; [].append; {}.get; ().c; (a, b).d; ...if a else b
f(); f(a); f(a,); f(a, b); f(a, *b); f(*a, b); f(a=1); f(a, b=c); f(a, *b, c=d); f(a=b, *c); f(**a)
f(a, **b, c=d); f(*a, *b, **c, **d); f(a for a in b); f((a for a in b), c); f(a)(b for b in c)
f(a if b else c, lambda: d, *e or f, **g or h); f(a=b if c else d); f(
    a,  # comment
    b,

    c=d,
)

# displays and comprehensions
(); (a,); (a, b); (a, b,); ((a, b), c); (a); ((a)); (*a, b); (*a,); *a, b; a, *b, *c
[]; [a]; [a,]; [a, b]; [*a, b]; [[a], [b]]; [a, (b, c)]
{a}; {a,}; {a, b}; {*a, b}; {*a}; {(a, b)}
{}; {a: b}; {a: b,}; {a: b, c: d}; {**a}; {a: b, **c, d: e}; {a: lambda: b}; {a: b if c else d}; {**a | b}
[a for b in c]; [a for b in c if d]; [a for b in c if d if e for f in g]; [a for b, c in d]; [a for b, in c]
[a for (b, c), [d, *e] in f]; [a for b.c in d]; [a for b[c] in d]; [(a, b) for c in d]; [[a for a in b] for b in c]
[a for b in c if d or e]; [a for b in (lambda: c)]
{a for b in c}; {a: b for c in d}; {a: b for c, d in e if f}; (a for b in c); (a for b in c if (d := e))

# f-strings
f""; f"a"; F'b'; f"{a}"; f"{a}{b}"; f"a{b}c{d}e"; f"{{a}}"; f"{{{a}}}"; f"{a}}}{{"; f"{a!r}"; f"{a!s:>10}"; f"{a!a}"
f"{a:>10}"; f"{a:{b}}"; f"{a:{b}.{c}f}"; f"{a:{b!r}>{c:d}}"; f"{a:%Y-%m-%d %H:%M}"; f"{a: 4}"; f"{a:x}y"
f"{a=}"; f"{a = }"; f"{a + b=}"; f"{a=!s}"; f"{a=:>10}"; f"{a!r:^{width}}"
f"{a, b}"; f"{a if b else c}"; f"{[a for a in b]}"; f"{ {'a': 1}['a'] }"; f"{a[b:c]}"; f"{(lambda: 1)}"; f"{(x:=5)}"
f"{a['b']}"; f'{a["b"]}'; f"""{a["b"]}"""; f'''{a
+ b}'''; f"""
{a}
  {b:
>10}
"""; fr"\d{a}\n"; Rf"\{a}"; rF'\N{a}'; f"\N{BULLET}{a}"; f"\n{a}\t"; "a" f"{b}" 'c'; f"{a}" "b" f"{c}"; f"a" "b"
f"{f'{a}'}"; f"""{f'{f"{a}"}'}"""; f"{yield_}"; f"{*a, b}"; f"{a:}"

# statements
pass; a; a; b
a = b; a = b = c; a, b = c; a, = b; (a, b) = c; [a, b] = c; a, (b, c) = d; *a, b = c; [*a, b] = c; (a), b = c
a.b = c; a[b] = c; a.b, c[d] = e; a[b:c] = d; (a) = b; ((a)) = b; () = a; [] = a; a = *b, c; a = yield_
a: b; a: b = c; (a): b; (a): b = c; a.b: c; a[b]: c = d; a: b = *c, d; a: (yield_)
a += b; a -= b; a *= b; a /= b; a //= b; a %= b; a @= b; a &= b; a |= b; a ^= b; a <<= b; a >>= b; a **= b
a.b += c; a[b] -= c; (a) += b; a += b, c; a += *b, c
del a; del a, b; del (a, b); del [a, b]; del a.b, c[d]; del (a), (b); del (); del a,
assert a; assert a, b; assert (a, b); raise; raise a; raise a from b; raise a(b) from None
global a_, b_
if a: pass
if a: b; c
if a:
    b
elif c:
    d
elif e: f
else:
    g
if a:
    pass
else:
    if b:
        pass
while a: b
while a:
    break
else:
    c
while a:
    if b: continue
    else: break
for a in b: c
for a, b in c:
    continue
else: d
for a, in b: pass
for (a, b) in c: pass
for [a, *b], c.d, e[f] in g: pass
for a in b, c: pass
for a in *b, c: pass
for (a) in b: pass
with a: b
with a as b: c
with a as b, c as d: e
with a, b: c
with (a): b
with (a, b): c
with (a as b): c
with (a as b, c as d,): e
with (a, b as c): d
with (a) as b: c
with (a, b) as c: d
with (a), (b): c
with (a).b: c
with (a)(b) as c, d: e
with a as (b, c), d as [e]: f
with a as b.c, d as e[f]: g
with (yield_): pass
with (a if b else c) as d, (lambda: e): pass
with (
    open("a") as f,
    open("b") as g
):
    pass
try: a
except: b
try:
    a
except b:
    c
except (d, e) as f:
    g
except h as i: j
else:
    k
finally:
    l
try: a
finally: b
try:
    a
except* b:
    c
except* (d, e) as f:
    g
def f(): pass
def f(a): return
def f(a, b=1): return a
def f(a, /): pass
def f(a, /, b): pass
def f(a, b=1, /, c=2, *, d, e=3, **f): pass
def f(*, a): pass
def f(*a, b, **c): pass
def f(*a: b, **c: d) -> e: pass
def f(*a: *b): pass
def f(a: b = c, *d: e, f: g = h, **i: j) -> k: return *a, b
def f(a,): pass
def f(
    a,  # first
    b: int = 1,
) -> (
    c
):
    """Docstring."""
    nonlocal_ = 1
    def g():
        nonlocal a
        global z
        a = yield
        b = yield a
        c = yield from b
        yield a, b
        yield *a, b
        x = yield a, b
        x += yield
        (yield)
        f((yield), a)
        return (yield)
    return g
async def f():
    await a
    await a.b(c)[d]
    await a ** b
    -await a
    await (await a)
    async for a in b: pass
    async for a, b in c:
        pass
    else:
        pass
    async with a as b, c: pass
    async with (a as b, c): pass
    [a async for a in b]
    [await a for a in b if await c]
    {a: b async for a, b in c}
    (a async for a in b)
    yield a
    return
@a
def f(): pass
@a.b(c)
@d[e]
@(lambda f: f)
@a or b
@(x := y)
def f(): pass
@a
async def f(): pass
@a
class C: pass
class C: a
class C(): pass
class C(a, b, *c, metaclass=d, **e):
    "doc" "string"
    a: int
    b = 1
    def f(self): return __class__
    class D(C): pass
class C:
    x = 1; y = [x for x in a]

match a:
    case 1: pass
    case -1 | 1.5 | -2j | 1 + 2j | -1 - 2j: pass
    case "a" "b" | b"c": pass
    case None | True | False: pass
    case a.b | a.b.c: pass
    case [] | [_] | () | (_,): pass
    case [a, b] if a: pass
    case (a, b): pass
    case [a, *b, c]: pass
    case (*_, a): pass
    case a, b: pass
    case a, *b: pass
    case *a,: pass
    case (a) if b: pass
    case [a,]: pass
    case {}: pass
    case {"a": b, **c}: pass
    case {"a": 1, -2: [b], None: _, a.b: c,}: pass
    case {**d}: pass
    case C(): pass
    case C(a): pass
    case C(a, b=c, d=e,): pass
    case a.C(1, x=[_, *_]): pass
    case (1 | 2) as a: pass
    case 1 | 2 as a: pass
    case [1 as a, (2 | 3) as b]: pass
    case C(x) as d if x > 0: pass
    case str() | int(): pass
    case match.case: pass
    case _: pass
match a, b:
    case _: pass
match *a, b:
    case x: pass
match (a):
    case x: pass
match {a: b}:
    case x: pass
match -a:
    case case: pass
match = {}
match[a] = b
match (a, b)
if a:
	tab
	if b:
	        wide
if a:  # comment
    # comment

        # odd comment
    b  # trailing
# dedented comment
    c; \
    d

a = \
    b \
    + c
if a: \
    b
(a  # comment
 , b
    # another
)
a  ;  b  ;
