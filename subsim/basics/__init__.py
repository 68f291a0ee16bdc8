"""What every room needs and knows nothing of the terms: dates, money, reasons, texts and languages, faults, words."""
