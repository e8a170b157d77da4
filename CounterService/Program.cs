using CounterService;
using CounterService.Assets;

// A container asks itself whether it is healthy; its image holds no other program that could
if (args is ["--health"])
{
    return await HealthProbe.RunAsync();
}

var builder = WebApplication.CreateBuilder(args);

// Telemetry and health checks, as every service has them
builder.AddServiceDefaults();

// The link: whatever data store the application was given under the alias "redis"
builder.AddRedisClient("redis", configureOptions: RedisConnection.Configure);

// How requests are counted
builder.AddCounting();

// What a request may ask of the server
builder.AddLimits();

// Errors and the API describe themselves
builder.Services.AddProblemDetails();
builder.Services.AddOpenApi();

var app = builder.Build();

// The counted path comes first and stands alone: nothing else is between the connection and the count
app.UseCounting();

app.UseExceptionHandler();
app.UseStatusCodePages();
app.UseRouting();

app.MapDefaultEndpoints();
app.MapOpenApi();
app.MapCounting();
app.MapAssets();

app.Run();
return 0;
