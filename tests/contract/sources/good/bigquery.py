"""Tables as https://cloud.google.com/bigquery/docs/reference/rest/v2/jobs/query shows them; the numbers are ours."""


def table(fields, rows, kind="bigquery#queryResponse", **more):
    """A finished job: `fields` are (name, type); every value is text or null."""
    cells = [{"f": [{"v": None if value is None else str(value)} for value in row]} for row in rows]
    return {
        "kind": kind,
        "schema": {"fields": [{"name": name, "type": kind, "mode": "NULLABLE"} for name, kind in fields]},
        "jobReference": {"projectId": "acme-data", "jobId": "job_1", "location": "EU"},
        "totalRows": str(len(rows)),
        "rows": cells,
        "totalBytesProcessed": "1024",
        "jobComplete": True,
        **more,
    }


def running():
    """A job that still runs."""
    return {
        "kind": "bigquery#queryResponse",
        "jobReference": {"projectId": "acme-data", "jobId": "job_1", "location": "EU"},
        "jobComplete": False,
    }
