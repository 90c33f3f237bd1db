"""Modules and classes as namespaces: what may be set and deleted in them, and until when."""

from spy_types.loc import Loc, Span

from spy_vm import errors
from spy_vm.dispatch.convert import convert
from spy_vm.frame.names import owner_of
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.functions import W_Func
from spy_vm.objects.modules import Cell, W_Module
from spy_vm.objects.operand import Operand, W_Type, blue


class Namespaces(Frame):
    """`module.name = value`, `T.name = value`, and `del` of them."""

    def set_module_attr(self, module: W_Module, name: str, value: Operand, loc: Loc | None) -> None:
        """Do `module.name = value`: any change is fine until the world freezes, then only to a `var`."""
        target = module.attrs.get(name)
        if isinstance(target, Cell):
            self.write_cell(target, convert(self, value, target.w_T, target.loc, "type declaration"), loc)
            return
        if self.world.frozen or not self.blue_frame:
            raise self._frozen_module(module, name, loc)
        module.attrs[name] = blue(value.w_T, value.val, loc)

    def set_type_attr(self, w_T: W_Type, name: str, value: Operand, loc: Loc | None) -> None:
        """Do `T.name = value`: until the world freezes; later, blue code may finish its own types."""
        self._refuse_frozen_type(w_T, name, loc)
        w_T.attrs[name] = blue(value.w_T, value.val, loc)

    def set_func_attr(self, w_func: W_Func, name: str, value: Operand, loc: Loc | None) -> None:
        """Do `f.name = value`: what decorators note on functions."""
        self._refuse_frozen_function(w_func, name, loc)
        w_func.attrs[name] = blue(value.w_T, value.val, loc)

    def del_namespace_attr(self, obj: Operand, name: str, loc: Loc | None) -> None:
        """Do `del obj.name` of a module, a type or a function."""
        if obj.w_T is b.W_MODULE:
            self._delete_from_module(obj.val, name, loc)
            return
        if isinstance(obj.val, W_Func):
            self._refuse_frozen_function(obj.val, name, loc)
            if obj.val.attrs.pop(name, None) is None:
                raise errors.no_attribute(obj, name, self.world.close_match(name, obj.val.attrs))
            return
        if not obj.known:
            raise errors.expected_blue("`del` of an attribute of a red type", obj)
        w_T: W_Type = obj.val
        self._refuse_frozen_type(w_T, name, loc)
        if name not in w_T.attrs:
            raise errors.no_attribute(obj, name, self.world.close_match(name, w_T.attrs))
        del w_T.attrs[name]

    def delete_name(self, name: str, span: Span) -> None:
        """Do `del name`."""
        loc = self.loc(span)
        symbol = self.scope.symbols[name]
        if self.scope.kind != "module" and symbol.scope == self.scope.id:
            self.delete_local(name, loc)
            return
        owner = owner_of(self, symbol)
        if owner is not None and owner.scope.kind != "module":
            raise errors.unsupported("`del` of a variable of the function around", loc)
        self._delete_from_module(self.module, name, loc)

    def _delete_from_module(self, module: W_Module, name: str, loc: Loc | None) -> None:
        target = module.attrs.get(name)
        if target is None:
            raise errors.no_module_attribute(
                module.name, name, loc, self.world.close_match(name, module.attrs)
            )
        if isinstance(target, Cell):
            raise errors.fault(
                "VM061",
                f"the module variable `{name}` cannot be deleted",
                (loc, "functions may read it at run time"),
                (target.loc, "declared here"),
                hint="assign another value instead",
            )
        if self.world.frozen or not self.blue_frame:
            raise self._frozen_module(module, name, loc)
        del module.attrs[name]

    def _frozen_module(self, module: W_Module, name: str, loc: Loc | None) -> errors.SpyError:
        if module.syntax is None:
            return errors.frozen(
                f"`{module.name}.{name}`",
                loc,
                None,
                "builtin modules never change: keep the value in a `var`",
            )
        mend = f"declare it as `var {name} = ...` in its module"
        return errors.frozen(f"`{module.name}.{name}`", loc, module.locs.get(name), mend)

    def _refuse_frozen_function(self, w_func: W_Func, name: str, loc: Loc | None) -> None:
        if self.blue_frame and (w_func.late or not self.world.frozen):
            return
        what = f"the function attribute `{w_func.display}.{name}`"
        raise errors.frozen(what, loc, w_func.loc, "keep what changes in a module `var`")

    def _refuse_frozen_type(self, w_T: W_Type, name: str, loc: Loc | None) -> None:
        if self.blue_frame and not self.world.is_frozen(w_T):
            return
        what = f"the class attribute `{w_T.display}.{name}`"
        raise errors.frozen(what, loc, w_T.loc, "keep what changes in a module `var`")
