"""The rules, one module per heading of the terms. None imports another; the modules of `engine` join them."""
