"""What every test runs under: no screen needed, and examples that may take their time on a busy computer."""

import os

from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
settings.register_profile("sans_limite", parent=settings(), deadline=None)
settings.load_profile("sans_limite")
