-- Gives the lock back, if it is still held in this name. KEYS: the person.
-- ARGV: the token with its colon.
local lock = redis.call('HGET', KEYS[1], 'lock')
if lock and string.sub(lock, 1, #ARGV[1]) == ARGV[1] then
  redis.call('HSET', KEYS[1], 'lock', '')
end
return 1
