"""The command line: the only room that reads the clock, prints, and ends with an exit code."""
