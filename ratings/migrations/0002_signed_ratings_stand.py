"""Decisions and signatures are only ever added to; a frozen meeting takes no decisions, a signed one no change."""

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
    ]
