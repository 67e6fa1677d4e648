"""What citizens say: complaints that get answered, and how they judge the services."""
