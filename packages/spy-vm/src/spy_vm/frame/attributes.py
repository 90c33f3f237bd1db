"""Attributes that values and types of the language have: `z.real`, `T.__name__`, those of MetaArg."""

from spy_types.loc import Loc

from spy_vm import errors
from spy_vm.dispatch.class_fields import complete_class
from spy_vm.frame.naming import short_name
from spy_vm.interface.frame import Frame, W_BuiltinMeta
from spy_vm.objects import builtin as b
from spy_vm.objects.classes import W_ClassType
from spy_vm.objects.functions import W_ASTFunc, W_Func
from spy_vm.objects.meta import BlueDict, BlueList, Descriptor
from spy_vm.objects.modules import W_Module
from spy_vm.objects.operand import UNKNOWN, Operand, W_Type, blue
from spy_vm.objects.types import W_PtrType, W_StructType


class Attributes(Frame):
    """What dispatch finds in no class."""

    def world_attr(self, obj: Operand, name: str, loc: Loc | None) -> Operand | None:  # noqa: PLR0911  # one case after another
        """Return an attribute that values of the language's own types have."""
        if obj.w_T is b.W_COMPLEX and name in ("real", "imag"):
            return self.call_prim(f"complex128_{name}", [obj], loc)
        if name == "__class__":
            return self.static_class(obj, loc)
        if obj.w_T is b.W_EXCEPTION_TYPE and name in ("__name__", "__qualname__"):
            return self.exception_name(obj).at(loc)
        if obj.w_T is b.W_META_ARG:
            return self._meta_arg_attr(obj.val, name, loc)
        if isinstance(obj.val, W_Func):
            return self._function_attr(obj.val, name, loc)
        if isinstance(obj.val, (BlueList, BlueDict)):
            return self.blue_container_attr(obj, name, loc)
        if isinstance(obj.val, Descriptor) and obj.w_T is b.W_PROPERTY:
            return self._property_attr(obj.val, name, loc)
        return None

    def metatype_attr(self, w_T: W_Type, name: str, loc: Loc | None) -> Operand | None:  # noqa: PLR0911, C901  # one case after another
        """Return an attribute that every type has."""
        match name:
            case "__name__":
                return blue(
                    b.W_STR,
                    short_name(w_T),
                    loc,
                )
            case "__qualname__" | "__fqn__":
                return blue(b.W_STR, w_T.display, loc)
            case "__full_fqn__":
                return blue(b.W_STR, getattr(w_T, "full_fqn", w_T.fqn), loc)
            case "__origin__":
                if w_T.origin is None:
                    return blue(b.W_NONE, None, loc)
                return self.world.func_operand(w_T.origin, loc)
            case "__args__" if w_T.origin is not None:
                args = [
                    item if isinstance(item, Operand) else blue(b.W_TYPE, item) for item in w_T.origin_args
                ]
                return blue(b.W_BLUE_LIST, BlueList(args), loc)
            case "__fields__" | "__annotations__" if isinstance(w_T, (W_StructType, W_ClassType)):
                complete_class(self.world, w_T)
                fields = [
                    (blue(b.W_STR, key), blue(b.W_TYPE, w_F)) for key, w_F in (w_T.fields or {}).items()
                ]
                return self.blue_dict(fields, loc or self.loc_unknown())
            case "__module__":
                return blue(b.W_STR, w_T.fqn.partition("::")[0] if "::" in w_T.fqn else "builtins", loc)
            case "NULL" if isinstance(w_T, W_PtrType) and not w_T.ref:
                return blue(w_T, w_T.zero(), loc)
            case "itemtype" if isinstance(w_T, W_PtrType):
                return blue(b.W_TYPE, w_T.w_item, loc)
            case _:
                return None

    def _property_attr(self, descriptor: Descriptor, name: str, loc: Loc | None) -> Operand | None:
        """Return a decorator that adds a function to a property: `getter`, `setter`, `deleter`."""
        if name not in ("getter", "setter", "deleter"):
            return None

        def add(frame: Frame, args: list[Operand], loc: Loc | None) -> Operand:
            (added,) = args or (blue(b.W_NONE, None, loc),)
            if not isinstance(added.val, W_Func):
                raise errors.not_callable(added)
            made = Descriptor(descriptor.w_func, descriptor.setter, descriptor.deleter)
            setattr(made, "w_func" if name == "getter" else name, added.val)
            return blue(b.W_PROPERTY, made, loc)

        return self.world.func_operand(W_BuiltinMeta(f"builtins::property::{name}", add), loc)

    def submodule(self, module: W_Module, name: str, loc: Loc | None) -> Operand | None:
        """Return the module `module.name` that import time has loaded, or what the library adds there."""
        found = self.world.modules.get(f"{module.name}.{name}")
        return (
            self.world.module_part(module.name, name, loc) if found is None else blue(b.W_MODULE, found, loc)
        )

    def red_meta_arg(self, w_T: W_Type) -> Operand:
        """Return a red MetaArg of a type, for lookups by hand."""
        return Operand(w_T, UNKNOWN, False)

    def _function_attr(  # noqa: PLR0911  # one case after another
        self, w_func: W_Func, name: str, loc: Loc | None
    ) -> Operand | None:
        """Return what can be asked of a function that is known early."""
        if name in w_func.attrs:
            return w_func.attrs[name].at(loc)
        match name:
            case "__name__":
                return blue(b.W_STR, _short_name(w_func), loc)
            case "__qualname__" | "__fqn__":
                return blue(b.W_STR, w_func.fqn, loc)
            case "__annotations__":
                return self._annotations(w_func, loc)
            case "__defaults__":
                defaults = [p.default for p in w_func.params if p.default is not None and p.kind != "kwonly"]
                return blue(b.W_BLUE_LIST, BlueList(defaults), loc)
            case "__module__" if isinstance(w_func, W_ASTFunc):
                return blue(b.W_STR, w_func.module.name, loc)
            case "__doc__" if isinstance(w_func, W_ASTFunc):
                text = w_func.definition.docstring
                return blue(b.W_NONE if text is None else b.W_STR, text, loc)
            case _:
                return None

    def _annotations(self, w_func: W_Func, loc: Loc | None) -> Operand:
        types = {p.name: p.w_T for p in w_func.params} | {"return": w_func.w_result}
        pairs = [(blue(b.W_STR, name), blue(b.W_TYPE, w_T)) for name, w_T in types.items() if w_T is not None]
        return self.blue_dict(pairs, loc or self.loc_unknown())

    def _meta_arg_attr(self, meta: Operand, name: str, loc: Loc | None) -> Operand | None:
        match name:
            case "color":
                return blue(b.W_STR, "blue" if meta.blue else "red", loc)
            case "static_type":
                return blue(b.W_TYPE, meta.w_T, loc)
            case "blueval":
                if not meta.blue:
                    raise errors.fault(
                        "VM047", "oparg is not blue", (meta.loc, "this is red"), etype="ValueError"
                    )
                return Operand(meta.w_T, meta.val, True, loc)
            case _:
                return None


def _short_name(w_func: W_Func) -> str:
    """Return the name that stands after `def`."""
    if isinstance(w_func, W_ASTFunc):
        return w_func.definition.name
    return w_func.fqn.rpartition("::")[2].partition("#")[0]
