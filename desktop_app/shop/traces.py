"""What an erasure leaves behind and has to take along: counts of actions, free pages, the write-ahead log."""

from __future__ import annotations

from desktop_app.shop.connect import File


def recount_actions(file: File) -> None:
    """Let every action know how many entries of the journal it still has; inside the erasure's transaction."""
    file.run(
        "UPDATE actions SET entries = (SELECT count(*) FROM journal j WHERE j.action = actions.id)"
        " WHERE entries > 0 AND owner = ''"
    )


def sweep(file: File) -> None:
    """Write the file anew without its free pages, and empty the log: nothing erased stands in either; after it."""
    file.run("VACUUM")
    file.all("PRAGMA wal_checkpoint(TRUNCATE)")
