"""What is sent: quotations or checked statements, and what is said where there is no answer."""
