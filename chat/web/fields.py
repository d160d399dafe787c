"""Fields of forms as Django's forms are drawn everywhere here."""

from typing import Any

from django.forms import BoundField, Widget
from django.forms.renderers import DjangoTemplates


class Field(BoundField):
    """In a form that comes back the first field that is wrong has the focus: one hears what is wrong, and types."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Widget | None = None) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        wrong = [bound.name for bound in self.form.visible_fields() if bound.errors]
        if wrong:
            attrs["autofocus"] = self.name == wrong[0]
        return attrs


class FormRenderer(DjangoTemplates):
    bound_field_class = Field
