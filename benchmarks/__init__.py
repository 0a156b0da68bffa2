"""Benchmark tasks, their engines and scorers, and measurements of speed.

Run from the checkout's root: `python -m benchmarks ask|score|speed --help`. Nothing of
`dateline` imports this package, and it is not in the wheel.
"""
