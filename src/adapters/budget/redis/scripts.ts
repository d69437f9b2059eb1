/** Time in each is Redis's own: the clocks of workers differ. All of one script happens at once. */

/**
 * KEYS: buckets (hash), heard (hash). ARGV: span ms, bucket ms, what to do, then its arguments:
 * `take` count, share, ceiling, used or '', max -> 1 or 0; `spent` -> number; `top-up` number -> number.
 */
export const CALLS = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local span, width, asked = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3]
local first = math.floor((now - span) / width)
local spent, old = 0, {}
local buckets = redis.call('HGETALL', KEYS[1])
for i = 1, #buckets, 2 do
  if tonumber(buckets[i]) < first then old[#old + 1] = buckets[i]
  else spent = spent + tonumber(buckets[i + 1]) end
end
if #old > 0 then redis.call('HDEL', KEYS[1], unpack(old)) end
local function spend(count)
  redis.call('HINCRBY', KEYS[1], string.format('%.0f', math.floor(now / width)), count)
  redis.call('PEXPIRE', KEYS[1], span + 2 * width)
end
if asked == 'spent' then return spent end
if asked == 'top-up' then
  if tonumber(ARGV[4]) > spent then spend(tonumber(ARGV[4]) - spent) end
  return spent
end
local count, share, ceiling = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
if ARGV[7] ~= '' then redis.call('HSET', KEYS[2], 'used', ARGV[7], 'max', ARGV[8], 'since', 0) end
local heard = redis.call('HMGET', KEYS[2], 'used', 'max', 'since')
if heard[1] and count > 0 then
  local used, max, since = tonumber(heard[1]), tonumber(heard[2]), tonumber(heard[3])
  if spent + count > max * share or used + since + count > max * ceiling then return 0 end
end
spend(count)
if heard[1] then redis.call('HINCRBY', KEYS[2], 'since', count) end
redis.call('PEXPIRE', KEYS[2], span)
return 1
`;

/**
 * Gives the next free moment away and says how many milliseconds it is off: who comes first goes first, and
 * nobody asks twice. KEYS: moments (sorted set), their number. ARGV: size, window ms.
 */
export const TURN = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local size, window = tonumber(ARGV[1]), tonumber(ARGV[2])
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now - window)
local given = redis.call('ZCARD', KEYS[1])
local at = now
if given >= size then
  at = tonumber(redis.call('ZRANGE', KEYS[1], given - size, given - size, 'WITHSCORES')[2]) + window
end
redis.call('ZADD', KEYS[1], at, redis.call('INCR', KEYS[2]))
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, at - now + window) end
return at - now
`;
