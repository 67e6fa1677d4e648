"""Who works where, and how they coordinate."""
