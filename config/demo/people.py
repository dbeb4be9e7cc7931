"""One demo person per role, and a contact at each inspected service. Nobody of them exists."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from accounts.models import Role, User

PASSWORD = "demonstration only"  # noqa: S105  for accounts that exist in demo mode and nowhere else
INSPECTOR = Role.INSPECTOR


@dataclass(frozen=True)
class DemoPerson:
    code: str
    name: str
    role: Role
    speaks_welsh: bool = False

    @property
    def email(self) -> str:
        return f"{self.code}@demo.example"


HEAD = DemoPerson("head", "Demo Head of Programme", Role.HEAD)
LEAD = DemoPerson("lead", "Demo Lead Inspector", INSPECTOR)
DEPUTY = DemoPerson("deputy", "Demo Deputy Inspector", INSPECTOR)
ASSISTANT = DemoPerson("assistant", "Demo Assistant One", INSPECTOR, speaks_welsh=True)
SECOND_ASSISTANT = DemoPerson("assistant-two", "Demo Assistant Two", INSPECTOR)
THIRD_ASSISTANT = DemoPerson("assistant-three", "Demo Assistant Three", INSPECTOR)
ASSESSOR = DemoPerson("assessor", "Demo Local Assessor", Role.LOCAL_ASSESSOR)
SECOND_ASSESSOR = DemoPerson("assessor-two", "Demo Local Assessor Two", Role.LOCAL_ASSESSOR)
CHAIR = DemoPerson("chair", "Demo Panel Chair", INSPECTOR)
MEMBER = DemoPerson("member", "Demo Panel Member", INSPECTOR)
QUALITY = DemoPerson("quality", "Demo Quality Assurer", Role.QUALITY_ASSURER)
COMMUNICATIONS = DemoPerson("communications", "Demo Communications Officer", Role.COMMUNICATIONS)
ANALYST = DemoPerson("analyst", "Demo Research Analyst", Role.ANALYST)
ADMINISTRATOR = DemoPerson("administrator", "Demo Administrator", Role.ADMINISTRATOR)

INSPECTORATE = (
    HEAD,
    LEAD,
    DEPUTY,
    ASSISTANT,
    SECOND_ASSISTANT,
    THIRD_ASSISTANT,
    ASSESSOR,
    SECOND_ASSESSOR,
    CHAIR,
    MEMBER,
    QUALITY,
    COMMUNICATIONS,
    ANALYST,
    ADMINISTRATOR,
)


def contact_of(service: str) -> DemoPerson:
    code = service.split()[0].lower()
    return DemoPerson(f"contact-{code}", f"Demo Contact {service}", Role.SERVICE_CONTACT)


def colleague_of(service: str) -> DemoPerson:
    code = service.split()[0].lower()
    return DemoPerson(f"colleague-{code}", f"Demo Colleague {service}", Role.SERVICE_CONTACT)


def create(who: Iterable[DemoPerson]) -> dict[DemoPerson, User]:
    """All with one password, hashed once: hashing is slow on purpose."""
    password = make_password(PASSWORD)
    return {person: _create(person, password) for person in who}


def _create(person: DemoPerson, password: str) -> User:
    return User.objects.create(
        email=person.email,
        name=person.name,
        role=person.role,
        speaks_welsh=person.speaks_welsh,
        is_demo=True,
        password=password,
    )
