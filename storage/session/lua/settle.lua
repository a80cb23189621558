-- Gives the facts a new version; they stay in flux while another change of the
-- same person has been announced and not settled. KEYS: the person. ARGV: the
-- version, how long the hash is kept.
local changing = tonumber(redis.call('HGET', KEYS[1], 'changing') or 0) - 1
if changing <= 0 then
  redis.call('HSET', KEYS[1], 'facts', ARGV[1], 'changing', 0)
else
  redis.call('HSET', KEYS[1], 'changing', changing)
end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
