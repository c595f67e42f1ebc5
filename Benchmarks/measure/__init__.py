"""What the benchmarks of hardware share: networks, tools, synthesis, place and route, tables."""
