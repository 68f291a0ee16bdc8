"""Conformance: what another system makes of every case, told by clause."""
