// Node's own HTTP server, answering as the other servers do.
// usage: node server.js PORT WORKERS
"use strict";
const cluster = require("node:cluster");
const fs = require("node:fs");
const http = require("node:http");
const path = require("node:path");

const port = Number(process.argv[2]);
const workers = Number(process.argv[3]);
const body = fs.readFileSync(path.join(__dirname, "body.json"));

function answer(request, response) {
  if (request.url !== "/hello") {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    "Content-Type": "application/json",
    "Content-Length": body.length,
  });
  response.end(body);
}

if (workers > 1 && cluster.isPrimary) {
  for (let count = 0; count < workers; count++) cluster.fork();
} else {
  const server = http.createServer(answer);
  server.keepAliveTimeout = 75_000;
  server.listen(port, "127.0.0.1");
}
