"""A thousand random changes by the owner of the database, each of which `verify` must find. `make drill-tamper`."""

import os
from collections import Counter
from random import Random, SystemRandom

import pytest
from django.db import transaction

from accounts.actions import seal_records
from accounts.models import Seal
from ratings.actions.signatures import sign
from ratings.queries.meetings import meeting_or_404, page_state
from tests.ratings.given import frozen_meeting
from tests.ratings.tampering import tables, tampered, undone
from tests.ratings.test_verify_command import verify

CHANGES = int(os.environ.get("DRILL_CHANGES", "1000"))
SEED = int(os.environ.get("DRILL_SEED", "0")) or SystemRandom().randint(1, 10**6)


@pytest.mark.django_db
def test_every_change_is_found(people):
    inspection = frozen_meeting(people, "iyjs").inspection
    for person in (people.chair, people.lead):
        meeting = meeting_or_404(inspection)
        sign(meeting=meeting, shown=page_state(meeting), by=person)
    seal_records()
    last = Seal.objects.latest("number")
    assert verify()[0] == 0
    chance, of, done, unseen = Random(SEED), tables(), Counter(), []
    for _ in range(CHANGES):
        with transaction.atomic(), undone():
            what = tampered(chance, of)
            done[what.split(":")[0]] += 1
            if verify(f"{last.number}:{last.digest}")[0] != 1:
                unseen.append(what)
    print(f"\n{CHANGES:,} changes by the owner of the database, seed {SEED}: {CHANGES - len(unseen):,} found")
    for table, number in sorted(done.items()):
        print(f"  {table:<28} {number:>6,}")
    assert unseen == []
