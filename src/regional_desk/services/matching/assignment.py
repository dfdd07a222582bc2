"""The matching that places the most people (최다 배정), found as an assignment problem with lapx (rulebook section 4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regional_desk.domain.matching import Matching, Numbered, Problem

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_EXACT = 2**49  # whole numbers up to here stay exact in the solver's sums and differences


def most_placed(problem: Problem) -> Matching:
    """Place the most people; among these matchings the one that is best by what follows, in this order.

    The most of priority group 1, then of group 2, …; the least sum of wish ranks; and, where these leave a choice, the
    better wishes for those with the earlier lots. A position's rank of the trainees says only who is acceptable. The same
    problem gives the same matching, in whatever order its parts are written.
    """
    # Late: numpy and the solver take a tenth of a second that no other page should wait for. From where it stands: the
    # package finds it by name at run time only, which the frozen program's builder cannot follow.
    import numpy as np  # noqa: PLC0415
    from lap._lapjv import lapjv  # noqa: PLC0415

    numbered = problem.numbered
    edges = _wish_ranks(numbered)
    acceptable = np.count_nonzero(edges, axis=0)
    seats = np.minimum(np.array(numbered.seats, dtype=np.int64), acceptable)
    columns = np.repeat(np.arange(len(seats)), seats)
    if not len(columns):
        return {}
    gains = _gains(numbered, edges)[:, columns]
    blocks = _blocks(numbered, seats, columns, gains.max() * 4)
    table = np.vstack([gains, *blocks])
    # A power of two divides without rounding; the solver expects costs well below a million.
    costs = -table / 2.0 ** np.ceil(np.log2(table.max()))
    chosen, _ = lapjv(costs, extend_cost=True, return_cost=False)
    return {
        numbered.trainees[trainee]: numbered.positions[columns[column]].id
        for trainee, column in enumerate(chosen[: len(numbered.trainees)].tolist())
        if column >= 0 and column < len(columns) and gains[trainee, column]
    }


def _wish_ranks(numbered: Numbered) -> NDArray[np.int64]:
    """The wish, from 1, that each position is of each trainee; 0 where it is none or not acceptable."""
    import numpy as np  # noqa: PLC0415

    ranks = np.zeros((len(numbered.trainees), len(numbered.positions) + 1), dtype=np.int64)
    for at, wishes in enumerate(numbered.wishes):
        ranks[at, wishes] = np.arange(1, len(wishes) + 1)
        ranks[at, np.asarray(numbered.keys[at]) >= numbered.nobody] = 0
    return ranks[:, :-1]


def _gains(numbered: Numbered, ranks: NDArray[np.int64]) -> NDArray[np.float64]:
    """What each pair is worth, 0 for a pair that may not be; whole numbers, each aim outweighing all that come after.

    The sets of people who can be placed together form a matroid, so that weights that fall from group to group, by no
    more than one step each, place the most people and among these the most of the first groups.
    """
    import numpy as np  # noqa: PLC0415

    people, longest = ranks.shape[0], int(ranks.max())
    groups = np.array(numbered.groups)
    weights = groups.max() + 1 - groups
    ranks_bound = people * longest + 1
    steps = _EXACT // (int(weights.max()) * ranks_bound * people * (longest + 1))
    levels = max(1, min(people, steps))  # coarser lots where finer ones would no longer be exact
    lots = levels - np.arange(people) * levels // people  # the earliest lot counts most
    lots_bound = people * levels * (longest + 1)
    gains = (weights * ranks_bound * lots_bound)[:, None] - ranks * lots_bound
    gains += lots[:, None] * (longest + 1 - ranks)
    return np.where(ranks > 0, gains, 0).astype(np.float64)


def _blocks(
    numbered: Numbered, seats: NDArray[np.int64], columns: NDArray[np.int64], worth: float
) -> list[NDArray[np.float64]]:
    """Rows of nobody who hold the seats a company has beyond its cap, worth more than any person."""
    import numpy as np  # noqa: PLC0415

    blocks = []
    for positions, cap in zip(numbered.siblings, numbered.caps, strict=True):
        beyond = 0 if cap is None else int(seats[positions].sum()) - cap
        if beyond > 0:
            row = np.where(np.isin(columns, positions), worth, 0.0)
            blocks.append(np.tile(row, (beyond, 1)))
    return blocks
