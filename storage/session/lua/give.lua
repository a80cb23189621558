-- Gives one customer message back, if the window is still as the take left it: a
-- trip that the client repeats finds its own work done. KEYS: the person. ARGV:
-- the act, its window "left:ends".
if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then
  local left, ends = string.match(ARGV[2], '^(%d+):(%d+)$')
  redis.call('HSET', KEYS[1], ARGV[1], (left + 1) .. ':' .. ends)
end
return 1
