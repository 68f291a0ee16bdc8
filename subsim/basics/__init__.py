"""What every room needs and no clause decides: dates, money, texts and languages, faults, names."""
