"""The window, on real files, offscreen."""
