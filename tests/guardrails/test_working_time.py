import gc
from time import thread_time

from guardrails.working_time import working_time


def test_a_pause_of_the_garbage_collector_is_not_counted() -> None:
    heap = [[number] for number in range(500_000)]
    collected, worked = thread_time(), working_time()

    gc.collect()

    collected, worked = thread_time() - collected, working_time() - worked
    assert len(heap) == 500_000
    assert worked < collected / 4


def test_work_is_counted() -> None:
    elapsed, worked = thread_time(), working_time()

    assert sum(number * number for number in range(300_000))

    assert working_time() - worked > (thread_time() - elapsed) / 4
