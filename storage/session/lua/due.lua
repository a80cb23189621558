-- Removes and returns whose time has come. KEYS: the shard. ARGV: now, at most how many.
local got = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1], 'LIMIT', 0, ARGV[2])
if #got > 0 then
  redis.call('ZREM', KEYS[1], unpack(got))
end
return got
