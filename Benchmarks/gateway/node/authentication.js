// Who asks: an access token's claims, and whether its session goes on.
"use strict";
const crypto = require("node:crypto");
const statements = require("./statements.js");

const key = Buffer.from(process.env.TOKEN_KEY ?? "", "hex");
const LEEWAY_SECONDS = 30;

function refused() {
  return new Error("The access token is not valid.");
}

// As jsonwebtoken does for one algorithm, with issuer and audience.
function claimsOf(token) {
  const end = token.lastIndexOf(".");
  const [head, body] = token.slice(0, end).split(".", 2);
  const expected = crypto.createHmac("sha256", key).update(token.slice(0, end)).digest();
  const given = Buffer.from(token.slice(end + 1), "base64url");
  if (given.length !== expected.length || !crypto.timingSafeEqual(given, expected)) {
    throw refused();
  }
  const { alg, typ } = JSON.parse(Buffer.from(head, "base64url"));
  const claims = JSON.parse(Buffer.from(body, "base64url"));
  const now = Date.now() / 1000;
  if (
    alg !== "HS256" || typ !== "at+jwt" || claims.iss !== "marquee" || claims.aud !== "marquee" ||
    claims.exp + LEEWAY_SECONDS < now || claims.iat - LEEWAY_SECONDS > now
  ) {
    throw refused();
  }
  return claims;
}

/** The account that asks, or null. */
async function viewerOf(pool, headers) {
  const field = headers.authorization;
  if (field === undefined) return headers["marquee-viewer"] ?? null;
  if (!field.startsWith("Bearer ")) throw refused();
  const claims = claimsOf(field.slice(7));
  const { rows } = await pool.query({
    ...statements.openSession,
    values: [claims.sid, claims.sub, claims.session_version, claims.account_version],
  });
  if (rows.length === 0) throw refused();
  return claims.sub;
}

module.exports = { viewerOf };
