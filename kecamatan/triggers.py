"""Database triggers of the audit history: what people change is recorded by PostgreSQL itself, whichever way it came
(page, admin, command, SQL by hand), in one table, `CatatanAudit`.

A model joins with one line in its Meta:

    triggers = [Catat(wilayah="wilayah")]

and `makemigrations` writes the rest. Who and from which page comes from `p3pd_portal.lib.permintaan`.
"""

from collections.abc import Sequence
from typing import Any

import pgtrigger
from django.db import models
from pgtrigger.compiler import Trigger as CompiledTrigger
from pgtrigger.compiler import UpsertTriggerSql
from pgtrigger.utils import quote

from p3pd_portal.lib.permintaan import VARIABEL


TABEL = "kecamatan_catatanaudit"
KONTAK = frozenset({"email", "hp", "kontak", "password", "ponsel", "surel", "telepon", "wa", "whatsapp"})
"""Words in the name of a field whose values never enter the history."""


class FirmTriggerSql(UpsertTriggerSql):
    """A trigger that no session can talk out of its work.

    django-pgtrigger's own template lets every session switch triggers off with `SET pgtrigger.ignore`; this one
    does not ask. ALWAYS also closes `session_replication_role`. What is left is ALTER TABLE by the owner.
    """

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE TRIGGER {pgid} {when} {operation} ON {table} FOR EACH {level} {condition} EXECUTE FUNCTION {execute};
            ALTER TABLE {table} ENABLE ALWAYS TRIGGER {pgid};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class FirmTrigger(pgtrigger.Trigger):
    """A trigger with the template above."""

    def compile(self, model: Any) -> CompiledTrigger:
        compiled = super().compile(model)
        kwargs = {key: value for key, value in compiled.sql.kwargs.items() if key != "ignore_func_name"}
        return CompiledTrigger(name=compiled.name, sql=FirmTriggerSql(**kwargs))


class HanyaTambah(FirmTrigger):
    """Rows are added, never changed or removed: UPDATE, DELETE and TRUNCATE are refused, for the owner too."""

    name = "hanya_tambah"
    level = pgtrigger.Statement
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete | pgtrigger.Truncate
    func = """
        RAISE EXCEPTION 'Catatan audit tidak dapat diubah atau dihapus (% pada %).', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    """


class TetapBila(FirmTrigger):
    """Rows that are published, or otherwise done, are never changed or removed: the owner is refused too.

    Args:
        condition: of the row as it stands (`pgtrigger.Q(old__terbit=True)`).
    """

    name = "tetap"
    when = pgtrigger.Before
    operation = pgtrigger.Update | pgtrigger.Delete
    func = """
        RAISE EXCEPTION 'Baris yang sudah terbit tidak dapat diubah atau dihapus (% pada %).', TG_OP, TG_TABLE_NAME
            USING ERRCODE = 'restrict_violation';
    """


class Catat(FirmTrigger):
    """Record every row that is added, changed or removed, if a recorded column differs.

    Contact fields and passwords (see KONTAK) are recorded as changed, without their values. File contents and
    generated columns stay out.

    Args:
        wilayah: way from the row to the region it belongs to ("wilayah", "tim__wilayah", "pk"); decides who may read.
        orang: way to the person it is about; without a region, the people of that person's regions may read.
        tanpa: fields that are not recorded at all.
        operation: another set of operations; INSERT, UPDATE and DELETE by default.
    """

    name = "catat"
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete

    def __init__(
        self,
        *,
        wilayah: str = "",
        orang: str = "",
        tanpa: Sequence[str] = (),
        operation: pgtrigger.Operation | None = None,
    ) -> None:
        super().__init__(operation=operation)
        self.wilayah, self.orang, self.tanpa = wilayah, orang, tanpa

    def fields(self, model: Any) -> list["models.Field[Any, Any]"]:
        """Fields whose changes are recorded, those without values too. The key stands in a column of its own."""
        return [
            field
            for field in model._meta.concrete_fields
            if not (field.primary_key or isinstance(field, models.BinaryField | models.GeneratedField))
            and field.name not in self.tanpa
        ]

    def get_declare(self, model: Any) -> list[tuple[str, str]]:
        return [
            ("baris", "RECORD"),
            ("lama", "JSONB"),
            ("baru", "JSONB"),
            ("beda", "JSONB"),
            ("konteks", "JSONB"),
        ]

    def get_func(self, model: Any) -> str:
        """PL/pgSQL of one table. OLD is null for INSERT, NEW for DELETE, and so are their columns."""
        fields = self.fields(model)
        known = [str(field.column) for field in fields if not is_contact(field)]
        hidden = [str(field.column) for field in fields if is_contact(field)]
        secrets = "".join(
            f"IF OLD.{quote(column)} IS DISTINCT FROM NEW.{quote(column)} THEN "
            f"beda := beda || '{{\"{column}\": null}}'; END IF;\n"
            for column in hidden
        )
        return f"""
        lama := {_as_json("OLD", known)};
        baru := {_as_json("NEW", known)};
        SELECT coalesce(jsonb_object_agg(kolom, jsonb_build_array(lama -> kolom, baru -> kolom)), '{{}}') INTO beda
            FROM jsonb_object_keys(lama) kolom WHERE lama -> kolom <> baru -> kolom;
        {secrets}IF TG_OP = 'UPDATE' AND beda = '{{}}' THEN RETURN NULL; END IF;
        IF TG_OP = 'DELETE' THEN baris := OLD; ELSE baris := NEW; END IF;
        konteks := nullif(current_setting('{VARIABEL}', true), '');
        INSERT INTO {TABEL} (waktu, jenis, model, objek, perubahan, wilayah_id, orang_id, pelaku_id, permintaan, alamat)
        VALUES (
            clock_timestamp(), TG_OP, '{model._meta.label_lower}', {_reach(model, "pk")}, beda,
            {_reach(model, self.wilayah)}, {_reach(model, self.orang)},
            (konteks ->> 'pelaku')::bigint, (konteks ->> 'permintaan')::uuid, coalesce(konteks ->> 'alamat', '')
        );
        RETURN NULL;
        """


def is_contact(field: "models.Field[Any, Any]") -> bool:
    """Whether the value of a field reaches a person, or opens an account."""
    return isinstance(field, models.EmailField) or not KONTAK.isdisjoint(field.name.split("_"))


def _as_json(row: str, columns: list[str]) -> str:
    pairs = ", ".join(f"'{column}', {row}.{quote(column)}" for column in columns)
    return f"jsonb_build_object({pairs})"


def _reach(model: Any, path: str) -> str:
    """SQL for the key at the end of a way of foreign keys from the row: "pengguna__orang" → one subselect."""
    if not path:
        return "NULL"
    first, *rest = path.split("__")
    field = model._meta.pk if first == "pk" else model._meta.get_field(first)
    sql = f"baris.{quote(field.column)}"
    for name in rest:
        target = field.related_model
        field = target._meta.get_field(name)
        table, key = quote(target._meta.db_table), quote(target._meta.pk.column)
        sql = f"(SELECT {quote(field.column)} FROM {table} WHERE {key} = {sql})"
    return sql
