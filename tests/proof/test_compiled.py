"""The replay can be compiled from the same sources; `python -m tools.benchmarks.compiled -m pytest` tests it."""

from pathlib import Path

from mypyc.build import mypycify

from setup import COMPILED


def test_mypyc_can_compile_every_module_of_the_replay(tmp_path: Path) -> None:
    sources = [source for extension in mypycify([*COMPILED], target_dir=str(tmp_path)) for source in extension.sources]
    assert {Path(each).name for each in COMPILED} - {f"{Path(source).stem}.py" for source in sources} == set()
