"""One request into one response, over a connection to an address that was checked and to no other.

The name is looked up once, every address that it has is checked, and one of those is connected to: what the
name says a moment later changes nothing. There is no client around it, hence no cookies, no environment's
proxies, no credentials of `.netrc`, no referrer and no redirect that is followed unseen.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

import httpcore

from index.errors import FetchReason, FetchRefused
from index.fetching.addresses import Address, Resolve, check_public
from index.fetching.limits import Deadline, FetchSettings

_HEADS = 200_000  # bytes of a response beside its body, at most
_Option = httpcore.SOCKET_OPTION


@dataclass(frozen=True)
class Answered:
    """What a host answered: names of headers in lower case, several of one name joined; the body as it came.

    Only a success (2xx) has a body; nobody reads what stands on an error's page.
    """

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Transport:
    """Asks one address at a time, each over a connection of its own; may be used by several threads."""

    def __init__(self, settings: FetchSettings, resolve: Resolve) -> None:
        self._settings = settings
        self._resolve = resolve
        self._context: ssl.SSLContext | None = None

    def ask(self, address: Address, headers: Mapping[str, str], deadline: Deadline) -> Answered:
        """What `address` answers to a GET. Raises `FetchRefused`."""
        with self._answering(b"GET", address, headers, None, deadline) as response:
            told = _joined(response.headers)
            is_body_wanted = 200 <= response.status < 300
            return Answered(response.status, told, self._body(response, told) if is_body_wanted else b"")

    def post(
        self, address: Address, headers: Mapping[str, str], content: bytes, deadline: Deadline
    ) -> Answered:
        """What `address` answers to a POST; its body is not read. Raises `FetchRefused`."""
        with self._answering(b"POST", address, headers, content, deadline) as response:
            return Answered(response.status, _joined(response.headers))

    @contextmanager
    def _answering(
        self,
        method: bytes,
        address: Address,
        headers: Mapping[str, str],
        content: bytes | None,
        deadline: Deadline,
    ) -> Iterator[httpcore.Response]:
        limits = self._settings
        timeouts = {"connect": limits.connect_s, "read": limits.silence_s, "write": limits.silence_s}
        length = {} if content is None else {"Content-Length": str(len(content))}
        with (
            deadline,
            _translated(limits),
            self._pool(address, deadline) as pool,
            pool.stream(
                method,
                httpcore.URL(
                    scheme=address.scheme.encode(),
                    host=address.host.encode(),
                    port=address.port,
                    target=address.target.encode(),
                ),
                headers=_sent({"Host": address.origin.partition("//")[2], **headers, **length}),
                content=content,
                extensions={"timeout": timeouts},
            ) as response,
        ):
            yield response

    def _pool(self, address: Address, deadline: Deadline) -> httpcore.ConnectionPool:
        """What makes the one connection, to the address or to the proxy."""
        settings = self._settings
        if "https" in (address.scheme, (settings.proxy or "").partition(":")[0]):
            self._context = self._context or _tls()
        if settings.proxy is None:
            return httpcore.ConnectionPool(
                ssl_context=self._context, network_backend=_Guarded(settings, self._resolve, deadline)
            )
        if address.is_ip and not settings.allows(address.host, address.port):
            check_public([address.host])
        return httpcore.HTTPProxy(
            settings.proxy,
            ssl_context=self._context,
            network_backend=_Guarded(_reaching_proxy(settings), self._resolve, deadline),
        )

    def _body(self, response: httpcore.Response, headers: Mapping[str, str]) -> bytes:
        most = self._settings.most_bytes
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > most:  # of 20 digits at most, says h11
            raise _too_large(f"is said to have {int(length):,}", most)
        body = bytearray()
        for part in response.iter_stream():
            body += part
            if len(body) > most:
                raise _too_large(f"has more than {most:,}", most)
        return bytes(body)


class _Guarded(httpcore.NetworkBackend):
    """Connects to public addresses only, and to hosts that are named as allowed."""

    def __init__(self, settings: FetchSettings, resolve: Resolve, deadline: Deadline) -> None:
        self._settings = settings
        self._resolve = resolve
        self._deadline = deadline
        self._system = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[_Option] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the host's addresses, in their order, once all of them are checked."""
        addresses = self._looked_up(host)
        if not self._settings.allows(host, port):
            check_public(addresses)
        failed: Exception | None = None
        for address in addresses:
            try:
                stream = self._system.connect_tcp(
                    address, port, timeout=self._deadline.within(timeout), socket_options=socket_options
                )
                return _Bounded(stream, self._deadline, self._settings.most_bytes + _HEADS)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as exc:
                failed = exc
        why = "does not answer" if isinstance(failed, httpcore.ConnectTimeout) else f"{failed}"
        raise FetchRefused("unreachable", f"cannot be connected to ({addresses[-1]}, port {port}: {why})")

    def _looked_up(self, host: str) -> list[str]:
        try:
            addresses = list(self._resolve(host))
        except (OSError, UnicodeError) as exc:
            raise FetchRefused("unresolved", f"has a host that is not found: {host!r} ({exc})") from exc
        if not addresses:
            raise FetchRefused("unresolved", f"has a host without an address: {host!r}")
        return addresses


