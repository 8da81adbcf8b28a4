"""Mutation testing of the rules: each small change of their code must make a test fail. ``survivants.md`` tells how."""
