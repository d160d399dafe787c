"""People who may sign in."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from chat.ids import new_id


class AccountManager(UserManager):
    """Finds people by name without regard to case."""

    def get_by_natural_key(self, username):
        return self.get(username__iexact=username)


class User(AbstractUser):
    """A person. The e-mail address is optional and, like the name, unique without regard to case."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(_("e-mail address"), null=True, blank=True)

    objects = AccountManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("username"), name="user_username_once", violation_error_message=_("This name is taken.")
            ),
            models.UniqueConstraint(
                Lower("email"), name="user_email_once", violation_error_message=_("This e-mail address is taken.")
            ),
        ]

    def clean(self):
        super().clean()
        self.email = self._address()

    def save(self, **kwargs):
        self.email = self._address()
        super().save(**kwargs)

    def _address(self):
        return self.email.strip().lower() if self.email and self.email.strip() else None
