"""Tests of the forms as data."""
