-- Sends the requests of a file in turn. Each line of it is the header that says who asks, or
-- nothing; a tab; and the body, or nothing for a GET.
local requests = {}
local sent = 0

init = function(arguments)
   wrk.headers["Content-Type"] = "application/json"
   for line in io.lines(arguments[1]) do
      local who, body = line:match("^([^\t]*)\t(.*)$")
      local name, value = who:match("^([^:]+): (.*)$")
      if name then wrk.headers[name] = value end
      if body == "" then
         requests[#requests + 1] = wrk.format("GET")
      else
         requests[#requests + 1] = wrk.format("POST", nil, nil, body)
      end
   end
end

request = function()
   sent = sent % #requests + 1
   return requests[sent]
end
