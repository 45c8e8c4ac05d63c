"""A remote extension of Trellis from Python's standard library alone. See README.md."""

import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from document import Refused
from execute import execute
from ratings import SCHEMA
from verify import is_from_gateway

LARGEST_BODY = 1024 * 1024


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # A connection on which nothing comes for so many seconds is closed.
    timeout = 60
    # Headers and body are two small packets, of which the second would wait for 40 ms.
    disable_nagle_algorithm = True
    secret = ""

    def do_POST(self):
        length = self.headers.get("content-length", "")
        if not length.isdigit() or int(length) > LARGEST_BODY:
            self.close_connection = True
            return self.refuse(413, f"A body of known length, up to {LARGEST_BODY} bytes, is wanted.")
        body = self.rfile.read(int(length))
        if not is_from_gateway(self.secret, "POST", self.path, self.headers, body):
            return self.refuse(401, "The signature of the gateway is missing, too old or wrong.")
        try:
            query, variables, operation_name = read_request(body)
            return self.answer(200, execute(SCHEMA, query, variables, operation_name))
        except Refused as reason:
            return self.refuse(400, str(reason))

    def refuse(self, status, message):
        self.answer(status, {"errors": [{"message": message}]})

    def answer(self, status, response):
        content = json.dumps(response, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("content-type", "application/graphql-response+json; charset=utf-8")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Requests are the gateway's to log."""


class Server(ThreadingHTTPServer):
    daemon_threads = True
    # The gateway opens up to 50 connections at once; of more than wait here, some are tried again after seconds.
    request_queue_size = 128


def read_request(body):
    try:
        request = json.loads(body)
    except ValueError:
        raise Refused("The body is not JSON.") from None
    if not isinstance(request, dict) or not isinstance(request.get("query"), str):
        raise Refused("The body is no GraphQL request: a text `query` is wanted.")
    variables = request.get("variables") or {}
    if not isinstance(variables, dict):
        raise Refused("variables is not an object.")
    return request["query"], variables, request.get("operationName")


def main():
    Handler.secret = os.environ.get("CREDIT_RATING_SECRET", "")
    if not Handler.secret:
        sys.exit('CREDIT_RATING_SECRET is not set: "whsec_" and the base64 of 24 to 64 bytes, the same as in Trellis.')
    server = Server(("127.0.0.1", int(os.environ.get("PORT") or 4002)), Handler)
    print(f"Credit ratings at http://127.0.0.1:{server.server_port}/graphql", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        pass


main()
