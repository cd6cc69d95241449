"""The embedded PostgreSQL of one installation: a small starter over the binaries of a wheel.

`starter.ensure_server` is what the rest calls. Nothing here knows Django.
"""
