-- Closes both windows. KEYS: the person.
redis.call('HDEL', KEYS[1], 'tapped', 'wrote')
return 1
