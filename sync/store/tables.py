"""The tables of the state store, in SQL that SQLite and PostgreSQL both understand. Times are Unix seconds."""

from sqlalchemy import JSON, Boolean, Column, Date, Float, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()

# The row that decides: `due` is the next moment wanted (None: nothing is), `lease_until` and `token` say who works on
# it, `wanted` counts triggers, `seen` is the `wanted` that the last claim read. A trigger is answered once
# `seen` has reached its number, so none can be forgotten, however late a worker is. `priority`, `tenant` and
# `claimed_at` order the claims: a press before scheduled work, then whoever's tenant was served longest ago. A parked
# workbook is only claimed at `parked_until` (None: never) unless somebody presses.
WORKBOOKS = Table(
    "workbooks",
    METADATA,
    Column("id", String(200), primary_key=True),
    Column("epoch", Integer, nullable=False),
    Column("old_epoch_until", Float),  # until then the secret of the epoch before opens too
    Column("enrolled_at", Float, nullable=False),
    Column("kpi_count", Integer),
    Column("extra_tabs", JSON, nullable=False),
    Column("due", Float, index=True),
    Column("lease_until", Float),
    Column("token", Integer, nullable=False),
    Column("wanted", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
    Column("attempts", Integer, nullable=False),  # claims since a sync last came to a lasting end
    Column("not_before", Float, nullable=False),  # end of the back-off
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("tenant", String(200), nullable=False, server_default=""),
    Column("claimed_at", Float),
    Column("deaths", Integer, nullable=False, server_default="0"),  # claims in a row that ended without a word
    Column("parked_at", Float),
    Column("parked_until", Float),
    Column("parked_reason", String(64)),
    Column("parked_error", JSON(none_as_null=True)),  # language -> sentence
    Index("workbooks_by_tenant", "tenant", "claimed_at"),
)

RUNS = Table(
    "runs",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("workbook", String(200), nullable=False),
    Column("key", String(100), nullable=False),
    Column("state", String(16), nullable=False),
    Column("ticket", Integer, nullable=False),
    Column("token", Integer, nullable=False),
    Column("step", String(64), nullable=False),
    Column("done", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("asked_at", Float, nullable=False),
    Column("started_at", Float),
    Column("finished_at", Float),
    Column("report", JSON(none_as_null=True)),
    Column("needs_person", Boolean, nullable=False),
    Column("error_code", String(64)),
    Column("error", JSON(none_as_null=True)),  # language -> sentence
    Column("priority", Integer, nullable=False, server_default="0"),
    Column("dry", Boolean, nullable=False, server_default="0"),  # says what a sync would change, and changes nothing
    Column("cancel", Boolean, nullable=False, server_default="0"),  # somebody wants it to stop
    Column("asked_by", String(320)),  # the address of whoever proved who they are
    Index("runs_by_workbook", "workbook", "state"),
)

# Which run an idempotency key led to. `fingerprint` is a digest of the request that first used it.
NONCES = Table(
    "nonces",
    METADATA,
    Column("workbook", String(200), primary_key=True),
    Column("nonce", String(100), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("run", String(64), nullable=False),
    Column("at", Float, nullable=False, index=True),
)

# What each KPI's row said when it was last seen: field -> canonical text. `present` is false once the row is gone.
DEFINITIONS = Table(
    "definitions",
    METADATA,
    Column("workbook", String(200), primary_key=True),
    Column("kpi", String(200), primary_key=True),
    Column("fields", JSON, nullable=False),
    Column("present", Boolean, nullable=False),
)

# What changed, only ever added to. `at` is the day of the sync that saw it, `kept_at` the moment of this entry.
CHANGES = Table(
    "changes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("workbook", String(200), nullable=False),
    Column("kpi", String(200), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("at", Date, nullable=False),
    Column("field", String(64)),
    Column("old", Text),
    Column("new", Text),
    Column("who", String(200)),
    Column("asked_by", String(320)),  # of the sync that saw it: see RUNS
    Column("kept_at", Float, nullable=False),
    Index("changes_by_workbook", "workbook", "kpi", "kind"),
)

# What a workbook should be told, committed together with the results that it follows from, before it goes out. One row
# a workbook, since only the newest intent is ever sent; `sent_at` is None while it is open.
OUTBOX = Table(
    "outbox",
    METADATA,
    Column("workbook", String(200), primary_key=True),
    Column("number", Integer, nullable=False),
    Column("content", JSON, nullable=False),
    Column("made_at", Float, nullable=False),
    Column("sent_at", Float),
)
