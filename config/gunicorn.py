"""How gunicorn serves the product, on one machine and in the image: gunicorn -c python:config.gunicorn config.wsgi"""

import os
from pathlib import Path

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
graceful_timeout = 10
control_socket_disable = True  # it would be made in the home folder
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 (a heartbeat file; works on a read-only root)
