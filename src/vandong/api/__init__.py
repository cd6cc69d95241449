"""The programming interface `/api/v1`: quotes of the law for other programs, described by OpenAPI."""
