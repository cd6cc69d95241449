"""Plans, targets, observations: the only records that boards, reports and forecasts read."""
