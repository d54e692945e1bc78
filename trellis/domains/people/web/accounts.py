from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Accounts(DefaultAccountAdapter):
    """Nobody signs themselves up: people come by import and by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
