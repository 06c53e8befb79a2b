"""Loads that are measured: what is asked, and how a server's end is counted."""

from __future__ import annotations

import asyncio
import random
import signal

from http_process import QUESTION, a_process

from eval.speed.load_asking import Questions, Served, ask_for


def test_no_question_is_asked_twice_unless_they_repeat() -> None:
    chance, texts = random.Random(1), ["Who?", "When?"]
    fresh, repeating = Questions(texts), Questions(texts, repeating=True)
    asked = [fresh.pick(chance) for _ in range(50)]
    assert len(set(asked)) == 50
    assert all(one.startswith(tuple(texts)) for one in asked)
    assert {repeating.pick(chance) for _ in range(50)} == set(texts)


def test_clients_ask_until_the_door_is_closed_and_see_who_was_cut() -> None:
    with a_process(seconds=0.05) as process:
        served = Served(process.running, process.port, token="")

        async def ended(number: signal.Signals) -> tuple[int, list[str]]:
            asking = asyncio.create_task(
                ask_for(served, Questions([QUESTION["question"]]), clients=3, seconds=20)
            )
            await asyncio.sleep(0.5)
            process.running.send_signal(number)
            load = await asking
            return load.statuses[200], load.cut

        answered, cut = asyncio.run(ended(signal.SIGTERM))
        assert answered > 3
        assert cut == []
    with a_process(seconds=0.05) as process:
        served = Served(process.running, process.port, token="")
        assert len(asyncio.run(ended(signal.SIGKILL))[1]) == 3
