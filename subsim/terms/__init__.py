"""What the terms say: their clauses, the contested points with their readings, and their numbers."""
