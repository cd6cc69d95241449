"""Benchmarks: ratios against a limit or a peer in the same run. Started by `./dev bench NAME`."""
