"""The practice as frozen values, and what makes them valid. No I/O, no Qt, no SQL, no clock."""
