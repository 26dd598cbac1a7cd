-- Asks the product's endpoint for something that needs no data.
wrk.method = "POST"
wrk.path = "/graphql"
wrk.headers["Content-Type"] = "application/json"
wrk.body = '{"query":"{ server { version } }"}'
