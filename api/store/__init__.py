"""The only place with SQL: one schema on SQLite and PostgreSQL, a file of queries per word.

    opening, unit      open_store(settings) -> Store; `with store.unit() as unit:` is undone unless committed
    engine             connections, and all that differs between the two databases
    tables/            the tables; migrations/ brings a database to them
    sealing, key_file  sensitive text as it lies on the disk, and the keys outside the database
    columns            moments in UTC; text that is stored sealed or not at all
    versioned          add, replace, page: shared by citizens, centres, employers and job_orders
    versions, changes  append-only versions; numbered changes that a ranking can feel
    errors             Missing, Stale, Duplicate, Busy, StorageFailed, SealBroken, Unopened

The rest are the words themselves. Queries take the caller, or a municipality where nobody asks (a catalogue
that is loaded for all of its users), and answer the frozen records of `api.domain.records`.
"""

from api.store.ids import new_id
from api.store.opening import open_store
from api.store.paging import Page
from api.store.unit import Store, Unit

__all__ = ["Page", "Store", "Unit", "new_id", "open_store"]
