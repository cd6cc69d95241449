"""Command line and handlers of background jobs."""
