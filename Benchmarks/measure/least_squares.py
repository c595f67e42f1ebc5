"""Linear least squares with factors that are not negative, for a handful of unknowns."""


def solve(rows, targets, rounds=20000):
    """Factors that bring sums of columns nearest to the targets, in parts of each target.

    Coordinate descent: every factor in turn takes its best value, never below 0, until none moves.
    """
    # A row is divided by its target, so that errors count relative to it.
    rows = [[value / target for value in row] for row, target in zip(rows, targets)]
    columns = list(zip(*rows))
    squares = [sum(value * value for value in column) for column in columns]
    factors = [0.0] * len(columns)
    residual = [1.0] * len(rows)
    for _ in range(rounds):
        moved = 0.0
        for index, column in enumerate(columns):
            if not squares[index]:
                continue
            step = sum(a * b for a, b in zip(column, residual)) / squares[index]
            best = max(0.0, factors[index] + step)
            change = best - factors[index]
            if change:
                factors[index] = best
                residual = [r - change * value for r, value in zip(residual, column)]
                moved = max(moved, abs(change) * squares[index] ** 0.5)
        if moved < 1e-9:
            break
    return factors


def errors(rows, targets, factors):
    """Relative errors of the sums, in the order of the rows."""
    return [
        sum(value * factor for value, factor in zip(row, factors)) / target - 1
        for row, target in zip(rows, targets)
    ]
