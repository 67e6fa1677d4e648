"""How the columns of a published list become figures of indicators. An admin edits it; no list is wired into code."""

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models

from kecamatan.triggers import Catat


@dataclass(frozen=True)
class AturanKolom:
    """One indicator of a list: the columns that add up to numerator and denominator, or the words that mean yes.

    With `ya`, the one column of `pembilang` holds words: those in `ya` count 1 of 1, all others 0 of 1.
    """

    indikator: str
    pembilang: tuple[str, ...]
    penyebut: tuple[str, ...] = ()
    ya: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """{"indikator", "pembilang": [columns], "penyebut": [columns]}, or {"indikator", "kolom", "ya": [words]}.

        Raises:
            ValueError: another shape.
        """
        if not isinstance(data, dict) or not isinstance(data.get("indikator"), str):
            raise ValueError("Setiap aturan menyebut “indikator”.")
        lists = {name: data.get(name, []) for name in ("pembilang", "penyebut", "ya")}
        if any(not isinstance(value, list) or not all(isinstance(x, str) for x in value) for value in lists.values()):
            raise ValueError("“pembilang”, “penyebut”, dan “ya” adalah daftar teks.")
        if "kolom" in data:
            if not lists["ya"] or not isinstance(data["kolom"], str):
                raise ValueError("“kolom” menyebut satu judul kolom, dan “ya” isi selnya yang berarti ya.")
            return cls(data["indikator"], (data["kolom"],), (), tuple(lists["ya"]))
        if not lists["pembilang"]:
            raise ValueError("“pembilang” menyebut sedikitnya satu judul kolom.")
        return cls(data["indikator"], tuple(lists["pembilang"]), tuple(lists["penyebut"]))


class PetaKolom(models.Model):
    """A kind of list (IDM, Podes of a kabupaten) and which of its columns feed which indicators."""

    kode = models.SlugField(max_length=30, primary_key=True)
    nama = models.CharField(max_length=100)
    sumber = models.CharField(max_length=150, help_text="ditulis di bawah angkanya")
    kolom_kode = models.CharField("kolom kode desa", max_length=60)
    aturan = models.JSONField(help_text="daftar aturan: indikator, pembilang, penyebut; atau indikator, kolom, ya")

    class Meta:
        verbose_name = "peta kolom"
        verbose_name_plural = "peta kolom"
        ordering: ClassVar = ["kode"]
        triggers: ClassVar = [Catat()]

    def __str__(self) -> str:
        return self.nama

    def clean(self) -> None:
        try:
            rules = self.aturan_kolom
        except ValueError as error:
            raise ValidationError({"aturan": str(error)}) from error
        twice = {rule.indikator for rule in rules if [r.indikator for r in rules].count(rule.indikator) > 1}
        if twice:
            raise ValidationError({"aturan": f"Tertulis lebih dari sekali: {', '.join(sorted(twice))}."})

    @property
    def aturan_kolom(self) -> list[AturanKolom]:
        """Raises:
        ValueError: the rules have another shape.
        """
        if not isinstance(self.aturan, list):
            raise ValueError("Aturan ditulis sebagai daftar.")
        return [AturanKolom.from_json(data) for data in self.aturan]
