namespace CounterService.Tests.Running;

/// <summary>Waits for what a slow machine may take its time for.</summary>
internal static class Poll
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(3);

    public static async Task UntilAsync(Func<Task<bool>> condition, Func<string> failure)
    {
        Exception? last = null;
        for (var deadline = DateTime.UtcNow + s_limit; DateTime.UtcNow < deadline; await Task.Delay(50))
        {
            try
            {
                if (await condition())
                {
                    return;
                }
            }
            catch (Exception exception)
            {
                last = exception;
            }
        }

        Assert.Fail($"{failure()}\n{last}");
    }
}
