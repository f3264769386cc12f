"""The import arrows: eval -> app -> ingest, and one home for each heavy library."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {
    "ingest": {"ingest"},
    "app": {"app", "ingest"},
    "eval": {"eval", "app", "ingest"},
}
HOMES = {
    "chromadb": {"ingest/library.py"},
    "torch": {"ingest/embedding.py", "ingest/bundled_encoder.py"},
    "sentence_transformers": {"ingest/embedding.py", "ingest/bundled_encoder.py"},
    "transformers": {"ingest/embedding.py", "ingest/bundled_encoder.py"},
    "bm25s": {"ingest/lexical.py"},
}
MODULES = sorted(
    path for package in ALLOWED for path in (ROOT / package).rglob("*.py") if path.stat().st_size
)


def imported_names(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_imports_only_along_the_arrows(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    ours = {name.split(".")[0] for name in imported_names(path)} & ALLOWED.keys()
    assert ours <= ALLOWED[package]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_heavy_libraries_are_imported_in_their_one_home(path: Path) -> None:
    here = path.relative_to(ROOT).as_posix()
    for name in {name.split(".")[0] for name in imported_names(path)}:
        if name == "gradio":
            assert here.startswith("app/web/")
        assert here in HOMES.get(name, {here}), f"{here} imports {name}"


def test_there_are_no_import_circles() -> None:
    graph = {
        _module(path): {name for name in imported_names(path) if name.split(".")[0] in ALLOWED}
        for path in MODULES
    }
    done: set[str] = set()

    def visit(module: str, above: tuple[str, ...]) -> None:
        assert module not in above, " -> ".join([*above, module])
        if module not in done:
            for name in graph.get(module, set()):
                visit(name, (*above, module))
            done.add(module)

    for module in graph:
        visit(module, ())


def _module(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def test_prompts_hold_no_code() -> None:
    assert not list((ROOT / "prompts").rglob("*.py"))
