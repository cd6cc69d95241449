"""`./dev bench [board|imports]`: runs the benchmarks named, or all."""

import sys

from bench.board import bench_board
from bench.imports import bench_imports
from bench.site import open_installation

BENCHES = {"board": bench_board, "imports": bench_imports}


def main(names: list[str]) -> int:
    """Runs them one after the other. Exit code 1 when a target is missed, 2 for an unknown name."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        print(
            f"Không có / no such benchmark: {', '.join(unknown)}. Có / known: {', '.join(BENCHES)}"
        )
        return 2
    open_installation()
    results = [BENCHES[name]() for name in names or BENCHES]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
