"""Figures are looked at offscreen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
