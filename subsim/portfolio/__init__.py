"""All members at once: NDJSON in, outcomes, invoices and sums out; needs the extra `portfolio`."""
