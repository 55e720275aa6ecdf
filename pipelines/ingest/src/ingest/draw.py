"""Draws for generated trips, as SQL: the same for the same seed, service, month and row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.delivery import Key
from ingest.sql import literal


@dataclass(frozen=True)
class Recipe:
    key: Key
    rows: int
    seed: int = 7

    @property
    def numbered(self) -> str:
        """A query of `rows` rows with a `seed_row` each; a few neighbours have the same, and become exact twins."""
        return f"SELECT i - if(hash(i, 'twin {self.seed}') % 2500 = 0, 1, 0) AS seed_row FROM range({self.rows}) t(i)"

    def chance(self, name: str) -> str:
        """A number from 0 to 1, another for each name."""
        # Hashed twice: hashes of the same number with two names differ by a constant only, and would go together.
        return f"(hash(hash(seed_row, {literal(f'{name} {self.seed} {self.key.slug}')})) / 18446744073709551616.0)"

    def pick(self, name: str, shares: Sequence[int], start: int) -> str:
        """A number from `start` on, each as often as its share."""
        lottery = [start + index for index, share in enumerate(shares) for _ in range(share)]
        return f"({lottery})[1 + CAST(floor({self.chance(name)} * {len(lottery)}) AS BIGINT)]"
