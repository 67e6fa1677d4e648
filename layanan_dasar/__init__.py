"""What is delivered and what is spent on it."""
