#!/usr/bin/python3
"""An RS485 pair for a test: one master, the simulator, and Modbus devices that are pymodbus and not ours.

usage: shared_line.py LINK SIMULATOR

LINK is where the master finds the line (a pseudo terminal); SIMULATOR is the one of anju-sim, which paces its bytes itself. Whatever the master sends
goes to both, at the rate the master has set; what either answers goes to the master, no faster than the line's rate allows.

A serial server of pymodbus does not do on a shared pair: it has no silence of 3.5 characters, so one frame of another protocol keeps it from the next of
its own. Here it gets each burst of the master by itself, and only what is sent at its own rate. Registers, decoding, exceptions and encoding are
pymodbus'; the values below are packed here and by nothing of ours.
"""

import os
import select
import struct
import sys
import termios
import time
import tty

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.factory import ServerDecoder
from pymodbus.framer.rtu_framer import ModbusRtuFramer

RATE, SPEED = 9600, termios.B9600
DELAY_S = 0.04


def words(at, packed):
    return {at + i: value for i, value in enumerate(struct.unpack(f'>{len(packed) // 2}H', packed))}


def device(holding=None, inputs=None):
    # A block without an address would be no block; nothing asks for the last one.
    empty = {65535: 0}
    return ModbusSlaveContext(hr=ModbusSparseDataBlock(holding or empty), ir=ModbusSparseDataBlock(inputs or empty), zero_mode=True)


# A Hiking DDS238-2 ZN/SR: 2468.13 kWh, 230.4 V, 1.23 A, 283 W, 50.01 Hz, closed.
hiking = {at: 0 for at in range(0x08, 0x1B)}
hiking.update(words(0x0A, struct.pack('>IHHh', 246813, 2304, 123, 283)))
hiking.update({0x10: 999, 0x11: 5001, 0x1A: 1})
# A Chint DDSU666: 97.25 kWh, 231.5 V, 0.5 A, 0.115 kW, 1.0, 49.99 Hz.
chint = {**words(0x2000, struct.pack('>8f', 231.5, 0.5, 0.115, 0, 0, 1.0, 0, 49.99)), **words(0x4000, struct.pack('>f', 97.25))}
chint.update(words(0x400A, struct.pack('>f', 0)))
# A PZEM-014, low word first: 4321 Wh, 229.9 V, 0.1 A, 22.0 W, 50.0 Hz, 0.96.
pzem = words(0, struct.pack('>H8HH', 2299, 100, 0, 220, 0, 4321, 0, 500, 96, 0))
context = ModbusServerContext(slaves={41: device(holding=hiking), 142: device(holding=chint), 243: device(inputs=pzem)}, single=False)
decoder = ServerDecoder()


def answer(burst):
    """What pymodbus answers to one burst of the master; empty: nothing."""
    said = []
    framer = ModbusRtuFramer(decoder)

    def execute(request):
        response = request.execute(context[request.unit_id])
        response.unit_id = request.unit_id
        said.append(framer.buildPacket(response))

    try:
        framer.processIncomingPacket(burst, execute, context.slaves())
    except Exception:  # another protocol's frame: whatever it makes of it, it stays silent
        return b''
    return b''.join(said)


def main(link, simulator):
    master, slave = os.openpty()
    tty.setraw(slave)
    if os.path.islink(link):
        os.remove(link)
    os.symlink(os.ttyname(slave), link)
    sim = os.open(simulator, os.O_RDWR | os.O_NOCTTY)
    tty.setraw(sim)
    waiting = []  # (when, bytes) to the master
    print('ready', flush=True)
    while True:
        timeout = max(0.0, min(at for at, _ in waiting) - time.monotonic()) if waiting else None
        readable, _, _ = select.select([master, sim], [], [], timeout)
        if master in readable:
            burst = os.read(master, 4096)
            speed = termios.tcgetattr(master)[4]
            settings = termios.tcgetattr(sim)
            if settings[4] != speed:
                settings[4] = settings[5] = speed
                termios.tcsetattr(sim, termios.TCSANOW, settings)
            os.write(sim, burst)
            reply = answer(burst) if speed == SPEED else b''
            if reply:
                # The request has to arrive, the device to think, the answer to travel: 10 bits a character.
                characters = len(burst) + len(reply)
                waiting.append((time.monotonic() + characters * 10 / RATE + DELAY_S, reply))
        if sim in readable:
            os.write(master, os.read(sim, 4096))
        now = time.monotonic()
        for at, reply in [one for one in waiting if one[0] <= now]:
            os.write(master, reply)
            waiting.remove((at, reply))


main(*sys.argv[1:3])
