"""All members at once: from NDJSON or Parquet to outcomes, invoices and sums; needs the extra `portfolio`."""
