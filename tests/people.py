"""Named people, one per role, for every test that needs somebody."""

from dataclasses import dataclass, fields

from accounts.models import Role, User

PASSWORD = "correct horse battery staple"


@dataclass(frozen=True)
class People:
    """`contact` works at the inspected service, `outsider` at another; `stranger` is an inspector on no team."""

    lead: User
    deputy: User
    assistant: User
    second_assistant: User
    assessor: User
    chair: User
    member: User
    quality: User
    head: User
    communications: User
    analyst: User
    administrator: User
    contact: User
    outsider: User
    stranger: User


ROLES = {
    "assessor": Role.LOCAL_ASSESSOR,
    "quality": Role.QUALITY_ASSURER,
    "head": Role.HEAD,
    "communications": Role.COMMUNICATIONS,
    "analyst": Role.ANALYST,
    "administrator": Role.ADMINISTRATOR,
    "contact": Role.SERVICE_CONTACT,
    "outsider": Role.SERVICE_CONTACT,
}


def make() -> People:
    return People(**{field.name: person(field.name) for field in fields(People)})


def person(name: str) -> User:
    """No password is set: tests sign in with `client.force_login`, but for those of signing in itself."""
    role = ROLES.get(name, Role.INSPECTOR)
    return User.objects.create(
        email=f"{name}@people.example", name=name.replace("_", " ").title(), role=role, password="!"
    )
