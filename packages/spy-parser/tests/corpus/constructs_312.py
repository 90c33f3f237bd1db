"""What Python 3.12 adds: type parameters, `type`, free quotes and lines in f-strings. Never run."""

type X = int
type Y[T] = list[T]
type Z[T: int, *Ts, **P] = Callable[P, tuple[T, *Ts]]
type W[T: (int, str),] = T
type type = type
type match = case
type = 1
type(x); type[x]; type.x; type, x
def f[T](a: T) -> T: return a
def g[T: int, *Ts, **P](*a: *Ts, **k: P.kwargs) -> None: pass
async def h[T](): pass
@a
def i[T](b=c): pass
class A[T]: pass
class B[T: Hashable, *Ts, **P](Base[T], metaclass=M): x: T
class D[T]():
    def m[U: T](self, a: U) -> T:
        type V[W] = dict[T, W]
        return a
f"{a["b"]}"; f'{a['b']}'; f"{"a"}"; f"{f"{f"{a}"}"}"; f"{a["b"]!r:>{c["d"]}}"; f'{'\n'.join(a)}'; f"{'\\'}"
f"{a  # comment
}"; f"{
    a
    + b
}"; f"{a:{
    b
}}"; f"{[
    a for a in b  # comment }
]}"; f"{a["b"] = }"; f"{"}"}"; f"{"{"}"; f"{a!r:{"x"}}"; f"{lambda_:x}"; f"{(lambda x: x)}"; f"{a:\x7b\n}"
f"""{
a:>{"""b"""}
}"""; rf"{"\n"}\{a}"; f"{a}" "{b}" f'{"c"}'; f"{x:=10}"; f"{a,}"; f"{*a,}"; f"{a if b else c:d}"; f"{a != b}"
f"{a!s}{b}"; f"{a == b=}"; f"{x:%H:%M}{y}"; f"{yield_ :>{w}.{p}}"; f"\N{GREEK SMALL LETTER ALPHA}{a}"
f'{a["b"]}' f"""{a['''c''']}"""; f"{d[':']}"; f"{d["a:b"]:{e}}"; f"{ {1: 2}[1] }"; f"{{{{{a}}}}}"
