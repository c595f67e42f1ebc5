"""What a schedule must reach."""

#: Longest period, in hundredths of the lower bound.
_RATIO = 102
#: Least utilisation where each lane has more products than this.
_UTILIZATION = [(800, 0.95), (440, 0.90)]


def failures(design):
    """What a design misses, each as a few words; nothing if all is well."""
    found = []
    if design.cyclesPerStep * 100 > design.bound_cycles * _RATIO:
        found.append(f"period {design.cyclesPerStep / design.bound_cycles:.3f} x bound")
    share = design.macsPerStep / design.lanes
    wanted = next((part for products, part in _UTILIZATION if share > products), None)
    if wanted is not None and design.utilization < wanted:
        found.append(f"utilisation below {wanted * 100:.0f} %")
    allowed = latency_limit(design)
    if allowed is not None and design.computeLatencyCycles > allowed:
        found.append(f"latency {design.computeLatencyCycles - allowed:,} above {allowed:,}")
    return found


def latency_limit(design):
    """Most cycles from the last input to the last result of a standard LSTM; None for others."""
    network = design.network
    if not network.is_standard_lstm:
        return None
    products = -(-design.macsPerStep // design.lanes)
    return products + (120 if design.lanes <= 8 and not network.has_dense_head else 170)
