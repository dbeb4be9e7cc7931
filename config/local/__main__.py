"""python -m config.local COMMAND: what the Makefile calls. Standard library only."""

import os
import sys
from collections.abc import Callable
from functools import partial

from config.local import browser, frontend, postgres, reset, supervisor, venv
from config.local.steps import Trouble, disk_trouble, say

COMMANDS: dict[str, Callable[[], None]] = {
    "environment": partial(venv.prepare, "local"),
    "test-environment": partial(venv.prepare, "test"),
    "assets": frontend.build,
    "browser": browser.prepare,
    "run": supervisor.start,
    "servers": supervisor.start_servers,
    "programs": lambda: say(str(postgres.binaries())),
    "stop": supervisor.stop,
    "reset": reset.everything,
}
ALSO_IN_PRODUCTION = {"assets"}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        say(f"Say one of: {', '.join(COMMANDS)}.")
        return 2
    try:
        _refuse_production(arguments[0])
        COMMANDS[arguments[0]]()
    except Trouble as trouble:
        say(str(trouble))
        return 1
    except OSError as error:
        say(str(disk_trouble(error)))
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _refuse_production(command: str) -> None:
    if os.environ.get("DJANGO_ENV") == "production" and command not in ALSO_IN_PRODUCTION:
        raise Trouble("DJANGO_ENV is production: there, start web, worker and beat as docs/operations.md says.")


sys.exit(main(sys.argv[1:]))
