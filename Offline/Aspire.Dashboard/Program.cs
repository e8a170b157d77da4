using System.Globalization;
using Aspire.Dashboard;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

// Configuration: command line over environment over the file that ASPIRE_DASHBOARD_CONFIG_FILE_PATH names.
var environment = new ConfigurationBuilder().AddEnvironmentVariables("ASPNETCORE_").AddEnvironmentVariables().Build();
var settings = new ConfigurationBuilder();
if (environment["ASPIRE_DASHBOARD_CONFIG_FILE_PATH"] is { Length: > 0 } file)
{
    settings.AddJsonFile(Path.GetFullPath(file), optional: false);
}

if (environment["ASPIRE_DASHBOARD_FILE_CONFIG_DIRECTORY"] is { Length: > 0 } directory)
{
    settings.AddKeyPerFile(Path.GetFullPath(directory), optional: true);
}

var configuration = settings.AddConfiguration(environment).AddCommandLine(args).Build();
using var logging = LoggerFactory.Create(logs => logs.AddConfiguration(configuration.GetSection("Logging")).SetMinimumLevel(LogLevel.Information)
    .AddFilter("Microsoft", LogLevel.Warning).AddConsole());
var log = logging.CreateLogger("Aspire.Dashboard.DashboardWebApplication");

try
{
    var options = DashboardOptions.FromConfiguration(configuration);
    await using var dashboard = new DashboardHost(options, resourceService: null, configuration, logging);
    await dashboard.StartAsync();
    ConsoleLines.Write(log, dashboard, configuration);
    await Shutdown.RequestedAsync();
    await dashboard.StopAsync();
    return 0;
}
catch (Exception problem) when (problem is InvalidOperationException or IOException or System.Security.Cryptography.CryptographicException)
{
    await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The dashboard can't start: {problem.Message}"));
    return 1;
}
