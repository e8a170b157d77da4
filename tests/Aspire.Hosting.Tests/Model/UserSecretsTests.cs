using System.Text.Json.Nodes;
using Microsoft.Extensions.Configuration;

namespace Aspire.Hosting.Tests.Model;

public sealed class UserSecretsTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("aspire-secrets-");

    private string FilePath => Path.Combine(_directory.FullName, "id", "secrets.json");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_generated_value_is_kept_for_the_next_run()
    {
        using var first = new ConfigurationManager();
        new UserSecretsFile(FilePath).GetOrSetSecret(first, "Parameters:password", () => "generated");

        using var second = new ConfigurationManager();
        second.AddJsonFile(FilePath);
        new UserSecretsFile(FilePath).GetOrSetSecret(second, "Parameters:password", () => "another");

        Assert.Equal("generated", first["Parameters:password"]);
        Assert.Equal("generated", second["Parameters:password"]);
    }

    [Fact]
    public void Other_secrets_stay_and_only_the_user_can_read_them()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(FilePath)!);
        File.WriteAllText(FilePath, """{ "Parameters": { "kept": "x" }, /* by hand */ "flat:key": "y", }""");

        Assert.True(new UserSecretsFile(FilePath).TrySetSecret("Parameters:added", "z"));

        var state = JsonNode.Parse(File.ReadAllText(FilePath))!.AsObject();
        Assert.Equal("x", (string?)state["Parameters:kept"]);
        Assert.Equal("y", (string?)state["flat:key"]);
        Assert.Equal("z", (string?)state["Parameters:added"]);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(FilePath));
        }
    }

    [Fact]
    public void A_secret_can_be_deleted_once()
    {
        var secrets = new UserSecretsFile(FilePath);
        secrets.TrySetSecret("a", "1");

        Assert.True(secrets.TryDeleteSecret("a"));
        Assert.False(secrets.TryDeleteSecret("a"));
    }
}
