"""Settings, typed environment, urls, entry point, the embedded server."""
