"""The deeper analyses of a contract as JSON: French unaccented keys, ISO dates, euros as numbers."""
