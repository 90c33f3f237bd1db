"""`import` and `from ... import`: the modules are loaded by then."""

from spy_types.loc import Loc
from spy_types.syntax import nodes as n

from spy_vm import errors
from spy_vm.dispatch import attribute
from spy_vm.interface.frame import Frame
from spy_vm.objects import builtin as b
from spy_vm.objects.modules import Cell, W_Module
from spy_vm.objects.operand import Operand, blue


class Imports(Frame):
    """Statements that bind modules and their names."""

    def exec_Import(self, stmt: n.Import) -> None:
        for alias in stmt.names:
            loc = self.loc(alias.span)
            module = self.world.import_module(alias.name, loc)
            if alias.asname is not None:
                self.bind_import(alias.asname, blue(b.W_MODULE, module, loc), alias)
            else:
                top = self.world.import_module(alias.name.partition(".")[0], loc)
                self.bind_import(top.name, blue(b.W_MODULE, top, loc), alias)

    def exec_ImportFrom(self, stmt: n.ImportFrom) -> None:
        loc = self.loc(stmt.span)
        module = self.world.import_module(self.absolute(stmt, loc), loc)
        for alias in stmt.names:
            if alias.name == "*":
                for name, value in list(module.attrs.items()):
                    if not name.startswith("_"):
                        self.module.attrs[name] = value
                continue
            self._import_name(module, alias)

    def bind_import(self, name: str, value: Operand | Cell, alias: n.Alias) -> None:
        """Bind an imported value or module variable."""
        if self.scope.kind == "module":
            self.module.attrs[name] = value
            self.module.locs[name] = self.loc(alias.span)
        elif isinstance(value, Operand) and value.w_T is b.W_MODULE_PROPERTY:
            self.assign_name(name, attribute.read_property(self, value, self.loc(alias.span)), alias.span)
        elif isinstance(value, Operand):
            self.bind_blue(name, value)
        else:
            raise errors.unsupported(
                "importing a module variable inside a function",
                self.loc(alias.span),
                "import the module and use `module.name`",
            )

    def absolute(self, stmt: n.ImportFrom, loc: Loc) -> str:
        """Return the full name of the module that a from-import means."""
        if stmt.level == 0:
            return stmt.module
        parts = self.module.name.split(".")
        if not self.world.loader.is_package(self.module.name):
            parts.pop()
        parts = parts[: len(parts) - (stmt.level - 1)] if stmt.level > 1 else parts
        if not parts:
            raise errors.import_error("relative import beyond the top-level package", loc, "no package here")
        return ".".join([*parts, stmt.module] if stmt.module else parts)

    def _import_name(self, module: W_Module, alias: n.Alias) -> None:
        loc = self.loc(alias.span)
        value = module.attrs.get(alias.name)
        if value is None:
            value = self.submodule(module, alias.name, loc)
        if value is None:
            close = self.world.close_match(alias.name, module.attrs)
            raise errors.import_error(
                f"cannot import `{module.name}.{alias.name}`",
                loc,
                f"attribute `{alias.name}` does not exist in module `{module.name}`",
                f"did you mean `{close}`?" if close else None,
            )
        self.bind_import(alias.asname or alias.name, value, alias)
