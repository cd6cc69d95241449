"""Pages of the law: parameters with their sources, and the resolutions of provinces."""
