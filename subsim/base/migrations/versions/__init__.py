"""One file a version, each saying what it adds and how to take it back."""
