namespace CounterService.Counting;

/// <summary>What the store does with a batch, in one step.</summary>
internal static class CountingScript
{
    /// <summary>
    /// Keys: the total, the ranking, the note of this writer's last batch, the journal. Arguments: the batch's sequence number, its size, the
    /// bound of the ranking, whether to keep the journal (1), then each address and its share. Returns the total after the batch, the count of
    /// each address (negative: that of <c>other</c>), the top ten.
    /// </summary>
    /// <remarks>
    /// <para>A writer has one batch in flight, and numbers them. One that is already noted, or older, was sent again, or got stuck in a dead
    /// connection, and adds nothing. Reads come first: on a key of the wrong type the script fails before it has changed anything. The note is
    /// written in any case, so that what a repeated batch finds is on disk, too, before it is answered.</para>
    /// <para>However many addresses there are, they are read with one command, and written with one: what a script costs is its calls.</para>
    /// <para>Redis writes what a script does to its append-only file as one transaction. Garnet writes command by command, and when it is
    /// killed in between, its log ends in the middle of the script. There the script first writes what it is going to do, in absolute
    /// numbers, with the total as the last step. The next script, of whichever writer, finds a total that the last step never reached, and
    /// does it again.</para>
    /// </remarks>
    public const string Text = """
        local unpack = unpack or table.unpack
        local sequence, size, bound, journal = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4] == '1'

        -- Lua passes no more than some thousand arguments.
        local function pieces(command, list, each)
          for first = 1, #list, 1000 do
            local last = math.min(first + 999, #list)
            each(redis.call(command, KEYS[2], unpack(list, first, last)), last - first + 1)
          end
        end

        local function apply(total, note, noted, scores)
          pieces('ZADD', scores, function() end)
          redis.call('SET', note, noted .. ' ' .. total, 'EX', '3600')
          redis.call('SET', KEYS[1], total)
        end

        if journal then
          local entry = redis.call('GET', KEYS[4])
          if entry then
            local before, total, note, noted, scores = string.match(entry, '^(%d+) (%d+) (%S+) (%d+) (.*)$')
            if (redis.call('GET', KEYS[1]) or '0') == before then
              local list = {}
              for word in string.gmatch(scores, '%S+') do
                list[#list + 1] = word
              end
              apply(total, note, noted, list)
            end
          end
        end

        local room = bound - redis.call('ZCARD', KEYS[2])
        local note = redis.call('GET', KEYS[3])
        local total
        if note then
          local last, its = string.match(note, '^(%d+) (%d+)$')
          if tonumber(last) > sequence then
            return redis.error_reply('STALE a later batch of this writer is already counted')
          end
          if tonumber(last) == sequence then
            total = tonumber(its)
          end
        end

        local addresses, known, counts = {}, {}, {}
        for i = 5, #ARGV, 2 do
          addresses[#addresses + 1] = ARGV[i]
        end
        pieces('ZMSCORE', addresses, function(scores, asked)
          for i = 1, asked do
            known[#known + 1] = scores[i] or false
          end
        end)

        if total then
          for i = 1, #addresses do
            counts[i] = known[i] and tonumber(known[i]) or -tonumber(redis.call('ZSCORE', KEYS[2], 'other') or '1')
          end
          redis.call('SET', KEYS[3], string.format('%.0f %.0f', sequence, total), 'EX', '3600')
        else
          local before = tonumber(redis.call('GET', KEYS[1]) or '0')
          total = before + size
          local others, scores = nil, {}
          for i = 1, #addresses do
            local count, share = known[i], tonumber(ARGV[4 + 2 * i])
            if not count and room > 0 then
              count, room = '0', room - 1
            end
            if count then
              counts[i] = tonumber(count) + share
              scores[#scores + 1] = string.format('%.0f', counts[i])
              scores[#scores + 1] = addresses[i]
            else
              others = (others or tonumber(redis.call('ZSCORE', KEYS[2], 'other') or '0')) + share
              counts[i] = -others
            end
          end
          if others then
            scores[#scores + 1] = string.format('%.0f', others)
            scores[#scores + 1] = 'other'
          end
          local after, noted = string.format('%.0f', total), string.format('%.0f', sequence)
          if journal then
            redis.call('SET', KEYS[4], string.format('%.0f', before) .. ' ' .. after .. ' ' .. KEYS[3] .. ' ' .. noted .. ' ' .. table.concat(scores, ' '))
          end
          apply(after, KEYS[3], noted, scores)
        end
        return { total, counts, redis.call('ZREVRANGE', KEYS[2], 0, 9, 'WITHSCORES') }
        """;
}
