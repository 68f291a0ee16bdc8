"""Scenario files: read into facts and expectations, with every fault located, and written."""
