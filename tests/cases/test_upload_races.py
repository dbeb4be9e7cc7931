"""One file, sent or replaced from two tabs at the same moment."""

from collections import Counter

import pytest

from cases.actions.caseload import ListRefused
from cases.actions.uploads import keep_upload, send_list
from cases.models import CaseloadList, Kind, ListUpload
from cases.rules.caseload import parse
from documents.models import Document
from inspections.models import Stage
from tests.cases.test_rules_caseload import TODAY, children
from tests.factories import inspection_with_team
from tests.races import behind_the_inspection

pytestmark = pytest.mark.django_db(transaction=True)
FILE = children({})
PARSED = parse(FILE, "child", TODAY)


@pytest.fixture
def upload(people):
    return keep(people, inspection_with_team(people, stage=Stage.ANNOUNCED))


def keep(people, inspection) -> ListUpload:
    fields = {"kind": Kind.CHILD, "label": "list.csv", "content": FILE, "parsed": PARSED}
    return keep_upload(by=people.contact, inspection=inspection, **fields)


@pytest.mark.parametrize("_time", range(5))
def test_a_list_that_is_sent_twice_at_once_is_one_list(people, upload, _time):
    def send():
        return send_list(by=people.contact, upload=ListUpload.objects.get(), parsed=PARSED)

    results = behind_the_inspection([send, send])
    assert Counter(type(result) for result in results) == {CaseloadList: 1, ListRefused: 1}
    assert (CaseloadList.objects.count(), Document.objects.count()) == (1, 1)


@pytest.mark.parametrize("_time", range(5))
def test_of_two_files_that_come_at_once_one_stays(people, upload, _time):
    results = behind_the_inspection([lambda: keep(people, upload.inspection)] * 2)
    assert [type(result) for result in results] == [ListUpload, ListUpload]
    assert (ListUpload.objects.count(), Document.objects.count()) == (1, 1)
