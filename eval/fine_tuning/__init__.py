"""Teach the embedding model the words of citizens; what it learned from is never reported."""
