"""Runs that write an assistant's message, and what they have written so far."""

from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from chat.ids import new_id


class Status(models.TextChoices):
    """A generation runs until it reaches exactly one of the others (docs/architecture.md, the life of an answer)."""

    RUNNING = "running", _("Running")
    COMPLETED = "completed", _("Completed")
    STOPPED = "stopped", _("Stopped")
    INTERRUPTED = "interrupted", _("Interrupted")
    FAILED = "failed", _("Failed")


class PartKind(models.TextChoices):
    """What a piece of an answer belongs to."""

    CONTENT = "content"
    REASONING = "reasoning"


class Generation(models.Model):
    """One run that writes one assistant message; several when it was continued.

    `position` counts the code points stored so far, of all kinds together. `lease_until` is renewed by the process
    that runs it: a running row with an old lease belongs to a process that is gone. `stop_asked_at` is how a stop
    reaches the process that runs it from another one.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    message = models.ForeignKey("Message", models.CASCADE, related_name="generations")
    client_id = models.UUIDField(null=True, blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.RUNNING)
    connection = models.ForeignKey("Connection", models.SET_NULL, null=True, blank=True, related_name="+")
    connection_name = models.CharField(_("connection name"), max_length=80, blank=True)
    model_id = models.CharField(_("model id"), max_length=200, blank=True)
    position = models.PositiveIntegerField(pgettext_lazy("generation", "position"), default=0)
    finish_reason = models.CharField(_("finish reason"), max_length=40, blank=True)
    error_code = models.CharField(_("error code"), max_length=80, blank=True)
    error_message = models.TextField(_("error message"), blank=True)
    retry_after = models.FloatField(_("retry after"), null=True, blank=True)
    input_tokens = models.PositiveIntegerField(_("input tokens"), null=True, blank=True)
    output_tokens = models.PositiveIntegerField(_("output tokens"), null=True, blank=True)
    input_characters = models.PositiveIntegerField(null=True, blank=True)
    omitted_messages = models.PositiveIntegerField(_("omitted messages"), default=0)
    first_delta_ms = models.PositiveIntegerField(_("first delta ms"), null=True, blank=True)
    duration_ms = models.PositiveIntegerField(_("duration ms"), null=True, blank=True)
    reasoning_ms = models.PositiveIntegerField(null=True, blank=True)
    stop_ms = models.PositiveIntegerField(_("stop ms"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    worker = models.CharField(_("worker"), max_length=80, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(_("lease until"), null=True, blank=True)

    class Meta:
        verbose_name = _("generation")
        verbose_name_plural = _("generations")
        constraints = [models.UniqueConstraint(fields=["message", "client_id"], name="generation_client_id_once")]
        indexes = [
            models.Index(fields=["lease_until"], condition=models.Q(status="running"), name="generation_running")
        ]

    def __str__(self):
        return str(self.id)


class GenerationDelta(models.Model):
    """A stretch of a running answer: `text` of one `kind` that begins at `position`. Gone once compacted."""

    generation = models.ForeignKey(Generation, models.CASCADE, related_name="deltas")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=PartKind)
    text = models.TextField()

    class Meta:
        verbose_name = _("generation delta")
        verbose_name_plural = _("generation deltas")
        constraints = [models.UniqueConstraint(fields=["generation", "position"], name="delta_position_once")]

    def __str__(self):
        return gettext("%(generation)s at %(position)s") % {"generation": self.generation_id, "position": self.position}
