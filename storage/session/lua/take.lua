-- Takes one customer message: first out of the short window of a tap, else out
-- of the long one, and notes when. KEYS: the person. ARGV: now, how many moments
-- are kept. Answers the ticket, "" where no window is open or all are used up.
for _, act in ipairs({'tapped', 'wrote'}) do
  local window = redis.call('HGET', KEYS[1], act)
  if window then
    local left, ends = string.match(window, '^(%d+):(%d+)$')
    if tonumber(left) > 0 and tonumber(ends) > tonumber(ARGV[1]) then
      local rest = (left - 1) .. ':' .. ends
      local moments = {}
      for at in string.gmatch(redis.call('HGET', KEYS[1], 'took') or '', '%d+') do
        moments[#moments + 1] = at
      end
      moments[#moments + 1] = ARGV[1]
      if #moments > tonumber(ARGV[2]) then
        table.remove(moments, 1)
      end
      redis.call('HSET', KEYS[1], act, rest, 'took', table.concat(moments, ','))
      return act .. ':' .. rest
    end
  end
end
return ''
