"""The house itself: what import-linter cannot say of the floors."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.mapping.base import mapper

ROOT = Path(__file__).parent.parent
FLOORS = ("rules", "notices", "storage", "matters", "handlers", "jobs", "bot")


def _sources(floor: str) -> list[Path]:
    return [file for file in sorted((ROOT / floor).rglob("*.py")) if "migrations" not in file.parts]


@pytest.mark.parametrize("floor", ["rules", "notices"])
def test_nothing_is_awaited_where_there_are_only_rules_and_words(floor: str) -> None:
    waiting = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in _sources(floor)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, waiting)
    ]
    assert not found


@pytest.mark.parametrize("floor", ["rules", "notices", "matters", "handlers", "jobs"])
def test_only_the_storage_asks_the_tables(floor: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in _sources(floor)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "select"
    ]
    assert not found


@pytest.mark.parametrize("floor", [*FLOORS, "tests"])
def test_no_folder_has_more_files_than_one_can_look_over(floor: str) -> None:
    folders = {file.parent for file in _sources(floor)}
    assert len(folders) > 1
    crowded = {str(one.relative_to(ROOT)): len(list(one.glob("*.py"))) for one in folders}
    assert not {name: count for name, count in crowded.items() if count > 40}


@pytest.mark.parametrize("floor", [*FLOORS, "tests"])
def test_no_file_is_longer_than_one_can_read(floor: str) -> None:
    lines = {
        str(file.relative_to(ROOT)): len(file.read_text("utf-8").splitlines()) for file in _sources(floor)
    }
    assert lines
    assert not {name: count for name, count in lines.items() if count > 400}


def test_tests_are_laid_out_like_the_code() -> None:
    """Whoever looks for the tests of a folder finds them in the folder of that name."""
    laid = {
        file.parent.relative_to(ROOT / "tests") for floor in FLOORS for file in _sources(f"tests/{floor}")
    }
    assert len(laid) > len(FLOORS)
    assert sorted(str(one) for one in laid if not (ROOT / one).is_dir()) == []


def test_no_test_leans_on_another() -> None:
    """What two of them need stands beside them in a file of its own."""
    found = {
        f"{file.relative_to(ROOT)}: {name}"
        for file in _sources("tests")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in _imported(node)
        if name.startswith("tests.") and name.rpartition(".")[2].startswith("test_")
    }
    assert sorted(found) == []


def _procedures() -> set[str]:
    return {file.parent.name for file in (ROOT / "rules").glob("*/matter.py")}


ENTERED_IN = {
    "handlers/procedures.py": "chat: routes, forms, 待办, 我的, what is found",
    "jobs/procedures.py": "clock: timers, duties, who follows, imports, outages, the morning card",
    "matters/procedures.py": "menu, ledger, Word forms, engagements, clashes",
    "matters/successions.py": "what of it a closed unit leaves behind, if a unit has it in hand",
    "rules/settings.py": "what the office may set, if anything",
}


def test_registering_a_procedure_costs_one_entry_in_five_shared_files() -> None:
    """A file of no procedure that imports from more than one of them is a list somebody has to think of.

    These five are all there are, and in each a procedure is one entry with its import. Its tables and its
    mapping are found by their folder (storage/mapping/__init__.py). What turns up here wants a place in a
    manifest instead.
    """
    procedures = _procedures()
    assert len(procedures) >= 4
    shared = set()
    for file in (file for floor in FLOORS for file in _sources(floor)):
        place = file.relative_to(ROOT).with_suffix("").parts
        if not procedures.isdisjoint(place):
            continue
        known = {
            one
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
            for module in _imported(node, names=True)
            for one in procedures.intersection(module.split("."))
        }
        if len(known) > 1:
            shared.add(str(file.relative_to(ROOT)))
    assert shared == ENTERED_IN.keys()


def test_nothing_is_imported_that_windows_has_not() -> None:
    """uvloop stands where only other systems come (bot/cli.py)."""
    lacking = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty", "uvloop"}
    found = {
        f"{file.relative_to(ROOT)}: {name}"
        for floor in FLOORS
        for file in _sources(floor)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for name in _imported(node)
        if name.partition(".")[0] in lacking
    }
    assert found == {"bot/cli.py: uvloop"}


def _imported(node: ast.AST, *, names: bool = False) -> list[str]:
    """The modules a statement imports from; with `names` also each name, which may be a module itself."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    module = node.module or ""
    return [module, *(f"{module}.{alias.name}" for alias in node.names if names)]


# ---------------------------------------------------------------- a matter is changed by its rules

_NO_MATTER = {
    # a form being filled: the draft keeps what was written, as it was written
    "draft", "self.draft", "filling.draft",
    # what is said above the buttons of that form
    "filling", "lying",
    # a moment with its end, read out of one line
    "made",
    # documents on their way to Word and Excel
    "page.oddHeader.center", "page.oddFooter.center", "properties", "run.font",
}  # fmt: skip
"""On what else a name is assigned that some matter has a field of, as the code writes it."""


def _fields() -> set[str]:
    """The attributes of all mapped classes: they are matters, parts of matters, units and people."""
    return {name for one in mapper.mappers for name in one.attrs.keys()}  # noqa: SIM118 - no mapping


def _assigned(node: ast.AST) -> Iterator[ast.Attribute]:
    targets: list[ast.expr] = []
    if isinstance(node, ast.Assign | ast.Delete):
        targets = node.targets
    elif isinstance(node, ast.AugAssign | ast.AnnAssign):
        targets = [node.target]
    while targets:
        one = targets.pop()
        if isinstance(one, ast.Tuple | ast.List):
            targets += one.elts
        elif isinstance(one, ast.Starred):
            targets.append(one.value)
        elif isinstance(one, ast.Attribute):
            yield one


@pytest.mark.parametrize("floor", [floor for floor in FLOORS if floor != "rules"])
def test_only_rules_assign_to_a_matter(floor: str) -> None:
    """What happens to a matter has a name, and stands where its law is; the local chat sets up its house."""
    fields, house = _fields(), (ROOT / "bot/sandbox", ROOT / "bot/rehearsal")
    found = [
        f"{file.relative_to(ROOT)}:{one.lineno}: {ast.unparse(one)}"
        for file in _sources(floor)
        if not any(file.is_relative_to(one) for one in house)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        for one in _assigned(node)
        if one.attr in fields and ast.unparse(one.value) not in {"self", *_NO_MATTER}
    ]
    assert not found


@pytest.mark.parametrize("floor", ["notices", "storage", "matters", "handlers", "jobs"])
def test_nothing_is_assigned_by_a_way_round(floor: str) -> None:
    found = [
        f"{file.relative_to(ROOT)}:{node.lineno}"
        for file in _sources(floor)
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Name) and node.id == "setattr"
    ]
    assert not found
