"""python -m config.probe: asks the web server on this machine whether it is well. Standard library only."""

import http.client
import os
import sys

HEALTH_PATH = "/healthz"


def well(port: int, host: str = "localhost") -> bool:
    """Asks as a proxy would that has taken the TLS off and passes the public host name on."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=3)
    try:
        connection.request("GET", HEALTH_PATH, headers={"Host": host, "X-Forwarded-Proto": "https"})
        return connection.getresponse().status == http.client.OK
    except OSError:
        return False
    finally:
        connection.close()


def main() -> int:
    host = (os.environ.get("ALLOWED_HOSTS") or "localhost").split(",")[0].lstrip(".")
    return 0 if well(int(os.environ.get("PORT") or 8000), host) else 1


if __name__ == "__main__":
    sys.exit(main())
