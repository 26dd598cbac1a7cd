-- Sends the requests of a file in turn. Each line of it is the account that asks, or nothing; a
-- tab; and the body, or nothing for a GET.
local requests = {}
local sent = 0

init = function(arguments)
   wrk.headers["Content-Type"] = "application/json"
   for line in io.lines(arguments[1]) do
      local viewer, body = line:match("^(%d*)\t(.*)$")
      if viewer ~= "" then wrk.headers["Marquee-Viewer"] = viewer end
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
