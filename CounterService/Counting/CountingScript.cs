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
    /// <para>Redis writes what a script does to its append-only file as one transaction. Garnet writes command by command, and when it is
    /// killed in between, its log ends in the middle of the script. There the script first writes what it is going to do, in absolute
    /// numbers, with the total as the last step. The next script, of whichever writer, finds a total that the last step never reached, and
    /// does it again.</para>
    /// </remarks>
    public const string Text = """
        local unpack = unpack or table.unpack
        local sequence, size, bound, journal = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), ARGV[4] == '1'

        local function apply(total, note, noted, scores)
          local members = {}
          for score, member in string.gmatch(scores, '(%d+) (%S+)') do
            members[#members + 1] = score
            members[#members + 1] = member
            if #members == 1000 then
              redis.call('ZADD', KEYS[2], unpack(members))
              members = {}
            end
          end
          if #members > 0 then
            redis.call('ZADD', KEYS[2], unpack(members))
          end
          redis.call('SET', note, noted .. ' ' .. total, 'EX', '3600')
          redis.call('SET', KEYS[1], total)
        end

        if journal then
          local entry = redis.call('GET', KEYS[4])
          if entry then
            local before, total, note, noted, scores = string.match(entry, '^(%d+) (%d+) (%S+) (%d+) (.*)$')
            if (redis.call('GET', KEYS[1]) or '0') == before then
              apply(total, note, noted, scores)
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

        local counts = {}
        if total then
          for i = 5, #ARGV, 2 do
            local count = redis.call('ZSCORE', KEYS[2], ARGV[i])
            counts[#counts + 1] = count and tonumber(count) or -tonumber(redis.call('ZSCORE', KEYS[2], 'other') or '1')
          end
          redis.call('SET', KEYS[3], string.format('%.0f %.0f', sequence, total), 'EX', '3600')
        elseif journal then
          local before = tonumber(redis.call('GET', KEYS[1]) or '0')
          total = before + size
          local others, added = nil, 0
          local scores = {}
          for i = 5, #ARGV, 2 do
            local count = redis.call('ZSCORE', KEYS[2], ARGV[i])
            if not count and room > 0 then
              count, room = '0', room - 1
            end
            if count then
              counts[#counts + 1] = tonumber(count) + tonumber(ARGV[i + 1])
              scores[#scores + 1] = string.format('%.0f %s', counts[#counts], ARGV[i])
            else
              others = others or tonumber(redis.call('ZSCORE', KEYS[2], 'other') or '0')
              added = added + tonumber(ARGV[i + 1])
              counts[#counts + 1] = -(others + added)
            end
          end
          if others then
            scores[#scores + 1] = string.format('%.0f other', others + added)
          end
          local scored, after, noted = table.concat(scores, ' '), string.format('%.0f', total), string.format('%.0f', sequence)
          redis.call('SET', KEYS[4], string.format('%.0f', before) .. ' ' .. after .. ' ' .. KEYS[3] .. ' ' .. noted .. ' ' .. scored)
          apply(after, KEYS[3], noted, scored)
        else
          total = tonumber(redis.call('INCRBY', KEYS[1], size))
          for i = 5, #ARGV, 2 do
            if room > 0 or redis.call('ZSCORE', KEYS[2], ARGV[i]) then
              local count = tonumber(redis.call('ZINCRBY', KEYS[2], ARGV[i + 1], ARGV[i]))
              if count == tonumber(ARGV[i + 1]) then
                room = room - 1
              end
              counts[#counts + 1] = count
            else
              counts[#counts + 1] = -tonumber(redis.call('ZINCRBY', KEYS[2], ARGV[i + 1], 'other'))
            end
          end
          redis.call('SET', KEYS[3], string.format('%.0f %.0f', sequence, total), 'EX', '3600')
        end
        return { total, counts, redis.call('ZREVRANGE', KEYS[2], 0, 9, 'WITHSCORES') }
        """;
}
