"""Django's PostgreSQL engine, with the embedded server started when it is asked for."""
