"""What can go wrong with the embedded model, beyond what any provider may say.

UnavailableError
├── EmbeddedUnavailableError    provider.embedded_unavailable   no weights, or it does not start
└── BusyError                   provider.busy                   the queue is full, may be tried again
IncompleteError
└── EmbeddedCrashedError        provider.embedded_crashed       its process died or hung, may be tried again
"""

from chat.providers.errors import IncompleteError, UnavailableError


class EmbeddedUnavailableError(UnavailableError):
    code = "provider.embedded_unavailable"
    sentence = "The embedded model is not available."


class BusyError(UnavailableError):
    code = "provider.busy"
    sentence = "The embedded model has too many questions waiting. Try again in a little while."
    may_retry = True


class EmbeddedCrashedError(IncompleteError):
    code = "provider.embedded_crashed"
    sentence = "The embedded model stopped before its answer was complete. Continue the answer, or try again."
    may_retry = True
