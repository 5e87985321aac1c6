"""The words of the guidance: what is quoted, how much, in which order, and where it stands."""
