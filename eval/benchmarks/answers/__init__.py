"""Figures of finding, quoting and knowing when not to answer."""
