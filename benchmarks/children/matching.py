"""Seconds and CPU seconds of matching 600 trainees and 480 companies with full lists, in a process that did nothing before.

From plain lists to both matchings with their measures, blocking pairs and every explanation in Korean; the imports of the
program, of numpy and of the solver are in it, making up the lists is not.
"""

from __future__ import annotations

import random
import time
from uuid import UUID

_PEOPLE, _COMPANIES = 600, 480

chance = random.Random(1)
people = [UUID(int=chance.getrandbits(128)) for _ in range(_PEOPLE)]
companies = [UUID(int=chance.getrandbits(128)) for _ in range(_COMPANIES)]
offers = [UUID(int=chance.getrandbits(128)) for _ in range(_COMPANIES)]
wishes = {one: tuple(chance.sample(offers, _COMPANIES)) for one in people}
orders = {one: {who: at for at, who in enumerate(chance.sample(people, _PEOPLE), 1)} for one in offers}

started, cpu = time.perf_counter(), time.process_time()

from regional_desk.domain.matching import Position, Problem, blocking_pairs, measure, stable  # noqa: E402
from regional_desk.services.matching.assignment import most_placed  # noqa: E402
from regional_desk.services.matching.explaining import Names, explanations  # noqa: E402

positions = tuple(Position(one, owner, 1) for one, owner in zip(offers, companies, strict=True))
problem = Problem(tuple(people), {}, positions, wishes, orders, {}, frozenset(), 1)
names = Names(dict.fromkeys(people, "홍길동"), dict.fromkeys(offers, "한빛정밀 생산기술"))
matchings = [stable(problem), most_placed(problem)]
measures = [measure(problem, one) for one in matchings]
pairs = [blocking_pairs(problem, one) for one in matchings]
told = [explanations(problem, one, names) for one in matchings]

seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - cpu

assert [one.placed for one in measures] == [_COMPANIES, _COMPANIES]
assert not pairs[0]
assert len(pairs[1]) == measures[1].blocking
assert all(len(one.trainees) == _PEOPLE and len(one.positions) == _COMPANIES for one in told)
print(seconds, cpu_seconds)
