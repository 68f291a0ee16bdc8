"""Measurements, as ratios within one run: machines differ, and none of these is a test."""
