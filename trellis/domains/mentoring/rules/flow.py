"""Units that flow through arcs with limits, and how to spread them over their ends as evenly as can be.

An augmenting path never takes back what an earlier starting point sent, and never lowers what an end received: so
starting points are served one after the other, and what is found is the most that can flow (Ford and Fulkerson 1956).
Among all flows of that size there is one whose loads at the ends are the most even in every sense at once (smallest
maximum, largest minimum, least sum of squares: they form the base of a polymatroid, Frank and Murota 2022), and it is
reached when no path leads from an end to another that has at least two less.
"""

from collections import deque
from collections.abc import Callable, Iterable


class Network:
    """Nodes are numbers; an arc and its opposite stand at `2n` and `2n + 1`."""

    def __init__(self, nodes: int) -> None:
        self.arcs_of: list[list[int]] = [[] for _ in range(nodes)]
        self.to: list[int] = []
        self.room: list[int] = []  # what can still flow

    def node(self) -> int:
        """One node more; returns its number."""
        self.arcs_of.append([])
        return len(self.arcs_of) - 1

    def connect(self, start: int, end: int, limit: int) -> int:
        """An arc; returns its number."""
        arc = len(self.to)
        self.to += (end, start)
        self.room += (limit, 0)
        self.arcs_of[start].append(arc)
        self.arcs_of[end].append(arc + 1)
        return arc

    def flow(self, arc: int) -> int:
        """What flows through an arc."""
        return self.room[arc ^ 1]

    def push(self, arcs: Iterable[int]) -> None:
        """One unit through each of the arcs."""
        for arc in arcs:
            self.room[arc] -= 1
            self.room[arc ^ 1] += 1

    def reach(self, start: int, until: Callable[[int], bool] = lambda node: False) -> tuple[dict[int, int], int | None]:
        """Each node that can be reached with the arc that leads there (-1 at the start), and the first one wanted."""
        came_by = {start: -1}
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            if until(node):
                return came_by, node
            for arc in self.arcs_of[node]:
                end = self.to[arc]
                if self.room[arc] and end not in came_by:
                    came_by[end] = arc
                    waiting.append(end)
        return came_by, None

    def way_to(self, node: int, came_by: dict[int, int]) -> list[int]:
        """The arcs to a node that was reached."""
        arcs = []
        while (arc := came_by[node]) >= 0:
            arcs.append(arc)
            node = self.to[arc ^ 1]
        return arcs

    def send(self, start: int, wanted: Callable[[int], bool]) -> int | None:
        """One unit from the start to a wanted node, moving others aside when needed; None when nothing can flow."""
        came_by, end = self.reach(start, wanted)
        if end is not None:
            self.push(self.way_to(end, came_by))
        return end

    def level(self, loads: dict[int, int]) -> None:
        """Move units between the ends until their loads are as even as can be; `loads` is brought up to date.

        From the fullest end on: when nothing with two less can be reached from it, all that it reaches is settled, for
        no way leads out of there, and a later way that led in would have found an end with too much.
        """
        settled: set[int] = set()
        while len(settled) < len(loads):
            most = max((end for end in loads if end not in settled), key=lambda end: (loads[end], -end))
            came_by, _ = self.reach(most)
            others = [end for end in came_by if end in loads]
            least = min(others, key=lambda end: (loads[end], end))
            if loads[least] <= loads[most] - 2:
                self.push(self.way_to(least, came_by))
                loads[most] -= 1
                loads[least] += 1
            else:
                settled.update(others)
