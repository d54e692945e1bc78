"""`python -m trellis` is the `trellis` command."""

from trellis.project.command import main

main()
