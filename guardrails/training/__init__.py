"""Fit the small models that ship with the guardrails; never imported while serving."""
