"""What can go wrong between us and a service, as exceptions with a stable code and a sentence for the user.

    ProviderError                   provider.failed
    ├── ConnectError
    │   ├── ConnectionFailedError   provider.connection_failed     may be tried again
    │   ├── DnsFailedError          provider.dns_failed
    │   ├── TlsFailedError          provider.tls_failed
    │   ├── ProxyFailedError        provider.proxy_failed
    │   └── ConnectTimeoutError     provider.timeout_connect       may be tried again
    ├── BudgetError
    │   ├── FirstDeltaTimeoutError  provider.timeout_first_delta
    │   ├── IdleTimeoutError        provider.timeout_idle
    │   ├── TotalTimeoutError       provider.timeout_total
    │   └── TooLargeError           provider.too_large
    ├── RefusedError                provider.refused               any other 4xx
    │   ├── UnauthorizedError       provider.unauthorized          401, 403
    │   ├── QuotaExceededError      provider.quota_exceeded        402, or 429 that waiting does not help
    │   ├── NotFoundError           provider.not_found             404
    │   ├── ModelNotSupportedError  provider.model_not_supported
    │   ├── ContextTooLongError     provider.context_too_long      413, or words to that effect
    │   └── RateLimitedError        provider.rate_limited          429, may be tried again
    ├── UnavailableError            provider.unavailable           5xx; 502, 503, 504, 529 may be tried again
    ├── BadResponseError            provider.bad_response          not the dialect expected
    │   └── RedirectedError         provider.redirected            3xx
    ├── IncompleteError             provider.incomplete            cut before its end
    ├── EmptyAnswerError            provider.empty_answer
    └── MisconfiguredError          provider.misconfigured

"May be tried again" (`retryable`) means: the same request to the same service may well succeed within seconds.
"""

from collections.abc import Iterable
from typing import ClassVar

from chat.providers.redaction import excerpt as safe_excerpt

MESSAGE_LENGTH = 500


class ProviderError(Exception):
    """A provider could not answer.

    `message` is one plain English sentence or two for the user; `retry_after` is in seconds, as the service asked;
    `status` is the HTTP status; `excerpt` is a bounded piece of what the service said. Nothing here ever holds a
    secret: everything passes `redact`, and what is in `secrets` (API key, proxy password) is removed by value.
    """

    code: ClassVar[str] = "provider.failed"
    sentence: ClassVar[str] = "The service failed to answer. Try again, or choose another model."
    may_retry: ClassVar[bool] = False

    def __init__(
        self,
        message: str | None = None,
        *,
        status: int | None = None,
        retry_after: float | None = None,
        retryable: bool | None = None,
        excerpt: str = "",
        secrets: Iterable[str | None] = (),
    ) -> None:
        self.message = safe_excerpt(message or self.sentence, secrets, MESSAGE_LENGTH)
        self.status = status
        self.retry_after = retry_after
        self.retryable = self.may_retry if retryable is None else retryable
        self.excerpt = safe_excerpt(excerpt, secrets)
        super().__init__(self.message)

    def hide(self, secrets: Iterable[str | None]) -> "ProviderError":
        """Removes these values too; returns itself."""
        known = [secret for secret in secrets if secret]
        self.message = safe_excerpt(self.message, known, MESSAGE_LENGTH)
        self.excerpt = safe_excerpt(self.excerpt, known)
        self.args = (self.message,)
        return self

    def __repr__(self) -> str:
        status = "" if self.status is None else f", status={self.status}"
        excerpt = f", excerpt={self.excerpt!r}" if self.excerpt else ""
        return f"{type(self).__name__}({self.code!r}, {self.message!r}{status}{excerpt})"


class ConnectError(ProviderError):
    """No connection to the service came about."""


class ConnectionFailedError(ConnectError):
    code = "provider.connection_failed"
    sentence = "The service could not be reached. Check that it is running and that its address is right."
    may_retry = True


class DnsFailedError(ConnectError):
    code = "provider.dns_failed"
    sentence = "The name of the service could not be found. Check its address and this server's network."


class TlsFailedError(ConnectError):
    code = "provider.tls_failed"
    sentence = "The service could not prove its identity over TLS. Check its address and its certificate."


class ProxyFailedError(ConnectError):
    code = "provider.proxy_failed"
    sentence = "The proxy did not let the request through. Check the proxy's address and credentials."


class ConnectTimeoutError(ConnectError):
    code = "provider.timeout_connect"
    sentence = "The service did not accept a connection in time. Try again later."
    may_retry = True


class BudgetError(ProviderError):
    """The service took more time or sent more bytes than it is allowed."""


class FirstDeltaTimeoutError(BudgetError):
    code = "provider.timeout_first_delta"
    sentence = "The service did not begin to answer in time. Try again, or choose another model."


class IdleTimeoutError(BudgetError):
    code = "provider.timeout_idle"
    sentence = "The service fell silent in the middle of its answer. Continue the answer, or try again."


class TotalTimeoutError(BudgetError):
    code = "provider.timeout_total"
    sentence = "The answer took longer than allowed in all. Continue the answer, or ask for a shorter one."


class TooLargeError(BudgetError):
    code = "provider.too_large"
    sentence = "The service sent more data than allowed. Ask for a shorter answer."


class RefusedError(ProviderError):
    code = "provider.refused"
    sentence = "The service refused the request. Check the connection's settings and parameters."


class UnauthorizedError(RefusedError):
    code = "provider.unauthorized"
    sentence = "The service did not accept the key. Check the connection's API key."


class QuotaExceededError(RefusedError):
    code = "provider.quota_exceeded"
    sentence = "The account at the service has no credit left. Check its plan and billing."


class NotFoundError(RefusedError):
    code = "provider.not_found"
    sentence = "The service has nothing at this address. Check the base URL and the model's name."


class ModelNotSupportedError(RefusedError):
    code = "provider.model_not_supported"
    sentence = "The service does not have this model. Choose another one."


class ContextTooLongError(RefusedError):
    code = "provider.context_too_long"
    sentence = "The conversation is longer than the model can read. Shorten the message or start a new conversation."


class RateLimitedError(RefusedError):
    code = "provider.rate_limited"
    sentence = "The service is receiving too many requests. Wait a little and try again."
    may_retry = True


class UnavailableError(ProviderError):
    code = "provider.unavailable"
    sentence = "The service is failing at the moment. Try again later, or choose another model."


class BadResponseError(ProviderError):
    code = "provider.bad_response"
    sentence = "The service answered with something that is not an answer. Check the connection's base URL and kind."


class RedirectedError(BadResponseError):
    code = "provider.redirected"
    sentence = "The service sent the request elsewhere, which is never followed. Check the connection's base URL."


class IncompleteError(ProviderError):
    code = "provider.incomplete"
    sentence = "The connection to the service broke before the answer was complete. Continue the answer, or try again."


class EmptyAnswerError(ProviderError):
    code = "provider.empty_answer"
    sentence = "The service ended without saying anything. Try again, or choose another model."


class MisconfiguredError(ProviderError):
    code = "provider.misconfigured"
    sentence = "This connection is not set up correctly. Check its settings."
