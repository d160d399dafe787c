"""How a person wants the page to look and behave."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Preferences(models.Model):
    """One row a person, made by the first change; who has none has the defaults."""

    class Theme(models.TextChoices):
        SYSTEM = "system"
        LIGHT = "light"
        DARK = "dark"
        CONTRAST = "contrast"

    class TextSize(models.TextChoices):
        SMALL = "small"
        NORMAL = "normal"
        LARGE = "large"

    class SendKey(models.TextChoices):
        ENTER = "enter"
        CTRL_ENTER = "ctrl_enter"

    class Language(models.TextChoices):
        AUTO = "auto"  # as the browser asks
        ENGLISH = "en"
        RUSSIAN = "ru"

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="preferences")
    theme = models.CharField(max_length=12, choices=Theme, default=Theme.SYSTEM)
    text_size = models.CharField(max_length=12, choices=TextSize, default=TextSize.NORMAL)
    send_key = models.CharField(max_length=12, choices=SendKey, default=SendKey.ENTER)
    language = models.CharField(max_length=12, choices=Language, default=Language.AUTO)
    shortcuts = models.BooleanField(default=True)
    notifications = models.BooleanField(default=False)

    class Meta:
        verbose_name = verbose_name_plural = _("preferences")

    def __str__(self):
        return gettext("preferences of %(owner)s") % {"owner": self.owner_id}
