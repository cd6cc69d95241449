"""`./dev bench [advice|board|figures|imports|linkage|outreach|people|register|rules]`: those named, or all."""

import sys

from bench.rules import bench_rules
from bench.site import open_installation

NAMES = (
    "board",
    "imports",
    "advice",
    "rules",
    "figures",
    "register",
    "linkage",
    "people",
    "outreach",
)


def main(names: list[str]) -> int:
    """Runs them one after the other. Exit code 1 when a target is missed, 2 for an unknown name."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"Không có / no such benchmark: {', '.join(unknown)}. Có / known: {', '.join(NAMES)}")
        return 2
    wanted = names or list(NAMES)
    if wanted == ["rules"]:
        return 0 if bench_rules() else 1
    open_installation()
    from bench.advice import bench_advice  # noqa: PLC0415
    from bench.board import bench_board  # noqa: PLC0415 - after django.setup
    from bench.imports import bench_imports  # noqa: PLC0415
    from bench.linkage import bench_linkage  # noqa: PLC0415
    from bench.outreach import bench_outreach  # noqa: PLC0415
    from bench.people import bench_people  # noqa: PLC0415
    from bench.register import bench_register  # noqa: PLC0415
    from bench.register_figures import bench_figures  # noqa: PLC0415

    benches = {
        "board": bench_board,
        "imports": bench_imports,
        "advice": bench_advice,
        "rules": bench_rules,
        "figures": bench_figures,
        "register": bench_register,
        "linkage": bench_linkage,
        "people": bench_people,
        "outreach": bench_outreach,
    }
    results = [benches[name]() for name in wanted]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
