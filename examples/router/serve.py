"""Serve `users.spy`, compiled, over HTTP: `uvicorn serve:app`."""

from pathlib import Path

from spy_cli import load

users = load(Path(__file__).with_name("users.spy"), engine="native")


async def app(scope, receive, send):
    """Answer one request by the compiled `handle`; the ASGI protocol calls this."""
    if scope["type"] != "http":
        return
    query = scope["query_string"].decode()
    target = scope["raw_path"].decode() + ("?" + query if query else "")
    response = users.handle(scope["method"], target, await body_of(receive))
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body.encode()})


async def body_of(receive):
    """Return the whole body of a request as text."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body.decode(errors="replace")
