"""Tests of what prepares the program on a computer."""
