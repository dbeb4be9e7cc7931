"""Tells a load balancer whether this web process can serve: it can when the database answers."""

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse

from accounts.guards import public


@public()
def health(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("The database does not answer.\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
