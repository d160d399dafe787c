"""Forms of the accounts, where allauth's own are not what this site wants."""

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):
    """Password managers find the name, which need not be an address; after a failure one corrects the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        if self.is_bound:
            self.fields["password"].widget.attrs["autofocus"] = True
