"""Make question sets of published data: one module for each format."""
