using Shared;

[assembly: AssemblyFixture(typeof(OneAtATime))]

namespace Shared;

/// <summary>
/// <c>dotnet test</c> runs the test projects of the solution side by side, and most of them start servers, engines and browsers.
/// A lock on one file lets them take turns, so that none is starved by another and a slow machine is only slow.
/// </summary>
public sealed class OneAtATime : IAsyncLifetime
{
    // Longer than all tests take; a turn is given up with the process that has it.
    private static readonly TimeSpan s_longest = TimeSpan.FromHours(1);

    private FileStream? _turn;

    public async ValueTask InitializeAsync()
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(Repository.Root, "artifacts")).FullName, "tests.lock");
        for (var deadline = DateTime.UtcNow + s_longest; _turn is null;)
        {
            try
            {
                _turn = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (DateTime.UtcNow < deadline)
            {
                await Task.Delay(200);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_turn is not null)
        {
            await _turn.DisposeAsync();
        }
    }
}
