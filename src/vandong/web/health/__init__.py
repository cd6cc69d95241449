"""Is the site well: for load balancers, supervisors and `vandong up`."""
