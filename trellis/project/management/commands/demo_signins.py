from typing import Any

from django.core.management.base import BaseCommand

from trellis.project.demo.cast import sign_ins


class Command(BaseCommand):
    help = "Print who of the demo company can sign in, and the password."

    def handle(self, *_args: Any, **_options: Any) -> None:
        shown = sign_ins()
        self.stdout.write(f"Sign in as one of these, with the password: {shown[0][1]}\n")
        for email, _password, name, who in shown:
            self.stdout.write(f"  {email:<24} {name}, {who}")
