"""Runs the simulator of faults: `python -m tools.faults --seed S --runs N`.

The runs have the seeds from S on; `--runs 1` repeats one that failed.
"""

import sys
import tempfile
from pathlib import Path

import click

from tools.faults.simulation import Broken, place_in, run


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, help="The seed of the first run.")
@click.option("--runs", type=click.IntRange(1), default=100, show_default=True, help="How many runs.")
def main(seed: int, runs: int) -> None:
    """Simulate faults, and check the invariants."""
    failed = 0
    shared = Path("/dev/shm")  # where there is one, a disk in memory: nothing here need survive the power
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        place = place_in(Path(folder))
        for number in range(seed, seed + runs):
            try:
                run(number, place)
            except Broken as broken:
                failed += 1
                click.echo(f"seed {number}: {broken}")
    click.echo(f"{runs} runs from seed {seed}: {failed} failed")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
