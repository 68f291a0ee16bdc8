"""The mutants of a module: its syntax tree with one number, comparison or other small part changed, compiled.

Annotations, decorators and assertions are not changed, since they decide nothing.
"""

import ast
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import islice
from pathlib import Path
from types import CodeType

from attrs import frozen

ROOT = Path(__file__).parents[2]
ROOMS = ("rules", "law")
"""The rooms whose every module is mutated."""
MODULES = (
    *("membership.phases", "membership.rulings", "membership.changes", "membership.subscription", "membership.member"),
    *(
        "membership.deadlines",
        "membership.ledger",
        "membership.lines",
        "membership.facts",
        "engine.ways",
        "engine.changes",
        "engine.decisions",
        "engine.handlers",
        "basics.dates",
        "basics.money",
    ),
    *("membership.agreement", "membership.knowledge", "basics.notation", "answers.account"),
    "answers.law",
    *(
        f"answers.statutory_ways.{name}"
        for name in ("answer", "question", "rows", "rule", "rank", "withdrawal", "notice", "cold_call", "purchase")
    ),
    *(
        "terms.terms",
        "terms.law_routes",
        "membership.events",
        "membership.data_events",
        "engine.timeline",
        "answers.can_cancel",
        "answers.outcome",
        "answers.outcome_of_member",
        "answers.worlds",
    ),
)
"""The modules beside rules and law that a replay and an answer go through, but for words and the catalogues."""


@frozen
class Mutant:
    """One change: its module, its function, class or constant, and the text before and after."""

    module: str
    index: int
    where: str
    before: str
    after: str
    nth: int

    @property
    def name(self) -> str:
        """Its unique name, which does not depend on its line."""
        again = f" (no. {self.nth})" if self.nth > 1 else ""
        return f"{self.module}:{self.where}: {self.before} → {self.after}{again}"


def all_mutants() -> list[Mutant]:
    """Every mutant of the rules, of the law and of the modules that they use, by module."""
    rooms = ((room, sorted((ROOT / "subsim" / room).glob("[!_]*.py"))) for room in ROOMS)
    decided = [f"subsim.{room}.{path.stem}" for room, paths in rooms for path in paths]
    modules = [*decided, *(f"subsim.{name}" for name in MODULES)]
    return [mutant for module in modules for mutant in mutants_of(module, _source(module))]


def test_of(module: str) -> str:
    """The file of unit tests of a module of the package, below `tests`; the modules of a folder in a room share one."""
    room, name = module.split(".")[:2]
    return f"{room}/test_{name}.py"


def path_of(module: str) -> Path:
    """The source of a module of this repository."""
    return (ROOT / module.replace(".", "/")).with_suffix(".py")


@cache
def _source(module: str) -> str:
    """The source of a module as first read, whatever is edited during a run."""
    return path_of(module).read_text("utf-8")


def mutants_of(module: str, source: str) -> list[Mutant]:
    """The mutants of one module's source, in the order of the text; no two are the same."""
    seen: Counter[tuple[str, str, str]] = Counter()
    mutants = []
    for index, change in enumerate(_changes(ast.parse(source))):
        seen[change] += 1
        mutants.append(Mutant(module, index, *change, seen[change]))
    return mutants


def code_of(mutant: Mutant) -> CodeType:
    """The compiled code of the module with this change."""
    tree = ast.parse(_source(mutant.module))
    next(islice(_changes(tree), mutant.index, None))
    return compile(ast.fix_missing_locations(tree), str(path_of(mutant.module)), "exec")


def _changes(tree: ast.Module) -> Iterator[tuple[str, str, str]]:
    """Every possible change: where, before and after. The tree has a change while it is yielded."""
    for place in list(_places(tree)):
        original, before = place.node, ast.unparse(place.context)
        seen = set()
        for other in _alternatives(place):
            place.put(ast.copy_location(other, original))
            after = ast.unparse(other if place.context is original else place.context)
            if after not in seen:
                seen.add(after)
                yield place.where, before, after
        place.put(original)


# Where something may be changed


@frozen
class _Place:
    """A node and its parent; `context` is the node whose text shows a change."""

    node: ast.AST
    parent: ast.AST
    field: str
    index: int | None
    where: str
    context: ast.AST

    def put(self, node: ast.AST) -> None:
        """Replace this node by another."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node

    @property
    def is_condition(self) -> bool:
        """Whether it is a condition of a branch."""
        return self.field in ("test", "ifs")


_LEFT_ALONE = ("annotation", "returns", "decorator_list", "type_params")
_WHOLE = ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Return | ast.keyword


def _places(parent: ast.AST, where: str = "", around: ast.AST | None = None) -> Iterator[_Place]:
    """Every expression below the parent; a number alone is shown with the expression around it."""
    for field, index, node in _children(parent):
        inside = ".".join(filter(None, (where, _name(node, where))))
        if isinstance(node, ast.expr | ast.AugAssign):
            context = around if isinstance(node, ast.Constant) else None
            yield _Place(node, parent, field, index, inside, context or node)
        yield from _places(node, inside, node if isinstance(node, ast.expr | _WHOLE) else None)


def _children(parent: ast.AST) -> Iterator[tuple[str, int | None, ast.AST]]:
    if isinstance(parent, ast.Assert):
        return
    for field, value in ast.iter_fields(parent):
        if field not in _LEFT_ALONE:
            for index, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
                if isinstance(node, ast.AST):
                    yield field, index, node


def _name(node: ast.AST, where: str) -> str:
    """The name that a definition, or an assignment outside of any, gives to the nodes in it."""
    match node:
        case ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(name), *_]) | ast.AnnAssign(target=ast.Name(name)) if not where:
            return name
    return ""


# What may be put there

_COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv,
}
_EXTREMES = {"min": "max", "max": "min", "any": "all", "all": "any"}


def _alternatives(place: _Place) -> Iterator[ast.AST]:
    node = place.node
    match node:
        case ast.Compare(left, ops, comparators):
            for index, op in enumerate(ops):
                others = [*ops[:index], _COMPARISONS[type(op)](), *ops[index + 1 :]]
                yield ast.Compare(left, others, comparators)
        case ast.BoolOp(op, values):
            yield ast.BoolOp(ast.Or() if isinstance(op, ast.And) else ast.And(), values)
        case ast.BinOp(left, op, right) if type(op) in _ARITHMETIC:
            yield ast.BinOp(left, _ARITHMETIC[type(op)](), right)
        case ast.AugAssign(target, op, value) if type(op) in _ARITHMETIC:
            yield ast.AugAssign(target, _ARITHMETIC[type(op)](), value)
        case ast.Constant(bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(int() as value):
            yield ast.Constant(value + 1)
            yield ast.Constant(value - 1)
        case ast.Call(ast.Name(name), args, keywords) if name in _EXTREMES:
            yield ast.Call(ast.Name(_EXTREMES[name], ast.Load()), args, keywords)
        case ast.UnaryOp(ast.Not(), operand):
            yield operand
    if place.is_condition and isinstance(node, ast.expr) and not _negated_already(node):
        yield ast.UnaryOp(ast.Not(), node)


def _negated_already(node: ast.expr) -> bool:
    """Whether its own change is its negation."""
    if isinstance(node, ast.Compare):
        return len(node.ops) == 1 and isinstance(
            node.ops[0], ast.Eq | ast.NotEq | ast.Is | ast.IsNot | ast.In | ast.NotIn
        )
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not)
