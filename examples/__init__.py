"""Examples of what others build on subsim; each runs in the suite."""
