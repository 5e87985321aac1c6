"""Measure the product on real data: `make bench DATA=path`."""
