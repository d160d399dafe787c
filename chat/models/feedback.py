"""What a person thinks of an answer."""

from django.db import models
from django.utils.translation import gettext, pgettext_lazy


class Feedback(models.Model):
    """Thumbs up or down for one answer, with a note."""

    class Rating(models.TextChoices):
        UP = "up"
        DOWN = "down"

    NOTE_LENGTH = 2_000

    message = models.OneToOneField("Message", models.CASCADE, primary_key=True, related_name="feedback")
    rating = models.CharField(max_length=4, choices=Rating)
    note = models.TextField(max_length=NOTE_LENGTH, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("one", "feedback")
        verbose_name_plural = pgettext_lazy("several", "feedback")

    def __str__(self):
        words = gettext("up for %(message)s") if self.rating == self.Rating.UP else gettext("down for %(message)s")
        return words % {"message": self.message_id}
