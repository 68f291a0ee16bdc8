"""Stories as they are drawn: what may happen in them, when, and with which values."""
