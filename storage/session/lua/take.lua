-- Takes one customer message: first out of the short window of a tap, else out
-- of the long one. KEYS: the person. ARGV: now. 1: taken, 0: none is open or
-- all are used up.
for _, act in ipairs({'tapped', 'wrote'}) do
  local window = redis.call('HGET', KEYS[1], act)
  if window then
    local left, ends = string.match(window, '^(%d+):(%d+)$')
    if tonumber(left) > 0 and tonumber(ends) > tonumber(ARGV[1]) then
      redis.call('HSET', KEYS[1], act, (left - 1) .. ':' .. ends)
      return 1
    end
  end
end
return 0
