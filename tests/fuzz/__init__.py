"""Fuzzing, guided by the coverage of the program: ``python -m tests.fuzz CIBLE SECONDES``. No part of the suite."""
