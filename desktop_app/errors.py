"""The two errors that are not bugs: one a person reads, one nobody needs to see."""

from __future__ import annotations

from desktop_app.words import _


class UserError(Exception):
    """A plain sentence for a person: what happened, what was not lost, what to do.

    The message is an English template; it is translated when it is shown, so it may cross a process or a thread
    before anybody knows in which language it will be read. Parameters fill ``{names}`` in the template.
    """

    def __init__(self, message: str, /, **params: object) -> None:
        """Keep the template and its parameters apart until somebody looks."""
        super().__init__(message)
        self.message = message
        self.params = params

    def __str__(self) -> str:
        return _(self.message, **self.params)

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions pickle by positional arguments only; the parameters would be lost between processes.
        return _rebuild, (type(self), self.message, self.params)


class Cancelled(Exception):
    """The person asked to stop. Nothing is shown; what was saved stays saved."""


def _rebuild(kind: type[UserError], message: str, params: dict[str, object]) -> UserError:
    return kind(message, **params)
