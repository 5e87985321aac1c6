"""One rule per module; each takes normalised text and returns a verdict."""
