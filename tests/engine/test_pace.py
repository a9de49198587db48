"""How many threads are used beside other programs."""

from __future__ import annotations

from typing import NamedTuple

from desktop_app.engine.pace import Pace, busy_seconds


class Machine:
    """A machine whose clocks a test can turn."""

    def __init__(self) -> None:
        self.time = self.all = self.ours = 0.0

    def pass_(self, seconds: float, *, ours: float, others: float) -> None:
        self.time += seconds
        self.ours += seconds * ours
        self.all += seconds * (ours + others)

    def pace(self, cores: int) -> Pace:
        pace = Pace(now=lambda: self.time, busy=lambda: self.all, own=lambda: self.ours)
        pace.most = cores
        pace._free = float(cores)
        return pace


def test_alone_all_cores_are_used_and_bulk_work_leaves_one_of_three() -> None:
    machine = Machine()
    for cores, bulk in ((1, 1), (2, 2), (3, 2), (8, 7)):
        pace = machine.pace(cores)
        assert (pace.threads(watched=True), pace.threads(watched=False)) == (cores, bulk)


def test_beside_a_busy_program_a_thread_less_is_used_until_it_is_done() -> None:
    machine = Machine()
    pace = machine.pace(2)
    for _ in range(6):
        machine.pass_(1.0, ours=1.2, others=0.8)
        used = pace.threads(watched=True)
    assert used == 1
    for _ in range(6):
        machine.pass_(1.0, ours=1.0, others=0.0)
        used = pace.threads(watched=True)
    assert used == 2


def test_however_busy_the_machine_one_thread_is_left() -> None:
    machine = Machine()
    pace = machine.pace(2)
    for _ in range(9):
        machine.pass_(1.0, ours=0.1, others=5.0)
        pace.threads(watched=True)
    assert pace.threads(watched=True) == 1


def test_a_wish_for_threads_is_followed_come_what_may() -> None:
    assert Pace(5).threads(watched=False) == 5


class Times(NamedTuple):
    """Core seconds as Linux counts them; `guest` is in `user` already."""

    user: float
    nice: float
    system: float
    idle: float
    iowait: float
    guest: float


def test_programs_that_give_way_take_no_thread_from_us_unless_we_give_way_too() -> None:
    times = Times(user=10.0, nice=100.0, system=2.0, idle=50.0, iowait=5.0, guest=3.0)
    assert busy_seconds(times, polite=False) == 12.0
    assert busy_seconds(times, polite=True) == 112.0
