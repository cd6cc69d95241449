"""Tables of the jobs floor."""

from vandong.jobs.models.job import Job, JobState

__all__ = ["Job", "JobState"]
