-- Marks the facts as in flux once more, since now. KEYS: the person. ARGV: now,
-- how long the hash is kept.
redis.call('HINCRBY', KEYS[1], 'changing', 1)
redis.call('HSET', KEYS[1], 'facts', '!' .. ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
