"""What the site knows about itself."""

from django.db import models

from chat.ids import new_id


class SiteSettings(models.Model):
    """One row. `epoch` names this database: a browser that knew another one drops the positions it kept."""

    id = models.SmallAutoField(primary_key=True)
    epoch = models.UUIDField(default=new_id, editable=False)
    setup_completed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="site_settings_one_row")]

    def __str__(self):
        return "settings of the site"
