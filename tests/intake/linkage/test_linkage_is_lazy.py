"""The site and the command line start without splink, DuckDB or Arrow."""

import subprocess
import sys


def test_nothing_heavy_is_imported_before_a_list_is_linked() -> None:
    program = (
        "import django; django.setup(); import vandong.console.app, vandong.config.urls, sys;"
        "print(sorted({'splink', 'duckdb', 'pyarrow', 'sqlglot', 'pyspark'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
