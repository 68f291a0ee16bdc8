"""All members at once: from NDJSON, CSV or Parquet to outcomes, invoices and sums; needs the extra `portfolio`."""
