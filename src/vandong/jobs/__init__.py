"""Background jobs with progress. Verbs call `vandong.jobs.queue.enqueue`; handlers are given a `JobRun`.

Import from the modules: this package is an app of Django's and must load before its models do.
"""
