"""Results of the rules as the documents of the command line and the programming interface."""
