"""Pseudo-random numbers that are the same on every machine and in every version of Python."""

_MASK = (1 << 64) - 1


class SplitMix64:
    """One seed, one sequence."""

    def __init__(self, seed):
        self._state = seed & _MASK

    def next(self):
        self._state = (self._state + 0x9E3779B97F4A7C15) & _MASK
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _MASK
        return mixed ^ (mixed >> 31)

    def uniform(self, limit):
        """A number from -limit up to, but without, limit."""
        return ((self.next() >> 11) * 2.0**-53 * 2 - 1) * limit
