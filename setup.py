"""Only what pyproject.toml cannot say.

A package carries its translations compiled, for it may not write where it lies; and the programmes of the demo.
"""

from pathlib import Path

import polib
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithCatalogues(build_py):
    def run(self) -> None:
        super().run()
        for catalogue in Path(self.build_lib).rglob("*.po"):
            polib.pofile(str(catalogue)).save_as_mofile(str(catalogue.with_suffix(".mo")))
        self.copy_tree("demo/programmes", str(Path(self.build_lib) / "trellis" / "project" / "demo" / "programmes"))


setup(cmdclass={"build_py": BuildWithCatalogues})
