"""What can be wrong with a store, each with the exit code that commands end with."""


class StoreError(Exception):
    """A store that cannot do what was asked; the message says what to do."""

    exit = 2


class StoreInUse(StoreError):
    """Another process is writing."""

    exit = 4


class StoreFull(StoreError):
    """No room or no permission."""

    exit = 5


class StoreDamaged(StoreError):
    """The file is no store, or a broken one."""

    exit = 6


class TooSlow(StoreError):
    """A question that took more time than a page may."""


class Missing(StoreError):
    """A name that nothing in the store has."""
