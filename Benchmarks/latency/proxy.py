"""A proxy in front of a unix socket that holds every byte of a client back for a while.

usage: proxy.py SOCKET MILLISECONDS

Prints the port of 127.0.0.1 where it listens. Only the way to the server is slow, so that a round
trip takes so much longer; what follows closely is held back at the same time and not in turn.
"""

import asyncio
import socket
import sys
from collections import deque

# What an event loop's timers may be late by: the rest of the time is waited for awake.
GRAIN = 0.0015


async def hold(reader, writer, seconds):
    """Hands on what comes, each piece after its time."""
    loop = asyncio.get_running_loop()
    pieces = deque()
    arrived = asyncio.Event()

    async def receive():
        while data := await reader.read(65536):
            pieces.append((loop.time() + seconds, data))
            arrived.set()
        pieces.append((loop.time() + seconds, b""))
        arrived.set()

    receiving = asyncio.create_task(receive())
    try:
        while True:
            while not pieces:
                arrived.clear()
                await arrived.wait()
            due, data = pieces.popleft()
            if due - loop.time() > GRAIN:
                await asyncio.sleep(due - loop.time() - GRAIN)
            while loop.time() < due:
                await asyncio.sleep(0)
            if not data:
                break
            writer.write(data)
            await writer.drain()
    except OSError:
        pass  # one end has gone: so does the other
    finally:
        receiving.cancel()
        writer.close()


async def main():
    path, seconds = sys.argv[1], float(sys.argv[2]) / 1000

    async def connected(client_reader, client_writer):
        server_reader, server_writer = await asyncio.open_unix_connection(path)
        client_writer.get_extra_info("socket").setsockopt(
            socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        await asyncio.gather(
            hold(client_reader, server_writer, seconds), hold(server_reader, client_writer, 0))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        pass
