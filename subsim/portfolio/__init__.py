"""All members at once: NDJSON or Parquet in, outcomes, invoices and sums out; needs the extra `portfolio`."""
