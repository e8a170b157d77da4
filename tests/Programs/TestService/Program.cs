using System.Globalization;

// A project that tests run: it says who it is, what it was given, and counts what it was asked.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.SetMinimumLevel(LogLevel.Warning);
var app = builder.Build();
var posts = 0;
app.MapGet("/", () => Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
app.MapGet("/env", () => string.Join('\n', Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal).Select(name => $"{name}={Environment.GetEnvironmentVariable(name)}")));
app.MapGet("/args", () => string.Join('\n', args));
app.MapGet("/folder", () => Directory.GetCurrentDirectory());
app.MapPost("/reset", () => Results.Json(new { posts = Interlocked.Increment(ref posts) }));
app.MapPost("/broken", () => Results.Text("not today", statusCode: 500));
app.Run();
