"""What people read of answers, outcomes and catalogues, in English and Danish."""
