namespace Aspire.Dashboard.Telemetry;

/// <summary>OTLP's time: nanoseconds since 1970.</summary>
internal static class UnixTime
{
    /// <summary>The time in UTC; times beyond what a <see cref="DateTime"/> holds are cut off there.</summary>
    public static DateTime ToDateTime(ulong nanoseconds) =>
        new(DateTime.UnixEpoch.Ticks + (long)(nanoseconds / 100), DateTimeKind.Utc);

    public static ulong FromDateTime(DateTime time) =>
        time <= DateTime.UnixEpoch ? 0 : (ulong)(time.ToUniversalTime().Ticks - DateTime.UnixEpoch.Ticks) * 100;

    public static ulong Now(TimeProvider clock) => FromDateTime(clock.GetUtcNow().UtcDateTime);
}
