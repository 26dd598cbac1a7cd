"""The application that uvicorn serves: Strawberry's schema behind a bare ASGI function.

Where PostgreSQL is, asyncpg reads from PGHOST, PGUSER and PGDATABASE.
"""

import os

import asyncpg
import orjson
import strawberry
from strawberry.extensions import ParserCache, ValidationCache

import product

schema = strawberry.Schema(
    query=product.Query, mutation=product.Mutation, config=product.CONFIG,
    extensions=[ParserCache(), ValidationCache()])
state = {}


async def keep_as_it_is(connection):
    """Else asyncpg asks PostgreSQL to forget what nobody here sets, after each statement."""


async def lifespan(receive, send):
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            state["pool"] = await asyncpg.create_pool(
                min_size=1, max_size=int(os.environ["CONNECTIONS"]),
                reset=keep_as_it_is,
                server_settings={"plan_cache_mode": "force_generic_plan"})
        else:
            await state["pool"].close()
        await send({"type": message["type"] + ".complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def body_of(receive):
    message = await receive()
    body = message["body"]
    while message.get("more_body"):
        message = await receive()
        body += message["body"]
    return body


async def application(scope, receive, send):
    if scope["type"] == "lifespan":
        return await lifespan(receive, send)
    request = orjson.loads(await body_of(receive))
    viewer = next(
        (int(value) for name, value in scope["headers"] if name == b"marquee-viewer"), None)
    result = await schema.execute(
        request["query"], variable_values=request.get("variables"),
        context_value=product.Context(state["pool"], viewer))
    answer = {"data": result.data}
    if result.errors:
        answer = {"errors": [error.formatted for error in result.errors], **answer}
    body = orjson.dumps(answer)
    await send({
        "type": "http.response.start", "status": 200,
        "headers": [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode())]})
    await send({"type": "http.response.body", "body": body})
