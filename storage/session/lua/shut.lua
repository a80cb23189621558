-- Closes both windows, and for whatever was done until now: it is as if all that
-- they hold had been taken at this moment. KEYS: the person. ARGV: that.
redis.call('HDEL', KEYS[1], 'tapped', 'wrote')
redis.call('HSET', KEYS[1], 'took', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1
