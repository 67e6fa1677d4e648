"""Columns that a copy of the database does not tell."""

from typing import Any

from django.db import models

from p3pd_portal.lib.sandi import cipher


class TeksTersandi(models.TextField):
    """A text that is kept encrypted (see lib/sandi.py); the empty text stays empty. Nothing can be looked up by it."""

    def __init__(self, *args: Any, purpose: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.purpose = purpose

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"purpose": self.purpose}

    def get_prep_value(self, value: Any) -> Any:
        text = super().get_prep_value(value)
        return cipher(self.purpose).encrypt(text.encode()).decode() if text else text

    def from_db_value(self, value: str | None, *args: Any) -> str | None:
        return cipher(self.purpose).decrypt(value.encode()).decode() if value else value
