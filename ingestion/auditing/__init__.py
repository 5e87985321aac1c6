"""Checks that a version must pass before citizens are answered from it."""
