"""A load generator on bare sockets: keep-alive, so many connections at once, for so many seconds.

It runs in a process of its own (`python benchmarks/hammer.py '{"port": ...}'`) and prints one line of JSON, so that its
own CPU time can be told from the server's.
"""

import asyncio
import json
import resource
import sys
import time


async def one_connection(job: dict, until: float, seen: list[float], faults: list[str]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", job["port"])
    request = (
        f"GET {job['path']} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {job['cookie']}\r\n"
        "Accept-Encoding: gzip\r\nAccept: text/html\r\nConnection: keep-alive\r\n\r\n"
    ).encode()
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        await read_body(reader, head)
        seen.append(time.perf_counter() - began)
        status = head.split(b" ", 2)[1].decode()
        if status != "200":
            faults.append(status)
            if len(faults) > 20:
                break
        if b"connection: close" in head.lower():
            writer.close()
            reader, writer = await asyncio.open_connection("127.0.0.1", job["port"])
    writer.close()


async def read_body(reader: asyncio.StreamReader, head: bytes) -> None:
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            await reader.readexactly(int(line.split(b":")[1]))
            return
        if line.startswith(b"transfer-encoding:") and b"chunked" in line:
            while size := int(await reader.readline(), 16):
                await reader.readexactly(size + 2)
            await reader.readline()
            return


async def main(job: dict) -> dict:
    seen: list[float] = []
    faults: list[str] = []
    began = time.perf_counter()
    until = began + job["seconds"]
    await asyncio.gather(*(one_connection(job, until, seen, faults) for _n in range(job["at_once"])))
    took = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    seen.sort()
    return {
        "requests": len(seen),
        "per_second": len(seen) / took,
        "median_ms": 1000 * seen[len(seen) // 2] if seen else None,
        "p95_ms": 1000 * seen[int(len(seen) * 0.95)] if seen else None,
        "faults": faults[:5],
        "seconds": took,
        "generator_cpu": used.ru_utime + used.ru_stime,
    }


if __name__ == "__main__":
    print(json.dumps(asyncio.run(main(json.loads(sys.argv[1])))))