class _Bounded(httpcore.NetworkStream):
    """A connection that gives so many bytes, by a deadline, and no more: heads and trailers, too."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline, most: int) -> None:
        self._stream = stream
        self._deadline = deadline
        self._most = self._left = most

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        data = self._stream.read(max_bytes, self._deadline.within(timeout))
        self._left -= len(data)
        if self._left < 0:
            raise _too_large(f"sends more than {self._most:,}, its heads included", self._most)
        return data

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.within(timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        try:
            stream = self._stream.start_tls(ssl_context, server_hostname, self._deadline.within(timeout))
        except httpcore.ConnectError as exc:
            raise FetchRefused("tls", f"cannot be trusted: {exc}, expected a valid certificate") from exc
        return _Bounded(stream, self._deadline, self._left)

    def get_extra_info(self, info: str) -> object:
        return self._stream.get_extra_info(info)


@contextmanager
def _translated(limits: FetchSettings) -> Iterator[None]:
    """Errors of httpcore as refusals."""
    try:
        yield
    except httpcore.TimeoutException as exc:
        raise FetchRefused("too-slow", f"sends nothing for {limits.silence_s:g} s, the longest wait") from exc
    except httpcore.ProtocolError as exc:
        is_cut = "without sending complete message body" in str(exc)
        reason: FetchReason = "cut-off" if is_cut else "bad-response"
        raise FetchRefused(reason, f"does not answer as HTTP: {str(exc)[:200]}") from exc
    except (httpcore.NetworkError, httpcore.ProxyError) as exc:
        raise FetchRefused(
            "unreachable", f"breaks off the connection: {str(exc)[:200] or 'no reason'}"
        ) from exc


def _reaching_proxy(settings: FetchSettings) -> FetchSettings:
    """The settings under which the proxy may be connected to, wherever it stands."""
    url = httpcore.URL(settings.proxy or "")
    host, port = url.origin.host.decode(), url.origin.port
    return replace(settings, hosts=settings.hosts | {f"[{host}]:{port}" if ":" in host else f"{host}:{port}"})


def _sent(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("ascii"), value.encode("latin-1", "replace")) for name, value in headers.items()]


def _joined(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    told: dict[str, str] = {}
    for name, value in headers:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        told[key] = f"{told[key]}, {text}" if key in told else text
    return told


def _too_large(what: str, most: int) -> FetchRefused:
    return FetchRefused("too-large", f"{what} bytes, expected at most {most:,}")


def _tls() -> ssl.SSLContext:
    import httpx

    return httpx.create_ssl_context()  # certifi's list, or what SSL_CERT_FILE names
