"""The command line: the room that reads the clock, prints, and sets the exit code."""
