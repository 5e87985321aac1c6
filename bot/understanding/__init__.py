"""What a message asks: its language, nation, subject, and whether it asks more than one thing."""
