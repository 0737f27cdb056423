# A server of Modbus TCP that is none of ours (pymodbus, Debian's python3-pymodbus): units with holding registers, which keep what is written.
#
#   /usr/bin/python3 modbus-server.py PORT '{"3": {"16384": 17562, "16385": 20480}, "7": {…}}'
#
# A unit that is not there is answered with 0B, a register that is not there with 02.

import asyncio
import json
import sys

from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext, ModbusSparseDataBlock
from pymodbus.server import StartAsyncTcpServer

port, units = int(sys.argv[1]), json.loads(sys.argv[2])
slaves = {
    int(unit): ModbusSlaveContext(hr=ModbusSparseDataBlock({int(at): word for at, word in registers.items()}), zero_mode=True)
    for unit, registers in units.items()
}
# Started again on its port, while the old connections are remembered by the kernel.
asyncio.run(StartAsyncTcpServer(context=ModbusServerContext(slaves=slaves, single=False), address=("127.0.0.1", port), allow_reuse_address=True))
