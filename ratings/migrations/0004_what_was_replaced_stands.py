"""A version replaces the one before it, once, and only one that somebody has signed; what was replaced takes no signature."""

from django.db import migrations

STAMP = """NEW.inspection_id, NEW.number, {new}NEW.started_at, NEW.started_by_id, NEW.evidence_version, NEW.evidence,
      NEW.evidence_digest) IS DISTINCT FROM (OLD.inspection_id, OLD.number, {old}OLD.started_at, OLD.started_by_id,
      OLD.evidence_version, OLD.evidence, OLD.evidence_digest"""

SIGNED_STANDS = """
CREATE OR REPLACE FUNCTION refuse_change_of_signed_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.signed_at IS NOT NULL THEN
    RAISE EXCEPTION 'The ratings of this meeting are signed: nothing moves' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'A meeting is never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF ({stamp}) THEN
    RAISE EXCEPTION 'The evidence of a meeting is stamped once' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.frozen_at, NEW.frozen_by_id, NEW.record, NEW.record_digest)
      IS DISTINCT FROM (OLD.frozen_at, OLD.frozen_by_id, OLD.record, OLD.record_digest)
      AND EXISTS (SELECT 1 FROM ratings_signature WHERE meeting_id = OLD.id) THEN
    RAISE EXCEPTION 'Someone has signed this record: it stands' USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW.signed_at IS NOT NULL AND (SELECT count(*) FROM ratings_signature WHERE meeting_id = OLD.id) <> 2 THEN
    RAISE EXCEPTION 'A record is signed off by two' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""

SIGNATURE = """
CREATE OR REPLACE FUNCTION refuse_signature_of_another_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM ratings_meeting
    WHERE id = NEW.meeting_id AND frozen_at IS NOT NULL AND signed_at IS NULL AND record_digest = NEW.record_digest
    FOR SHARE;
  IF NOT FOUND {replaced} THEN
    RAISE EXCEPTION 'A signature is over the frozen record of its meeting' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""
REPLACED = "OR EXISTS (SELECT 1 FROM ratings_meeting WHERE replaces_id = NEW.meeting_id)"

REPLACES_WHAT_WAS_SIGNED = """
CREATE FUNCTION refuse_replacing_what_nobody_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM ratings_meeting
    WHERE id = NEW.replaces_id AND inspection_id = NEW.inspection_id AND number = NEW.number - 1
    FOR NO KEY UPDATE;
  IF NOT FOUND OR NOT EXISTS (SELECT 1 FROM ratings_signature WHERE meeting_id = NEW.replaces_id) THEN
    RAISE EXCEPTION 'A version replaces the one before it, which somebody has signed'
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""


def signed_stands(columns: str) -> str:
    old, new = (columns.format(row) for row in ("OLD", "NEW"))
    return SIGNED_STANDS.format(stamp="(" + STAMP.format(old=old, new=new) + ")")


class Migration(migrations.Migration):
    dependencies = [("ratings", "0003_meetings_have_versions")]

    operations = [
        migrations.RunSQL(signed_stands("{0}.replaces_id, {0}.because, "), signed_stands("")),
        migrations.RunSQL(SIGNATURE.format(replaced=REPLACED), SIGNATURE.format(replaced="")),
        migrations.RunSQL(REPLACES_WHAT_WAS_SIGNED, "DROP FUNCTION refuse_replacing_what_nobody_signed()"),
        migrations.RunSQL(
            "CREATE TRIGGER replaces_what_was_signed BEFORE INSERT ON ratings_meeting "
            "FOR EACH ROW WHEN (NEW.replaces_id IS NOT NULL) EXECUTE FUNCTION refuse_replacing_what_nobody_signed()",
            "DROP TRIGGER replaces_what_was_signed ON ratings_meeting",
        ),
    ]
