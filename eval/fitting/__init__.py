"""Fit fusion weights and thresholds; what was fitted on is never reported."""
