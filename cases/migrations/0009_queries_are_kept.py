"""What is said in a query, agreed and settled stays as it was; a query is closed once and never deleted."""

from django.db import migrations

from accounts.append_only import only_ever_added_to

ONLY_CLOSED = """
CREATE TRIGGER only_ever_closed BEFORE UPDATE ON cases_query FOR EACH ROW
WHEN (OLD.closed_at IS NOT NULL OR (OLD.id, OLD.case_id, OLD.question, OLD.asked_at, OLD.asked_by_id)
  IS DISTINCT FROM (NEW.id, NEW.case_id, NEW.question, NEW.asked_at, NEW.asked_by_id))
EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_deleted BEFORE DELETE OR TRUNCATE ON cases_query
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""
FREE = "DROP TRIGGER never_deleted ON cases_query; DROP TRIGGER only_ever_closed ON cases_query"


class Migration(migrations.Migration):
    dependencies = [("cases", "0008_queries_marks_and_requests"), ("accounts", "0002_audit_events_are_chained")]

    operations = [
        migrations.RunSQL(ONLY_CLOSED, FREE),
        only_ever_added_to("cases_querymessage"),
        only_ever_added_to("cases_reviewmark"),
        only_ever_added_to("cases_settlement"),
    ]
