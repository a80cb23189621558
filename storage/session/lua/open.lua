-- Takes the lock and reads. KEYS: the person. ARGV: lock as "token:ends", now,
-- lease, how long a new hash is kept. The line before these sets fluxLasts.
-- Answers {} while somebody else holds the lock, else {_, state, saved, facts};
-- what has expired is for the caller to see. Every message passes here, so what
-- is rare is taken apart only when it is met.
local got = redis.call('HMGET', KEYS[1], 'lock', 'state', 'saved', 'facts')
local lock, facts = got[1], got[4]
-- The same lock twice: the client repeats a trip whose answer was lost. A lease
-- further off than two leases was written by a clock that has been set back
-- since, and binds nobody.
if lock and lock ~= '' and lock ~= ARGV[1] then
  local left = tonumber(string.match(lock, ':(%d+)$')) - tonumber(ARGV[2])
  if left > 0 and left <= 2 * tonumber(ARGV[3]) then
    return {}
  end
end
if not facts then
  got[4] = ARGV[1]
  redis.call('HSET', KEYS[1], 'lock', ARGV[1], 'facts', ARGV[1])
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
elseif string.byte(facts) == 33 and tonumber(string.sub(facts, 2)) + fluxLasts <= tonumber(ARGV[2]) then
  got[4] = ARGV[1] -- 33 is "!": in flux since then, and abandoned
  redis.call('HSET', KEYS[1], 'lock', ARGV[1], 'facts', ARGV[1], 'changing', 0)
else
  redis.call('HSET', KEYS[1], 'lock', ARGV[1])
end
return got
