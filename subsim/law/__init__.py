"""The law beside the contract, one module per statute; none imports another. `answers.statutory_ways` joins them."""
