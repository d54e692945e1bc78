"""What is measured, and against what. Start with `python benchmarks/run.py --help`."""
