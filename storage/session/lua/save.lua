-- Saves the state, opens the window of the act if there is one, and frees the
-- lock. KEYS: the person. ARGV: lock as it was taken, version as it was read,
-- new version, state, how long the hash is kept, and for an act its name, how
-- much its window allows, when it ends, and from when on what was taken counts
-- as taken out of it. 1: saved. 0: lock or version had changed.
local got = redis.call('HMGET', KEYS[1], 'lock', 'saved', 'took')
if got[1] ~= ARGV[1] or (got[2] or '') ~= ARGV[2] then
  -- A repeat of a trip whose answer was lost finds its own work done.
  return got[2] == ARGV[3] and 1 or 0
end
if ARGV[6] then
  local left = ARGV[7]
  -- Rare: something was sent after the act and before it was heard.
  if got[3] and tonumber(string.match(got[3], '%d+$')) >= tonumber(ARGV[9]) then
    for at in string.gmatch(got[3], '%d+') do
      if tonumber(at) >= tonumber(ARGV[9]) then
        left = left - 1
      end
    end
    left = math.max(left, 0)
  end
  redis.call('HSET', KEYS[1], 'lock', '', 'saved', ARGV[3], 'state', ARGV[4], ARGV[6], left .. ':' .. ARGV[8])
else
  redis.call('HSET', KEYS[1], 'lock', '', 'saved', ARGV[3], 'state', ARGV[4])
end
redis.call('PEXPIRE', KEYS[1], ARGV[5])
return 1
