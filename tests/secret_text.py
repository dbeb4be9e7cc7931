"""Strings that occur nowhere else, to be planted and looked for."""


def secret_text(kind: str, of: str) -> str:
    return f"secret-{kind}-of-{of}-case"
