"""A serial line that loses things: a pseudo-terminal before another one.

    python3 noisy_line.py PORT request2:flip reply5:drop ...

Prints the name of its own end. The second request gets a wrong bit here, the fifth reply does not come.
It ends with its standard input.
"""

import os
import select
import sys
import tty

port = os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY)
near, far = os.openpty()
tty.setraw(far)
print(os.ttyname(far), flush=True)
faults = dict(word.split(":") for word in sys.argv[2:])
kinds = {near: "request", port: "reply"}
rest = {near: b"", port: b""}
count = {near: 0, port: 0}
while True:
    for end in select.select([near, port, sys.stdin], [], [])[0]:
        if end is sys.stdin:
            sys.exit()
        rest[end] += os.read(end, 4096)
        while b"\0" in rest[end]:
            frame, rest[end] = rest[end].split(b"\0", 1)
            # A lone zero ends whatever was there before.
            count[end] += bool(frame)
            fault = faults.get(f"{kinds[end]}{count[end]}") if frame else None
            if fault == "drop":
                continue
            if fault == "flip":
                frame = frame[:1] + bytes([frame[1] ^ 4 or 8]) + frame[2:]
            if fault == "noise":
                frame = b"\x41\x42" + frame
            frame += b"\0"
            # Readers get frames in pieces.
            for at in range(0, len(frame), 3):
                os.write(port if end == near else near, frame[at : at + 3])
