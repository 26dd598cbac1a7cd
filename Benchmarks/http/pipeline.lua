-- Sends requests sixteen at a time on each connection; wrk counts the single answers.
local depth = 16

init = function()
   local batch = {}
   for index = 1, depth do
      batch[index] = wrk.format("GET", "/hello")
   end
   requests = table.concat(batch)
end

request = function()
   return requests
end
