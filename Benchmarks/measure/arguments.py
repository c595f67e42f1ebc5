"""Options that several benchmarks share."""

import argparse
import sys

from . import networks


class Parser(argparse.ArgumentParser):
    """A parser whose usage errors end with the status of all our programs."""

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(64, f"{self.prog}: {message}\n")


def add_networks(parser, default=()):
    """Which networks run."""
    names = [network.name for network in networks.ALL]
    without = f"default: {','.join(default)}; there are" if default else "all without it:"
    parser.add_argument(
        "--networks", type=_names, default=list(default), metavar="NAME,...",
        help=f"{without} {', '.join(names)}")


def add_style(parser):
    """How the table is printed."""
    style = parser.add_mutually_exclusive_group()
    style.add_argument("--json", action="store_true", help="one JSON object instead of a table")
    style.add_argument("--markdown", action="store_true", help="a table for a document")


def add_choice(parser, lanes):
    """Which networks, lanes and profiles run, and how the table is printed."""
    add_networks(parser)
    parser.add_argument(
        "--lanes", type=_lanes, default=lanes, metavar="P,...",
        help=f"default: {','.join(map(str, lanes))}")
    parser.add_argument(
        "--profiles", type=_names, default=[None], metavar="NAME,...",
        help="pipeline depths; without it the compiler's choice")
    add_style(parser)


def choose_networks(parser, arguments):
    try:
        return networks.named(arguments.networks)
    except KeyError as error:
        parser.error(error.args[0])


def print_table(table, arguments, **more):
    if arguments.json:
        print(table.json(schema="lstmg-hdl/1", **more))
    else:
        print(table.markdown() if arguments.markdown else table.text())
    sys.stdout.flush()


def _names(text):
    return [name for name in text.split(",") if name]


def _lanes(text):
    return [int(number) for number in _names(text)]
