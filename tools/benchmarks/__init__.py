"""Benchmarks. Each prints ratios within one run, since machines differ; none is a test."""
