using AppHost;

var builder = DistributedApplication.CreateBuilder(args);

// Step 1 of the tutorial: start the data store, whose data outlives it.
//   docker run -d --name redis-server redis
var redis = builder.AddRedis("redis-server")
    .WithDataVolume()
    .WithRedisCliCommand()
    .WithFlushCounterCommand("requests", "ip");

// Step 3: start the web application, linked to the data store under the alias "redis". The application never learns
// where the store is or what it is called: it only ever says "redis".
//   docker run -d -p 3000:3000 --link redis-server:redis node-link-example
builder.AddProject<Projects.CounterService>("counter")
    .WithReference(redis, connectionName: "redis")
    .WithDockerLinkVariables(redis, "redis")
    .WithShowLinkCommand(redis, alias: "redis")
    .WaitFor(redis)
    .WithHttpHealthCheck("/health")
    .WithExternalHttpEndpoints()
    .WithDashboardLink()
    .WithUrlForEndpoint("http", url => url.DisplayText = "Count a visit");

// Steps 2 and 4: inspect the link, by the commands above in the dashboard or in a terminal.
//   dotnet run --project Link -- redis-server:redis env
builder.AddLinks();

// The same model elsewhere, when a publish names a target: docs/deploy.md
builder.AddDeploymentTarget();

builder.Build().Run();
