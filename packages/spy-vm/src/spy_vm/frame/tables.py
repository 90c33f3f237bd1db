"""Which method of the walk takes which node, and what users call the nodes that none takes.

Every class of the unions `Expr` and `Stmt` is in one of the tables; a test sees to it.
"""

from spy_types.syntax import nodes as n

EVAL: dict[type[n.Node], str] = {
    n.IntLit: "eval_IntLit",
    n.FloatLit: "eval_FloatLit",
    n.ImagLit: "eval_ImagLit",
    n.StrLit: "eval_StrLit",
    n.BytesLit: "eval_BytesLit",
    n.BoolLit: "eval_BoolLit",
    n.NoneLit: "eval_NoneLit",
    n.JoinedStr: "eval_JoinedStr",
    n.EllipsisLit: "eval_EllipsisLit",
    n.Name: "eval_Name",
    n.Attribute: "eval_Attribute",
    n.Subscript: "eval_Subscript",
    n.Slice: "eval_Slice",
    n.Call: "eval_Call",
    n.BinOp: "eval_BinOp",
    n.UnaryOp: "eval_UnaryOp",
    n.Compare: "eval_Compare",
    n.BoolOp: "eval_BoolOp",
    n.IfExp: "eval_IfExp",
    n.NamedExpr: "eval_NamedExpr",
    n.BlockExpr: "eval_BlockExpr",
    n.List: "eval_List",
    n.Tuple: "eval_Tuple",
    n.Dict: "eval_Dict",
    n.Lambda: "eval_Lambda",
    n.GeneratorExp: "eval_GeneratorExp",
    n.Yield: "eval_Yield",
    n.YieldFrom: "eval_YieldFrom",
    n.Set: "eval_Set",
    n.ListComp: "eval_ListComp",
    n.SetComp: "eval_SetComp",
    n.DictComp: "eval_DictComp",
}

EXEC: dict[type[n.Node], str] = {
    n.Pass: "exec_Pass",
    n.ExprStmt: "exec_ExprStmt",
    n.Return: "exec_Return",
    n.If: "exec_If",
    n.TypeAlias: "exec_TypeAlias",
    n.Match: "exec_Match",
    n.While: "exec_While",
    n.For: "exec_For",
    n.Break: "exec_Break",
    n.Continue: "exec_Continue",
    n.Assert: "exec_Assert",
    n.Raise: "exec_Raise",
    n.Try: "exec_Try",
    n.With: "exec_With",
    n.Assign: "exec_Assign",
    n.AnnAssign: "exec_AnnAssign",
    n.AugAssign: "exec_AugAssign",
    n.VarDef: "exec_VarDef",
    n.Delete: "exec_Delete",
    n.Global: "exec_nothing",
    n.Nonlocal: "exec_nothing",
    n.FunctionDef: "exec_FunctionDef",
    n.ClassDef: "exec_ClassDef",
    n.Import: "exec_Import",
    n.ImportFrom: "exec_ImportFrom",
}

REFUSED: dict[type[n.Node], str] = {
    n.Await: "`await`",
    n.Starred: "`*` here",
}


def describe(node: n.Node) -> str:
    """Return what users call `node`."""
    return REFUSED.get(type(node), type(node).__name__)
