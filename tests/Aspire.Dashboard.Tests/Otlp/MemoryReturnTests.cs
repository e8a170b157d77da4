using System.Runtime.CompilerServices;
using Aspire.Dashboard.Otlp;
using Aspire.Dashboard.Telemetry;
using Microsoft.AspNetCore.Http;

namespace Aspire.Dashboard.Tests.Otlp;

public sealed class MemoryReturnTests
{
    private const long Flood = 20 << 20;

    [Fact]
    public void Nothing_is_due_while_a_flood_lasts_nor_for_a_trickle()
    {
        using var memory = new MemoryReturn(NewReceiver(), TimeProvider.System);
        for (var received = 0L; received < 10 * Flood; received += Flood)
        {
            Assert.False(memory.IsDue(received));
        }

        using var other = new MemoryReturn(NewReceiver(), TimeProvider.System);
        Assert.All(Enumerable.Range(0, 30).Select(period => period * 500_000L), received => Assert.False(other.IsDue(received)));
    }

    [Fact]
    public void The_end_of_each_flood_is_due_and_a_minute_later_the_pools_are()
    {
        using var memory = new MemoryReturn(NewReceiver(), TimeProvider.System);
        for (var flood = 1; flood <= 2; flood++)
        {
            Assert.False(memory.IsDue(flood * Flood));
            var due = Enumerable.Range(0, 60).Where(_ => memory.IsDue(flood * Flood)).ToArray();

            Assert.Equal(2, due.Length);
            Assert.Equal(0, due[0]);
            Assert.InRange(due[1] * MemoryReturn.Period, TimeSpan.FromSeconds(65), TimeSpan.FromSeconds(90));
        }
    }

    [Fact]
    public void A_trickle_that_never_ends_is_given_back_too_once_it_adds_up()
    {
        using var memory = new MemoryReturn(NewReceiver(), TimeProvider.System);
        Assert.Contains(Enumerable.Range(0, 100).Select(period => period * 500_000L), memory.IsDue);
    }

    [Fact]
    public async Task What_a_flood_left_is_collected_when_it_is_over()
    {
        var receiver = NewReceiver();
        using var clock = new HandClock();
        using var memory = new MemoryReturn(receiver, clock);
        await memory.StartAsync(TestContext.Current.CancellationToken);
        await SendAsync(receiver, (int)Flood);
        Assert.Equal(Flood, receiver.BytesReceived);
        var left = LeaveGarbage();

        for (var waited = 0; left.IsAlive && waited < 1_200; waited++)
        {
            clock.Tick();
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.False(left.IsAlive);
        await memory.StopAsync(TestContext.Current.CancellationToken);
    }

    private static OtlpReceiver NewReceiver()
    {
        var store = new TelemetryStore(new TelemetryLimits());
        return new([new OtlpTraces(new OtlpReader(store))], new DashboardOptions(), store);
    }

    private static Task SendAsync(OtlpReceiver receiver, int bytes)
    {
        var context = new DefaultHttpContext();
        context.Features.Set(new Listener("http://127.0.0.1:1", ListenerKind.OtlpHttp));
        context.Request.Method = HttpMethods.Post;
        context.Request.Path = "/v1/traces";
        context.Request.ContentType = "application/x-protobuf";
        context.Request.Body = new MemoryStream(new byte[bytes]);
        return receiver.InvokeAsync(context, _ => Task.CompletedTask);
    }

    /// <summary>Only a full collection finds it: it is in the oldest generation.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference LeaveGarbage()
    {
        var garbage = new object();
        GC.Collect();
        GC.Collect();
        Assert.Equal(GC.MaxGeneration, GC.GetGeneration(garbage));
        return new(garbage);
    }

    /// <summary>A clock whose one timer is due when the test says so.</summary>
    private sealed class HandClock : TimeProvider, ITimer
    {
        private Action? _tick;

        public void Tick() => _tick?.Invoke();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _tick = () => callback(state);
            return this;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose() => _tick = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
