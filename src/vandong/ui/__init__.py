"""Base templates, components, tags and static files that doors share."""
