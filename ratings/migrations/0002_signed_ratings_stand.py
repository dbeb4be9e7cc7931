"""Decisions and signatures are only ever added to; what was stamped, frozen and signed stands."""

from django.db import migrations

from accounts.append_only import only_ever_added_to

SIGNED_STANDS = """
CREATE FUNCTION refuse_change_of_signed_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.signed_at IS NOT NULL THEN
    RAISE EXCEPTION 'The ratings of this meeting are signed: nothing moves' USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'A meeting is never deleted' USING ERRCODE = 'restrict_violation';
  END IF;
  IF (NEW.inspection_id, NEW.number, NEW.started_at, NEW.started_by_id, NEW.evidence_version, NEW.evidence,
      NEW.evidence_digest) IS DISTINCT FROM (OLD.inspection_id, OLD.number, OLD.started_at, OLD.started_by_id,
      OLD.evidence_version, OLD.evidence, OLD.evidence_digest) THEN
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

FROZEN_TAKES_NO_DECISION = """
CREATE FUNCTION refuse_decision_when_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM ratings_meeting WHERE id = NEW.meeting_id AND frozen_at IS NULL FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'The record of this meeting is frozen' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""

SIGNATURE_IS_OVER_THE_RECORD = """
CREATE FUNCTION refuse_signature_of_another_record() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM ratings_meeting
    WHERE id = NEW.meeting_id AND frozen_at IS NOT NULL AND signed_at IS NULL AND record_digest = NEW.record_digest
    FOR SHARE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'A signature is over the frozen record of its meeting' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ratings", "0001_initial"), ("accounts", "0002_audit_events_are_chained")]

    operations = [
        only_ever_added_to("ratings_decision"),
        only_ever_added_to("ratings_signature"),
        only_ever_added_to("ratings_outcome"),
        migrations.RunSQL(SIGNED_STANDS, "DROP FUNCTION refuse_change_of_signed_meeting()"),
        migrations.RunSQL(
            "CREATE TRIGGER signed_stands BEFORE UPDATE OR DELETE ON ratings_meeting "
            "FOR EACH ROW EXECUTE FUNCTION refuse_change_of_signed_meeting()",
            "DROP TRIGGER signed_stands ON ratings_meeting",
        ),
        migrations.RunSQL(FROZEN_TAKES_NO_DECISION, "DROP FUNCTION refuse_decision_when_frozen()"),
        migrations.RunSQL(
            "CREATE TRIGGER frozen_takes_no_decision BEFORE INSERT ON ratings_decision "
            "FOR EACH ROW EXECUTE FUNCTION refuse_decision_when_frozen()",
            "DROP TRIGGER frozen_takes_no_decision ON ratings_decision",
        ),
        migrations.RunSQL(SIGNATURE_IS_OVER_THE_RECORD, "DROP FUNCTION refuse_signature_of_another_record()"),
        migrations.RunSQL(
            "CREATE TRIGGER signature_is_over_the_record BEFORE INSERT ON ratings_signature "
            "FOR EACH ROW EXECUTE FUNCTION refuse_signature_of_another_record()",
            "DROP TRIGGER signature_is_over_the_record ON ratings_signature",
        ),
    ]
