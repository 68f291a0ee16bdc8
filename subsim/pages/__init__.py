"""Pages for people about answers, outcomes and catalogues, in English and Danish."""
