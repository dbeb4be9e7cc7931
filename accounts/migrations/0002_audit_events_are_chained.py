"""Audit events are chained per inspection, and only ever added to."""

from django.db import migrations

from accounts.append_only import make_refusing_function, only_ever_added_to

CHAIN = """
CREATE FUNCTION chain_audit_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last record;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('audit of ' || NEW.inspection, 0));
  SELECT position, digest INTO last FROM accounts_auditevent
    WHERE inspection = NEW.inspection ORDER BY position DESC LIMIT 1;
  NEW.position := coalesce(last.position, 0) + 1;
  NEW.previous := coalesce(last.digest, '');
  NEW.digest := audit_event_digest(NEW);
  RETURN NEW;
END $$;
"""

# The one definition of what the digest covers: everything on the row but the digest itself.
DIGEST = """
CREATE FUNCTION audit_event_digest(event accounts_auditevent) RETURNS text LANGUAGE sql IMMUTABLE AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    event.previous, event.position, event.inspection, extract(epoch FROM event.at), event.person_id,
    event.verb, event.subject, event.detail)::text, 'UTF8')), 'hex')
$$;
"""

TRIGGER = """
CREATE TRIGGER chain BEFORE INSERT ON accounts_auditevent FOR EACH ROW EXECUTE FUNCTION chain_audit_event()
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [
        make_refusing_function(),
        migrations.RunSQL(DIGEST, "DROP FUNCTION audit_event_digest(accounts_auditevent)"),
        migrations.RunSQL(CHAIN, "DROP FUNCTION chain_audit_event()"),
        migrations.RunSQL(TRIGGER, "DROP TRIGGER chain ON accounts_auditevent"),
        only_ever_added_to("accounts_auditevent"),
    ]
