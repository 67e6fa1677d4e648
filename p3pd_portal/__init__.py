"""The project: settings, URLs, and the pages that show all the apps side by side."""
