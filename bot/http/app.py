"""The parts of a server into one FastAPI application."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.middleware.cors import CORSMiddleware
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from bot.answering.ports import Asker, EditableLibrary
from bot.answers.asked import Asked
from bot.checking.checker import QuoteChecker
from bot.http.access.gate import Gate
from bot.http.access.guard import Guard
from bot.http.access.keys import KeyRing
from bot.http.examples import ExampleQuestions
from bot.http.follows import HttpFollows
from bot.http.metrics import Metrics
from bot.http.openapi import describe
from bot.http.prefix import Prefix
from bot.http.problems import add_problems
from bot.http.processes.pool import Workers
from bot.http.request_log import Life, Observer
from bot.http.routes.articles import ArticleRoutes
from bot.http.routes.ask import AskRoutes
from bot.http.routes.batch import BatchRoutes
from bot.http.routes.chat_completions import ChatRoutes
from bot.http.routes.check import CheckRoutes
from bot.http.routes.examples import ExampleRoutes
from bot.http.routes.feedback import FILE, FeedbackRoutes
from bot.http.routes.feeds import FeedRoutes
from bot.http.routes.follows import FollowRoutes
from bot.http.routes.front import FrontRoutes
from bot.http.routes.health import HealthRoutes
from bot.http.routes.mcp import MCP_OPERATION, mcp_route
from bot.http.routes.origins import OriginRoutes
from bot.http.routes.page import page_router
from bot.http.routes.timeline import TimelineRoutes
from bot.http.service import ClientLeft, Service
from bot.http.settings import HttpSettings


def create_app(
    asker: Asker,
    library: EditableLibrary,
    *,
    keys: KeyRing,
    settings: HttpSettings | None = None,
    life: Life | None = None,
    home: Path | None = None,
    follows: HttpFollows | None = None,
    examples: ExampleQuestions | None = None,
) -> FastAPI:
    """The application; with a `home`, readers' feedback is kept, with `follows`, questions are followed.

    `life` is shared with the server that runs it, which says when it has to end; so are `examples`, which it
    begins to look for.
    """
    settings = settings or HttpSettings()
    examples = examples or ExampleQuestions(asker, library, patience=settings.answer_timeout)
    service = _service(
        asker,
        library,
        settings=settings,
        life=life or Life(),
        kept=home is not None,
        follows=follows is not None,
    )
    app = FastAPI(
        docs_url=None,  # FastAPI's documentation pages load scripts from elsewhere
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        redirect_slashes=False,
    )
    number = version("dateline")
    describe(app, version=number, prefix=settings.root_path, posts={"/mcp": MCP_OPERATION})
    add_problems(app)
    app.add_exception_handler(ClientLeft, _nobody)
    for router in (
        AskRoutes(service).router(),
        BatchRoutes(service, home / "batches" if home else None).router(),
        TimelineRoutes(service).router(),
        CheckRoutes(service).router(),
        ExampleRoutes(service, examples).router(),
        ArticleRoutes(service, version=number).router(),
        OriginRoutes(service).router(),
        FeedRoutes(service).router(),
        ChatRoutes(service).router(),
        HealthRoutes(service).router(),
        page_router(),
        FrontRoutes(service).router(),
    ):
        app.include_router(router)
    app.router.routes.append(mcp_route(service))
    if follows:
        app.include_router(FollowRoutes(service, follows, keys).router())
    if service.feedback and home:
        app.include_router(FeedbackRoutes(service, home / FILE).router())
    _wrap(app, service, keys=keys)
    return app


def _service(
    asker: Asker, library: EditableLibrary, *, settings: HttpSettings, life: Life, kept: bool, follows: bool
) -> Service:
    workers = asker if isinstance(asker, Workers) else None
    at_once = max(settings.at_once, workers.count if workers else 0)
    gate = Gate(at_once=at_once, waiting=settings.waiting, patience=settings.patience)
    writing = Gate(at_once=settings.llm_at_once, waiting=settings.waiting, patience=settings.patience)
    writes = Gate(at_once=1, waiting=4, patience=settings.patience)
    metrics = Metrics()
    metrics.watch("gate_inside", "Questions that are worked on.", lambda: gate.inside)
    metrics.watch("gate_waiting", "Questions that wait for a place.", lambda: gate.waiting)
    metrics.watch("llm_inside", "Questions that a language model answers.", lambda: writing.inside)
    metrics.watch("draining", "1 from the moment the server was told to end.", lambda: life.draining)
    metrics.watch("workers_ready", "Processes that can answer.", lambda: workers.ready if workers else 0)
    metrics.watch("workers_died", "Processes that died.", lambda: workers.died if workers else 0)
    metrics.watch("workers_bytes", "Memory of these processes.", workers.memory if workers else lambda: 0)
    waits = workers.waits if workers else _never
    feedback = bool(settings.feedback) and kept
    return Service(
        asker,
        library,
        QuoteChecker(library),
        settings,
        gate,
        writing,
        writes,
        metrics,
        life,
        waits,
        feedback,
        follows,
    )


def _never(_asked: Asked) -> bool:
    return False


def _wrap(app: FastAPI, service: Service, *, keys: KeyRing) -> None:
    """The layers around the routes; the last one added is the outermost."""
    settings = service.settings
    app.add_middleware(Guard, keys=keys, settings=settings)
    if settings.cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(settings.cors_origins),
            allow_methods=["GET", "POST", "DELETE"],
            allow_headers=["*"],  # OpenAI's client in a browser sends x-stainless-…, others what they like
            expose_headers=["Retry-After", "X-Request-Id"],
        )
    app.add_middleware(
        Observer, metrics=service.metrics, life=service.life, log_questions=settings.log_questions
    )
    if settings.root_path:
        app.add_middleware(Prefix, prefix=settings.root_path)


class _Silence(Response):
    """The answer to a client that is gone: none."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send nothing (ASGI)."""


async def _nobody(_request: Request, _exc: Exception) -> Response:
    return _Silence()
