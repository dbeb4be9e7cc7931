"""python -m config.local COMMAND: what the Makefile calls."""

import sys
from collections.abc import Callable

from config.local import frontend
from config.local.steps import Trouble, disk_trouble, say

COMMANDS: dict[str, Callable[[], None]] = {
    "assets": frontend.build,
}


def main(arguments: list[str]) -> int:
    if len(arguments) != 1 or arguments[0] not in COMMANDS:
        say(f"Say one of: {', '.join(COMMANDS)}.")
        return 2
    try:
        COMMANDS[arguments[0]]()
    except Trouble as trouble:
        say(str(trouble))
        return 1
    except OSError as error:
        say(str(disk_trouble(error)))
        return 1
    return 0


sys.exit(main(sys.argv[1:]))
