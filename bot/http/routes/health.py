"""`/healthz`, `/readyz`, `/metrics`: whether the server lives, whether it takes requests, its numbers."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Response

from bot.http import metrics
from bot.http.openapi import problems
from bot.http.problems import RequestRefused, log_fault
from bot.http.routes.article_bodies import HealthBody
from bot.http.service import Service


class HealthRoutes:
    """The routes for whoever looks after the server; they never wait at the gate."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def router(self) -> APIRouter:
        """The routes, described."""
        router = APIRouter(tags=["the server"])
        router.add_api_route(
            "/healthz",
            self.healthz,
            methods=["GET"],
            operation_id="healthz",
            summary="Whether the process lives",
        )
        router.add_api_route(
            "/readyz",
            self.readyz,
            methods=["GET"],
            operation_id="readyz",
            summary="Whether it should be sent requests",
            responses=problems(503),
        )
        if self._service.settings.metrics:
            router.add_api_route(
                "/metrics",
                self.metrics,
                methods=["GET"],
                operation_id="metrics",
                summary="Numbers for Prometheus",
                response_class=Response,
                responses={200: {"description": "Numbers", "content": _NUMBERS}},
            )
        return router

    async def healthz(self) -> HealthBody:
        """Answers as long as the event loop turns."""
        return HealthBody(status="ok")

    async def readyz(self) -> HealthBody:
        """No while the archive cannot be read, and from the moment the server is told to end."""
        if self._service.life.draining:
            raise RequestRefused(503, "the server is on its way out", headers={"Retry-After": "5"})
        try:
            await asyncio.to_thread(self._service.library.status)
        except Exception as exc:
            log_fault(exc)
            raise RequestRefused(503, "the archive cannot be read", headers={"Retry-After": "30"}) from None
        return HealthBody(status="ok")

    async def metrics(self) -> Response:
        """Requests, times, answers by reason, places taken; no names, no words."""
        text = await asyncio.to_thread(self._service.metrics.text)
        return Response(text, media_type=metrics.MEDIA_TYPE)


_NUMBERS = {"text/plain": {"schema": {"type": "string"}, "example": "dateline_gate_waiting 0.0\n"}}
