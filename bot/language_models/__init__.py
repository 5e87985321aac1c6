"""The words of a language model: how it is asked, how long, at what price, and what is checked."""
