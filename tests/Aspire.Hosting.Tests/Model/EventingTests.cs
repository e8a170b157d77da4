using Aspire.Hosting.Eventing;

namespace Aspire.Hosting.Tests.Model;

public class EventingTests
{
    private readonly IDistributedApplicationEventing _eventing = DistributedApplication.CreateBuilder([]).Eventing;

    [Theory]
    [InlineData(EventDispatchBehavior.BlockingSequential, 1)]
    [InlineData(EventDispatchBehavior.BlockingConcurrent, 2)]
    public async Task A_handler_that_throws_keeps_those_after_it_from_running_only_when_they_are_called_in_turn(EventDispatchBehavior behavior, int called)
    {
        var calls = 0;
        _eventing.Subscribe<Event>((_, _) =>
        {
            calls++;
            throw new InvalidOperationException("first");
        });
        _eventing.Subscribe<Event>((_, _) =>
        {
            calls++;
            throw new InvalidOperationException("second");
        });

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => _eventing.PublishAsync(new Event(), behavior));

        Assert.Equal(("first", called), (exception.Message, calls));
    }

    private sealed class Event : IDistributedApplicationEvent;
}
