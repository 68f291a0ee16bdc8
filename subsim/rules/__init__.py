"""The rules, one module per heading of the terms; none imports another; `replay` and `exits` join them."""
