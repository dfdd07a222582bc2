"""What the program does with itself once the office stands open."""

from __future__ import annotations

import gc

from regional_desk.desktop.start import settle_collector


def test_what_stays_is_kept_from_the_collector_and_new_garbage_is_still_found() -> None:
    before = gc.get_threshold()
    try:
        settle_collector()
        assert gc.get_freeze_count() > 10_000
        ring: list[object] = []
        ring.append(ring)
        del ring
        assert gc.collect() > 0
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
