"""Slow work is done aside: once for all, one after the other, the last results kept."""

from __future__ import annotations

import threading

import pytest

from pages.aside import Aside

SECONDS = 20


def test_work_is_done_once_however_many_ask_for_it() -> None:
    aside = Aside[int]("test", kept=5)
    done: list[int] = []

    def work() -> int:
        done.append(1)
        return 7

    asked = [aside.ask("a", work) for _ in range(3)]
    assert {one.result(SECONDS) for one in asked} == {7}
    assert aside.ask("a", work).result(SECONDS) == 7
    assert done == [1]


def test_an_error_is_given_to_those_who_ask_and_the_next_work_is_done() -> None:
    aside = Aside[int]("test", kept=5)

    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        aside.ask("a", fail).result(SECONDS)
    assert aside.ask("b", lambda: 2).result(SECONDS) == 2


def test_old_results_are_let_go_and_work_that_nobody_waits_for_is_not_begun() -> None:
    let_go: list[str] = []
    aside = Aside[str]("test", kept=2, let_go=let_go.append)
    gate = threading.Event()

    def wait() -> str:
        gate.wait(SECONDS)
        return "first"

    first = aside.ask("a", wait)
    second = aside.ask("b", lambda: pytest.fail("nobody waits for it"))
    aside.ask("c", lambda: "c")
    last = aside.ask("d", lambda: "d")
    gate.set()
    assert (first.result(SECONDS), last.result(SECONDS)) == ("first", "d")
    assert let_go == ["a", "b"] and second.cancelled()
