"""`make bench-guardrails`: what the guardrails find, leave alone and cost."""
